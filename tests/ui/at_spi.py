#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""at_spi.py SIGNALBOX: what a screen reader finds in the console, on a display and buses of its own.

Walks the tree that Qt puts on the accessibility bus: names, roles and states of what can be
pressed, states of breakers in words, and what a chart says when keys move its crosshair. Openbox
gives the window the keyboard, xdotool presses the keys.
"""
import os
import shutil
import subprocess
import sys
import time

from own_desktop import await_for, end, reexec_on_own_bus, start_desktop, xdotool

PRESSED = {"push button", "toggle button", "check box", "radio button", "menu item",
           "check menu item", "radio menu item", "menu", "entry", "text", "spin button",
           "combo box", "page tab", "password text"}
STATES = ("closed", "open", "drained", "unknown")
failures = []


def complain(words):
    failures.append(words)
    print("FAIL", words)


def walk(node, depth=0):
    """What can be seen; of tables only that they are there, as their rows are many."""
    import pyatspi
    yield node
    if depth > 30 or node.getRole() == pyatspi.ROLE_TABLE:
        return
    for index in range(node.childCount):
        try:
            child = node.getChildAtIndex(index)
            if child is None or not child.getState().contains(pyatspi.STATE_SHOWING):
                continue
        except Exception:  # gone in the meantime
            continue
        yield from walk(child, depth + 1)


def check_page(window, page):
    """Everything that can be pressed has a name, and no two of a kind have the same."""
    seen = {}
    pressed = 0
    for node in walk(window):
        if node.getRoleName() not in PRESSED:
            continue
        pressed += 1
        where = "%s: %s under “%s”" % (page, node.getRoleName(), node.parent and node.parent.name)
        if not node.name.strip():
            complain("no name: " + where)
        key = (node.getRoleName(), node.name)
        if key in seen:
            complain("two of the same name “%s”: %s and %s" % (node.name, where, seen[key]))
        seen[key] = where
    if pressed < 10:
        complain("%s: only %d things that can be pressed" % (page, pressed))
    print("ok   %s: %d can be pressed" % (page, pressed))


def check_tiles(window, page):
    """Tiles say the state of their breaker in words."""
    import pyatspi
    tiles = [node for node in walk(window)
             if node.getRole() == pyatspi.ROLE_PANEL and ": " in node.name]
    for tile in tiles:
        if not any(state in tile.name.lower() for state in STATES):
            complain("%s: a tile without its state: %s" % (page, tile.name))
    if len(tiles) < 7:
        complain("%s: only %d tiles" % (page, len(tiles)))
    print("ok   %s: %d tiles say their state" % (page, len(tiles)))


def check_charts(window):
    """Charts are charts, can have the focus, and read their newest values out."""
    import pyatspi
    def showing():
        found = [node for node in walk(window)
                 if node.getRole() == pyatspi.ROLE_CHART]
        return found if len(found) >= 3 else []  # cost, latency, flow

    charts = await_for("three charts", showing)
    for chart in charts:
        if not chart.name or not chart.getState().contains(pyatspi.STATE_FOCUSABLE):
            complain("a chart without a name or out of the keyboard's reach: " + chart.name)
        await_for("figures of the chart " + chart.name,
                  lambda chart=chart: any(letter.isdigit() for letter in chart.description))
    print("ok   %d charts read out: %s" % (len(charts), charts[0].description))


def check_crosshair(window, process):
    """Statement 19: an arrow key moves the crosshair, and the description tells time and values."""
    import pyatspi
    found = await_for("the window on the display", lambda: xdotool(
        "search", "--onlyvisible", "--pid", process, "--name", "Signalbox").split())
    xdotool("windowactivate", "--sync", found[-1])
    chart = next(n for n in walk(window)
                 if n.getRole() == pyatspi.ROLE_CHART and n.name.startswith("Cost"))
    seen = set()

    def buckets():
        seen.add(chart.description[:8])
        return len(seen) > 5
    await_for("some buckets to move over", buckets)
    xdotool("key", "ctrl+l")  # paused: nothing but keys moves what is told
    await_for("the live view to pause", lambda: any(n.name == "Resume" for n in walk(window)))
    chart.queryComponent().grabFocus()
    await_for("the focus on a chart",
              lambda: chart.getState().contains(pyatspi.STATE_FOCUSED))
    told = [chart.description]
    for _ in range(3):
        xdotool("key", "Left")
        await_for("another description than “%s”" % told[-1],
                  lambda: chart.description != told[-1])
        told.append(chart.description)
        time_told, _, values = told[-1].partition(": ")
        if len(time_told) != 8 or time_told.count(":") != 2 or not values:
            complain("the crosshair does not tell time and values: " + told[-1])
    if not told[1] > told[2] > told[3]:
        complain("to the left is not earlier: %s" % told)
    xdotool("key", "Escape", "ctrl+l")
    print("ok   a chart's crosshair: %s" % told[1])


def choose(window, name):
    """Presses a page of the sidebar as a screen reader does."""
    node = next(n for n in walk(window) if n.name.split(",")[0] == name
                and n.getRoleName() == "radio button")
    node.queryAction().doAction(0)


def main():
    reexec_on_own_bus("at-spi", QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1")
    program = sys.argv[1]
    home = os.environ["SIGNALBOX_OWN_BUS"]
    desktop = start_desktop()
    console = subprocess.Popen([program, "--demo", "--listen", "127.0.0.1:0", "--state",
                                home + "/s"], stdout=subprocess.DEVNULL)
    try:
        import pyatspi
        inspect(pyatspi, console.pid, sys.argv[2:] == ["--dump"])
    finally:
        end([console] + desktop)
        shutil.rmtree(home, ignore_errors=True)
    sys.exit(1 if failures else 0)


def inspect(pyatspi, process, dump):
    desktop = pyatspi.Registry.getDesktop(0)
    app = await_for("the console on the accessibility bus",
                    lambda: next((a for a in desktop if a and a.name == "signalbox"), None))
    window = await_for("a window", lambda: app.childCount and app.getChildAtIndex(0))
    if dump:
        time.sleep(5)
        for node in walk(window):
            print(node.getRoleName(), "|", node.name, "|", node.description)
        return
    await_for("a tile with its state",
              lambda: any("closed" in n.name.lower() for n in walk(window)))
    check_charts(window)
    check_crosshair(window, process)
    for page in ("Overview", "Providers", "Routing", "Playground", "Requests", "Cache", "Alerts", "Settings"):
        choose(window, page)
        await_for(page, lambda page=page: any(n.name == page and n.getRoleName() == "label"
                                              for n in walk(window)))
        check_page(window, page)
        if page in ("Overview", "Providers"):
            check_tiles(window, page)


if __name__ == "__main__":
    main()
