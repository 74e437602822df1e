#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# CPU per request and added latency of the gateway beside nginx as a plain reverse proxy and beside
# Portkey: same mock, same load, in turn in the same run. Loopback only; ends by itself.
#   tests/bench/http.sh BIN_DIR [--quick]
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
bin=$1
. "$here/common.sh"
. "$here/portkey.sh"
rounds=5 seconds=3 levels=(1 16 64 256)
if [ "${2:-}" = --quick ]; then rounds=3 seconds=1 levels=(1 64); fi

begin
declare -A urls processes
contenders=(nginx signalboxd)
start_nginx on
urls[nginx]=$url processes[nginx]=$pid
start_gateway signalboxd
urls[signalboxd]=$url processes[signalboxd]=$pid
if install_portkey; then
    start_portkey
    urls[portkey]=$url processes[portkey]=$pid
    contenders+=(portkey)
fi

one() { # label, contender, connections
    local extra=()
    [ "$2" != portkey ] || extra=("${portkey_headers[@]}" --header "x-portkey-custom-host: http://127.0.0.1:$mock/v1")
    echo "$1/$3 $(measure --url "${urls[$2]}" --pid "${processes[$2]}" --connections "$3" \
        --seconds "$seconds" "${extra[@]}")" >>"$dir/figures"
}
urls[direct]=http://127.0.0.1:$mock processes[direct]=0
for c in "${levels[@]}"; do
    for _ in $(seq "$rounds"); do
        [ "$c" != 1 ] || one direct direct 1
        for what in "${contenders[@]}"; do one "$what" "$what" "$c"; done
    done
done

figures=$dir/figures
printf '%-12s %5s  %-26s %-26s %8s %7s\n' what conns 'CPU us/request, process' 'first thread' 'requests' errors
for c in "${levels[@]}"; do
    for what in "${contenders[@]}"; do
        printf '%-12s %5s  %-26s %-26s %8s %7s\n' "$what" "$c" \
            "$(rows "$figures" "$what/$c" process_us | spread)" "$(rows "$figures" "$what/$c" thread_us | spread)" \
            "$(rows "$figures" "$what/$c" requests | median)" "$(rows "$figures" "$what/$c" errors | most)"
    done
done
echo
for q in p50 p99; do
    base=$(rows "$figures" direct/1 "${q}_us" | median)
    printf 'added to direct (%s us), %s at one connection, us:' "$base" "$q"
    for what in "${contenders[@]}"; do
        printf ' %s %s' "$what" "$(($(rows "$figures" "$what/1" "${q}_us" | median) - base))"
    done
    echo
done
