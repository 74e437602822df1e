# SPDX-License-Identifier: GPL-3.0-or-later
"""What the scripts beside this one share: a display and a session bus of their own, a hand, patience."""
import os
import socket
import subprocess
import sys
import tempfile
import time

PATIENCE_S = 90


def fail(words):
    print("FAIL", words)
    raise SystemExit(1)


def reexec_on_own_bus(name, **more):
    """Starts the script again on a session bus that nobody else uses, in a home of its own."""
    if "SIGNALBOX_OWN_BUS" not in os.environ:
        home = tempfile.mkdtemp(prefix="signalbox-%s-" % name)
        environment = dict(os.environ, SIGNALBOX_OWN_BUS=home, NO_AT_BRIDGE="1", HOME=home,
                           XDG_RUNTIME_DIR=home, XDG_CONFIG_HOME=home + "/config",
                           XDG_CACHE_HOME=home, XDG_DATA_HOME=home, TZ="UTC", LANG="C.UTF-8",
                           QT_QPA_PLATFORM="xcb", **more)
        environment.pop("DBUS_SESSION_BUS_ADDRESS", None)
        os.execvpe("dbus-run-session", ["dbus-run-session", "--", sys.executable] + sys.argv,
                   environment)


def start_display():
    """The server's process and the display's name."""
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24",
                               "-nolisten", "tcp"], pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as pipe:
        return server, ":" + pipe.readline().strip()


def start_desktop():
    """A display and openbox on it, from now on this script's; what has to be ended, in order."""
    server, os.environ["DISPLAY"] = start_display()
    return [subprocess.Popen(["openbox"], stderr=subprocess.DEVNULL), server]


def end(processes):
    for process in processes:
        process.terminate()
        process.wait(20)


def xdotool(*words):
    return subprocess.run(["xdotool"] + [str(word) for word in words], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True, check=False).stdout


def await_for(what, question, patience=PATIENCE_S):
    until = time.monotonic() + patience
    while time.monotonic() < until:
        found = question()
        if found:
            return found
        time.sleep(0.2)
    return fail("never came: " + what)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
