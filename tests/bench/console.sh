#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What an open console with live charts costs its gateway: the gateway's thread in signalbox against
# signalboxd, in turn, at 2,000 requests a second; and the longest turn of the console's own thread.
#   tests/bench/console.sh BIN_DIR [--quick]
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
bin=$1
. "$here/common.sh"
rounds=12 seconds=3 rate=2000
if [ "${2:-}" = --quick ]; then rounds=4 seconds=2; fi

begin
exec 3>"$dir/display"
Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp >"$dir/xvfb.log" 2>&1 &
pids+=($!)
await Xvfb test -s "$dir/display"
export DISPLAY=:$(<"$dir/display") HOME=$dir XDG_RUNTIME_DIR=$dir
unset WAYLAND_DISPLAY QT_QPA_PLATFORM

start_gateway signalboxd
headless=$pid headless_url=$url
start_gateway signalbox --screen overview --turns
console=$pid console_url=$url

measure_pairs $rounds $seconds $rate "$headless" "$headless_url" "$console" "$console_url"
stop "$console"
tell_pairs $seconds
cat "$dir/signalbox.out"
