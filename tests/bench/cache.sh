#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# CPU of an answer from the cache beside that of a miss, for answers of 2 KB: same load, in turn in the same
# run. Loopback only; ends by itself.
#   tests/bench/cache.sh BIN_DIR [ROUNDS [SECONDS]]
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
bin=$1
. "$here/common.sh"
rounds=${2:-5} seconds=${3:-3} connections=64

begin
start_gateway signalboxd
off=$pid off_url=$url
extra_config=$'[cache]\nmode = "exact"'
start_gateway signalboxd
on=$pid on_url=$url

one() { # label, pid, url, further arguments
    local label=$1
    shift
    echo "$label $(measure --pid "$1" --url "$2" --connections "$connections" --seconds "$seconds" \
        --answer-bytes 2048 "${@:3}")" >>"$dir/figures"
}
for _ in $(seq "$rounds"); do
    one off "$off" "$off_url"
    one miss "$on" "$on_url" --distinct 1
    one hit "$on" "$on_url"
done

figures=$dir/figures
printf '%-6s %-28s %-28s %8s %7s\n' what 'CPU us/request, process' 'first thread' 'requests' errors
for what in off miss hit; do
    printf '%-6s %-28s %-28s %8s %7s\n' "$what" "$(rows "$figures" "$what" process_us | spread)" \
        "$(rows "$figures" "$what" thread_us | spread)" "$(rows "$figures" "$what" requests | median)" \
        "$(rows "$figures" "$what" errors | most)"
done
for which in process_us thread_us; do
    for other in miss off; do
        awk -v a="$(rows "$figures" hit $which | sort -g | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }')" \
            -v b="$(rows "$figures" $other $which | sort -g | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }')" \
            -v what="$which, hit / $other" 'BEGIN { printf "%s: %.2f\n", what, a / b }'
    done
done
