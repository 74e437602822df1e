#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# How long the console takes from the start of its process to a painted window, and to one that
# shows the present and waits for the operator. Warm: the first starts are not counted.
#   tests/bench/start.sh BIN_DIR [starts]
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
bin=$1
starts=${2:-20}
warm=3
. "$here/common.sh"

begin
exec 3>"$dir/display"
Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp >"$dir/xvfb.log" 2>&1 &
pids+=($!)
await Xvfb test -s "$dir/display"
export DISPLAY=:$(<"$dir/display") HOME=$dir XDG_RUNTIME_DIR=$dir
unset WAYLAND_DISPLAY QT_QPA_PLATFORM DBUS_SESSION_BUS_ADDRESS
gateway_config

for i in $(seq $((starts + warm))); do
    "$bin/signalbox" --config "$dir/gateway.toml" --state "$dir/state" --listen 127.0.0.1:0 --turns \
        >"$dir/out" 2>"$dir/err" &
    pid=$!
    pids+=("$pid")
    sleep 2
    stop "$pid"
    [ "$i" -gt "$warm" ] || continue
    sed -n 's/^first window after \([-0-9]*\) ms, usable after \([-0-9]*\) ms$/start window=\1 usable=\2/p' \
        "$dir/out" >>"$dir/figures"
done
[ -s "$dir/figures" ] || die "the console told nothing: $(tail -1 "$dir/err")"
for what in window usable; do
    printf '%-7s ms after the start: %s of %s starts\n' "$what" "$(rows "$dir/figures" start $what | spread)" \
        "$(rows "$dir/figures" start $what | wc -l)"
done
