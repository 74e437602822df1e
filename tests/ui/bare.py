#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bare.py SIGNALBOX: the console where a desktop lacks what desktops have.

No session bus or one that nobody answers on, so no keyring, no notifications and no tray; no window
manager and no compositor; no display at all. It starts, shows what its gateway does, and ends when
it is told to, with nothing to complain about but what is missing.
"""
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

from own_desktop import PATIENCE_S, end, free_port, start_display

failures = []


def answers(port):
    try:
        with urllib.request.urlopen("http://127.0.0.1:%d/healthz" % port, timeout=2) as reply:
            return reply.status == 200
    except OSError:
        return False


def check(name, program, surroundings):
    home = tempfile.mkdtemp(prefix="signalbox-bare-")
    port = free_port()
    environment = {"PATH": os.environ["PATH"], "HOME": home, "LANG": "C.UTF-8", "TZ": "UTC",
                   **{key: value.replace("HOME", home) for key, value in surroundings.items()}}
    for kept in ("LD_LIBRARY_PATH", "ASAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS"):
        if kept in os.environ:
            environment[kept] = os.environ[kept]
    console = subprocess.Popen(
        [program, "--demo", "--turns", "--listen", "127.0.0.1:%d" % port, "--state", home + "/s"],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        until = time.monotonic() + PATIENCE_S
        while not answers(port) and console.poll() is None and time.monotonic() < until:
            time.sleep(0.1)
        if not answers(port):
            failures.append(name)
            print("FAIL %s: no gateway answers" % name)
        time.sleep(3)  # long enough for what asks a bus that is not there
        console.send_signal(signal.SIGTERM)
        out, errors = console.communicate(timeout=PATIENCE_S)
    except subprocess.TimeoutExpired:
        console.kill()
        out, errors = console.communicate()
        errors += "did not end"
    finally:
        shutil.rmtree(home, ignore_errors=True)
    shown = re.search(r"first window after (-?\d+) ms, usable after (-?\d+) ms", out)
    if console.returncode != 0 or shown is None or "-1" in shown.groups():
        failures.append(name)
        print("FAIL %s: ended with %s\n%s%s" % (name, console.returncode, out, errors))
    else:
        print("ok   %s: %s" % (name, shown.group(0)))


def main():
    program = sys.argv[1]
    server, display = start_display()
    try:
        offscreen = {"QT_QPA_PLATFORM": "offscreen"}
        check("no display, no bus", program, offscreen)
        check("a bus that is not there", program,
              {**offscreen, "DBUS_SESSION_BUS_ADDRESS": "unix:path=HOME/none"})
        check("a display without window manager and bus", program,
              {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display})
    finally:
        end([server])
    sys.exit(1 if failures else 0)


main()
