#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Thousands of streams side by side: CPU per chunk, memory per stream, lost frames, time to the first
# byte. The same contenders in turn; each measurement has a fresh process, for the memory's sake.
#   tests/bench/streams.sh BIN_DIR [--quick]
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
bin=$1
. "$here/common.sh"
. "$here/portkey.sh"
rounds=5 seconds=3 levels=(1000 5000)
if [ "${2:-}" = --quick ]; then rounds=2 seconds=2 levels=(1000); fi

# Both ends of each stream, in the proxy and in the load.
ulimit -n "$(ulimit -Hn)"
[ "$(ulimit -n)" -ge 11000 ] || die "5000 streams need 11000 descriptors, the limit is $(ulimit -n)"

begin
contenders=(nginx signalboxd)
! install_portkey || contenders+=(portkey)

one() { # contender, streams: eight thousand chunks a second over all of them
    local pace=$(($2 / 8)) extra=() pid url
    local chunks=$((($2 / 15 * 10 + (seconds + 2) * 1000) / pace))
    case "$1" in
    nginx) start_nginx off ;;
    signalboxd) start_gateway signalboxd ;;
    portkey)
        start_portkey
        extra=("${portkey_headers[@]}" --header "x-portkey-custom-host: http://127.0.0.1:$mock/v1")
        ;;
    direct) pid=0 url=http://127.0.0.1:$mock ;;
    esac
    # Code and tables that the first requests bring in are no stream's.
    [ "$1" = direct ] || measure --url "$url" --connections 16 --seconds 0.2 "${extra[@]}" >"$dir/warm-up"
    echo "$1/$2 $(measure --url "$url" --pid "$pid" --connections "$2" --seconds "$seconds" \
        --chunks "$chunks" --pace-ms "$pace" "${extra[@]}")" >>"$dir/figures"
    [ "$1" = direct ] || stop "$pid"
}
for streams in "${levels[@]}"; do
    for round in $(seq "$rounds"); do
        for what in direct "${contenders[@]}"; do
            # Streams that never end take half a minute to be given up: two rounds tell enough of those.
            if [ "$what" != portkey ] || [ "$round" -le 2 ]; then one "$what" "$streams"; fi
        done
    done
done

figures=$dir/figures
printf '%-12s %7s  %-24s %-24s %-22s %6s %10s %12s %12s\n' what streams 'CPU us/chunk, process' \
    'first thread' 'KB/stream' lost unfinished 'added p50 us' 'added p99 us'
for streams in "${levels[@]}"; do
    for what in "${contenders[@]}"; do
        added=()
        for q in p50 p99; do
            added+=($(($(rows "$figures" "$what/$streams" "first_byte_${q}_us" | median)
                - $(rows "$figures" "direct/$streams" "first_byte_${q}_us" | median))))
        done
        printf '%-12s %7s  %-24s %-24s %-22s %6s %10s %12s %12s\n' "$what" "$streams" \
            "$(rows "$figures" "$what/$streams" process_us | spread)" \
            "$(rows "$figures" "$what/$streams" thread_us | spread)" \
            "$(rows "$figures" "$what/$streams" kb_per_stream | spread)" \
            "$(rows "$figures" "$what/$streams" lost | most)" \
            "$(rows "$figures" "$what/$streams" unfinished | most)" "${added[@]}"
    done
done
