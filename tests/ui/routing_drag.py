#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""routing_drag.py ROUTING_WINDOW: a real pointer drags a divider, on a display of its own.

Xvfb is the display, openbox the window manager, xdotool the hand. Console.md's statements 36, 37
and 42 with real events: 50/30/20 becomes 60/20/20 in one step, Ctrl+Z brings it back, and a key
moves the divider that the press has chosen.
"""
import os
import queue
import shutil
import subprocess
import sys
import threading
import time

from own_desktop import PATIENCE_S, end, fail, reexec_on_own_bus, start_desktop, xdotool


class Window:
    """The program, and what it prints."""

    def __init__(self, program):
        self.process = subprocess.Popen([program], stdout=subprocess.PIPE, text=True,
                                        stderr=subprocess.DEVNULL)
        self.lines = queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            self.lines.put(line.strip())

    def await_line(self, wanted):
        """The first line that begins with it; whatever comes before is told if it never comes."""
        seen = []
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            try:
                line = self.lines.get(timeout=max(0.1, until - time.monotonic()))
            except queue.Empty:
                break
            seen.append(line)
            if line.startswith(wanted):
                return line
        fail("never came: %s; instead: %s" % (wanted, seen[-5:]))


def drag(x, y, by):
    """Slowly, as a hand: many small moves between press and release."""
    xdotool("mousemove", x, y)
    xdotool("mousedown", 1)
    for step in range(1, 11):
        xdotool("mousemove", x + by * step // 10, y)
        time.sleep(0.02)
    xdotool("mouseup", 1)


def check(program):
    window = Window(program)
    try:
        _, x, y, width = window.await_line("divider").split()
        x, y, width = int(x), int(y), int(width)
        drag(x, y, round(width * 0.1))
        window.await_line("weights 60 20 20 steps 1")
        print("ok   a drag by a tenth: 60/20/20, one step")
        xdotool("key", "ctrl+z")
        window.await_line("weights 50 30 20 steps 0")
        print("ok   Ctrl+Z: 50/30/20")
        xdotool("mousemove", x, y)
        xdotool("click", 1)
        xdotool("key", "shift+Right")
        window.await_line("weights 60 20 20 steps 1")
        xdotool("key", "Down", "Left")
        window.await_line("weights 60 19 21 steps 2")
        print("ok   keys move the divider that has the focus")
    finally:
        end([window.process])


def main():
    reexec_on_own_bus("drag")
    desktop = start_desktop()
    try:
        check(sys.argv[1])
    finally:
        end(desktop)
        shutil.rmtree(os.environ["SIGNALBOX_OWN_BUS"], ignore_errors=True)


if __name__ == "__main__":
    main()
