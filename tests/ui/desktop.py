#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""desktop.py SIGNALBOX: the console on a desktop of its own, by keys alone.

Xvfb is the display, openbox the window manager, xdotool the keyboard; the session bus is private
and its notification service a stub. Console.md's statement 2: size, position, dock and page are
the same after a restart. Statement 70: in front a breaker's opening is no notification, in the
background it is exactly one. Statement 77: all of it without a pointer.
"""
import json
import os
import shutil
import subprocess
import sys
import threading
import time
import urllib.request

from own_desktop import (PATIENCE_S, await_for, end, fail, free_port, reexec_on_own_bus,
                         start_desktop, xdotool)

TOKEN = "desktop-test"
CONFIG = """[[provider]]
id = "local"
kind = "openai-compatible"
base_url = "http://127.0.0.1:9/v1"
[[provider.model]]
name = "m"
[[route]]
name = "chat"
targets = [ { target = "local/m" } ]
"""
STUB = """<node><interface name="org.freedesktop.Notifications">
<method name="Notify"><arg direction="in" type="s"/><arg direction="in" type="u"/>
<arg direction="in" type="s"/><arg direction="in" type="s"/><arg direction="in" type="s"/>
<arg direction="in" type="as"/><arg direction="in" type="a{sv}"/><arg direction="in" type="i"/>
<arg direction="out" type="u"/></method>
<method name="GetCapabilities"><arg direction="out" type="as"/></method>
</interface></node>"""


class Notifications:
    """Shows notifications to nobody and remembers them."""

    def __init__(self):
        from gi.repository import Gio, GLib
        self.calls = []
        self.glib = GLib
        interface = Gio.DBusNodeInfo.new_for_xml(STUB).interfaces[0]

        def called(bus, sender, path, name, method, arguments, invocation):
            if method == "GetCapabilities":
                return invocation.return_value(GLib.Variant("(as)", (["body"],)))
            self.calls.append(arguments.unpack())
            return invocation.return_value(GLib.Variant("(u)", (len(self.calls),)))

        def on_bus(bus, name):
            bus.register_object("/org/freedesktop/Notifications", interface, called, None, None)

        owned = threading.Event()
        Gio.bus_own_name(Gio.BusType.SESSION, "org.freedesktop.Notifications",
                         Gio.BusNameOwnerFlags.NONE, on_bus, lambda *_: owned.set(), None)
        threading.Thread(target=GLib.MainLoop().run, daemon=True).start()
        if not owned.wait(PATIENCE_S):
            fail("the stub desktop cannot own its name")

    def about(self, subject):
        return [call for call in self.calls if subject in call[3] + call[4]]


class Console:
    """The program, its window, and what its gateway says."""

    started = []

    def __init__(self, *arguments):
        self.port = free_port()
        self.process = subprocess.Popen(
            [sys.argv[1], "--listen", "127.0.0.1:%d" % self.port, "--state",
             os.environ["HOME"] + "/state"] + list(arguments), stdout=subprocess.DEVNULL)
        self.started.append(self.process)
        self.window = await_for("a window", lambda: xdotool(
            "search", "--onlyvisible", "--pid", self.process.pid, "--name", "Signalbox").split())[-1]
        xdotool("windowactivate", "--sync", self.window)

    def geometry(self):
        words = xdotool("getwindowgeometry", "--shell", self.window).split()
        numbers = dict(word.split("=") for word in words)
        return tuple(int(numbers[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))

    def breaker(self, target):
        request = urllib.request.Request("http://127.0.0.1:%d/admin/v1/state" % self.port,
                                         headers={"Authorization": "Bearer " + TOKEN})
        try:
            with urllib.request.urlopen(request, timeout=5) as reply:
                state = json.load(reply)
        except OSError:
            return ""
        return next((one["breaker"]["state"] for one in state["targets"]
                     if one["target"] == target), "")

    def type(self, words):
        xdotool("type", "--delay", 20, words)

    def keys(self, *keys):
        xdotool("key", "--delay", 60, *keys)

    def close(self):
        """By keys: where requests are served it is asked, and answered by keys too."""
        self.keys("ctrl+q")
        for _ in range(3):
            try:
                return self.process.wait(3)
            except subprocess.TimeoutExpired:
                self.keys("shift+Tab", "space")
        return fail("Ctrl+Q does not end it")


def check_layout(config):
    console = Console("--config", config)
    console.keys("ctrl+2")
    console.keys("ctrl+i")
    xdotool("windowsize", "--sync", console.window, 1100, 700)
    xdotool("windowmove", "--sync", console.window, 40, 50)
    time.sleep(1)
    before = console.geometry()
    if before[2:] != (1100, 700):
        fail("the window does not take a size: %s" % (before,))
    if console.close() != 0:
        fail("it did not end well")
    with open(os.environ["XDG_CONFIG_HOME"] + "/signalbox/signalbox.conf") as kept:
        if "page=providers" not in kept.read():
            fail("the page is not kept")
    again = Console("--config", config)
    await_for("the same place and size", lambda: again.geometry() == before, 10)
    again.close()
    print("ok   the same size and position after a restart: %s" % (before,))


def check_alerts(notifications):
    console = Console("--demo")
    await_for("traffic", lambda: console.breaker("gemini/gemini-2.5-flash") == "closed")
    console.keys("ctrl+k")
    console.type("take gemini down")
    console.keys("Return")
    await_for("an open breaker", lambda: console.breaker("gemini/gemini-2.5-flash") == "open")
    time.sleep(4)  # alerts are looked for once a second
    if notifications.about("gemini"):
        fail("told by the desktop while the window was in front: %s" % notifications.calls)
    print("ok   in front: told in the window only")
    console.keys("ctrl+k")
    console.type("take qwen down")
    xdotool("key", "Return", "windowminimize", console.window)
    await_for("another open breaker", lambda: console.breaker("qwen/qwen-plus") == "open")
    told = await_for("a notification", lambda: notifications.about("qwen/qwen-plus"))
    time.sleep(4)
    told = notifications.about("qwen/qwen-plus")
    if len(told) != 1 or told[0][1] != 0:
        fail("in the background not exactly one notification: %s" % told)
    print("ok   in the background: one notification, “%s”" % told[0][3])
    xdotool("windowmap", console.window, "windowactivate", "--sync", console.window)
    console.keys("ctrl+shift+h")
    console.close()


def main():
    reexec_on_own_bus("desktop", SIGNALBOX_TOKEN=TOKEN)
    home = os.environ["HOME"]
    os.makedirs(home + "/config/signalbox")
    config = home + "/signalbox.toml"
    with open(config, "w") as file:
        file.write(CONFIG)
    desktop = start_desktop()
    try:
        notifications = Notifications()
        check_layout(config)
        with open(home + "/config/signalbox/signalbox.conf", "w") as kept:
            kept.write("[alerts]\ndesktop=true\n")
        check_alerts(notifications)
    finally:
        end([console for console in Console.started if console.poll() is None] + desktop)
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
