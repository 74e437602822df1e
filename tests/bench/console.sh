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

# Only one of the two runs at a time.
for _ in $(seq "$rounds"); do
    kill -STOP "$console"
    echo "without $(measure --url "$headless_url" --pid "$headless" --rate $rate --seconds $seconds)" >>"$dir/figures"
    kill -CONT "$console"
    kill -STOP "$headless"
    echo "with $(measure --url "$console_url" --pid "$console" --thread gateway --rate $rate --seconds $seconds)" >>"$dir/figures"
    kill -CONT "$headless"
done
stop "$console"

figures=$dir/figures
for what in without with; do
    printf '%-8s gateway thread, CPU us/request: %s; requests/s %s; errors %s\n' "$what" \
        "$(rows "$figures" $what thread_us | spread)" \
        "$(($(rows "$figures" $what requests | median) / seconds))" "$(rows "$figures" $what errors | most)"
done
# Student's t, one-sided 95 %, by degrees of freedom.
paste <(rows "$figures" with thread_us) <(rows "$figures" without thread_us) | awk '
    { d[NR] = ($1 / $2 - 1) * 100; sum += d[NR] }
    END {
        split("6.31 2.92 2.35 2.13 2.02 1.94 1.89 1.86 1.83 1.81 1.80 1.78 1.77 1.76", t, " ")
        mean = sum / NR
        for (i = 1; i <= NR; ++i) square += (d[i] - mean) ^ 2
        printf "extra per request: mean %.1f %%, upper 95 %% bound %.1f %% over %d pairs\n", mean,
            mean + t[NR - 1] * sqrt(square / (NR - 1) / NR), NR
    }'
cat "$dir/signalbox.out"
