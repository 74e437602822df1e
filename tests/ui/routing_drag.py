#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""routing_drag.py ROUTING_WINDOW: a real pointer drags a divider, on a display of its own.

Xvfb is the display, openbox the window manager, xdotool the hand. Console.md's statements 36, 37
and 42 with real events: 50/30/20 becomes 60/20/20 in one step, Ctrl+Z brings it back, and a key
moves the divider that the press has chosen.
"""
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time

PATIENCE_S = 40


def start_display():
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24",
                               "-nolisten", "tcp"], pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as pipe:
        os.environ["DISPLAY"] = ":" + pipe.readline().strip()
    return server


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
        print("FAIL never came: %s; instead: %s" % (wanted, seen[-5:]))
        raise SystemExit(1)


def xdotool(*words):
    subprocess.run(["xdotool"] + [str(word) for word in words], check=True)


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
        window.process.terminate()
        window.process.wait(10)


def main():
    home = tempfile.mkdtemp(prefix="signalbox-drag-")
    os.environ.update(QT_QPA_PLATFORM="xcb", HOME=home, XDG_RUNTIME_DIR=home, TZ="UTC",
                      LANG="C.UTF-8")
    display = start_display()
    manager = subprocess.Popen(["openbox"], stderr=subprocess.DEVNULL)
    try:
        check(sys.argv[1])
    finally:
        for process in (manager, display):
            process.terminate()
            process.wait(10)


if __name__ == "__main__":
    main()
