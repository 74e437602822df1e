#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The overview, open and live at 2,000 requests a second over twelve targets: how often the console's
# event loop is busy for longer than a frame, how much of a core it takes, whether memory grows; and
# what it costs the gateway's thread beside signalboxd, in interleaved pairs.
#   tests/bench/live.sh BIN_DIR [seconds [pairs [seconds of each]]]
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
bin=$1
seconds=${2:-600}
pairs=${3:-20}
each=${4:-6}
. "$here/common.sh"
rate=2000

begin
exec 3>"$dir/display"
Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp >"$dir/xvfb.log" 2>&1 &
pids+=($!)
await Xvfb test -s "$dir/display"
export DISPLAY=:$(<"$dir/display") HOME=$dir XDG_RUNTIME_DIR=$dir
unset WAYLAND_DISPLAY QT_QPA_PLATFORM

gateway_config() { # four providers with three targets each, all of them the same mock
    local provider model targets=
    : >"$dir/gateway.toml"
    for provider in one two three four; do
        cat >>"$dir/gateway.toml" <<END
[[provider]]
id = "$provider"
kind = "openai-compatible"
base_url = "http://127.0.0.1:$mock/v1"
END
        for model in a b c; do
            cat >>"$dir/gateway.toml" <<END
[[provider.model]]
name = "$model"
price = { input = 0.4, output = 1.2 }
END
            targets+=" { target = \"$provider/$model\" },"
        done
    done
    printf '[[route]]\nname = "chat"\ntargets = [%s ]\n' "${targets%,}" >>"$dir/gateway.toml"
}

start_gateway signalbox --screen overview --turns
"${on_load[@]}" timeout $((seconds + 30)) "$bin/bench_load" --mock-port "$mock" --url "$url" --rate $rate \
    --seconds "$seconds" >"$dir/load" 2>"$dir/load.err" &
load=$!
while kill -0 "$load" 2>/dev/null; do
    awk '/^VmRSS/ { print "memory kib=" $2 }' "/proc/$pid/status" >>"$dir/figures" || die "the console ended"
    sleep 1
done
stop "$pid"
echo "load: $(cat "$dir/load")"
cat "$dir/signalbox.out"
turns_of() { # what: its number in the line of the turns
    sed -n "s/.*$1 \([0-9.]*\).*/\1/p" "$dir/signalbox.out" | head -1
}
awk -v slow="$(turns_of 'over 16 ms')" -v of="$(turns_of 'CPU, of')" 'BEGIN {
    if (of > 0) printf "turns over 16 ms: %.3f %%\n", 100 * slow / of
}'
# The first fifth fills what is kept: the ring of seconds, the list of requests, the ledger's cache.
rows "$dir/figures" memory kib | awk '
    { v[NR] = $1 }
    END {
        first = int(NR / 5) + 1; half = int((NR - first) / 2)
        for (i = first; i < first + half; ++i) a += v[i] / half
        for (i = NR - half + 1; i <= NR; ++i) b += v[i] / half
        printf "memory: %.1f MiB at first, %.1f MiB at last, %+.1f %% between the halves\n",
            v[first] / 1024, v[NR] / 1024, (b / a - 1) * 100
    }'

: >"$dir/figures"
start_gateway signalboxd
headless=$pid headless_url=$url
start_gateway signalbox --screen overview --turns
console=$pid console_url=$url
sleep 5 # until the window is built and fed
measure_pairs "$pairs" "$each" $rate "$headless" "$headless_url" "$console" "$console_url"
stop "$console"
stop "$headless"
tell_pairs "$each"
