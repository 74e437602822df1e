#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# CPU per request of the gateway beside nginx as a plain reverse proxy: same mock upstream, same load,
# interleaved in the same run. Loopback only; ends by itself.
#   tests/bench/http.sh BIN_DIR [ROUNDS] [SECONDS] [CONNECTIONS...]
set -euo pipefail
bin=$1
rounds=${2:-5}
seconds=${3:-4}
shift $(($# > 3 ? 3 : $#))
connections=("$@")
[ ${#connections[@]} -gt 0 ] || connections=(1 16 64 256)

dir=$(mktemp -d)
pids=()
cleanup() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$dir"
}
trap cleanup EXIT

free_port() {
    python3 - <<'EOF' 2>/dev/null || perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen=>1,LocalAddr=>"127.0.0.1")->sockport'
import socket
s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])
EOF
}

text='A breaker watches calls and stops sending when too many of them fail in a row, so that a provider in trouble is not made worse and a caller does not wait for what will not come. After a while it lets one request through to see whether things are better; if so it closes again.'
answer="{\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion\",\"created\":1795000000,\"model\":\"mock-1\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"$text $text\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":170,\"completion_tokens\":128,\"total_tokens\":298},\"system_fingerprint\":null}"
question="{\"model\":\"chat\",\"messages\":[{\"role\":\"system\",\"content\":\"You are a terse assistant.\"},{\"role\":\"user\",\"content\":\"$text $text Explain this to a new hire in three sentences, please.\"}],\"temperature\":0.7}"

mock=$(free_port)
proxy=$(free_port)

nginx_conf() { # file, server block
    cat >"$1" <<EOF
worker_processes 1;
daemon off;
pid $1.pid;
error_log $1.log warn;
events { worker_connections 4096; }
http {
    access_log off;
    keepalive_requests 100000000;
    client_body_temp_path $dir/body; proxy_temp_path $dir/proxy; fastcgi_temp_path $dir/f; uwsgi_temp_path $dir/u; scgi_temp_path $dir/s;
    $2
}
EOF
}
nginx_conf "$dir/mock" "server { listen 127.0.0.1:$mock reuseport; default_type application/json; location / { return 200 '$answer'; } }"
nginx_conf "$dir/proxy" "upstream mock { server 127.0.0.1:$mock; keepalive 512; keepalive_requests 100000000; }
    server { listen 127.0.0.1:$proxy; location / { proxy_pass http://mock; proxy_http_version 1.1; proxy_set_header Connection ''; } }"
cat >"$dir/gateway.toml" <<EOF
[[provider]]
id = "mock"
kind = "openai-compatible"
base_url = "http://127.0.0.1:$mock/v1"
[[provider.model]]
name = "mock-1"
price = { input = 0.4, output = 1.2 }
[[route]]
name = "chat"
targets = [ { target = "mock/mock-1" } ]
EOF
cat >"$dir/post.lua" <<EOF
wrk.method = "POST"
wrk.body = [==[$question]==]
wrk.headers["content-type"] = "application/json"
done = function(summary, latency)
    local errors = summary.errors
    io.write(string.format("%d %d %.0f %.0f\n", summary.requests,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout,
        latency:percentile(50), latency:percentile(99)))
end
EOF

# The measured process has CPU 0 for itself; mock and load share the other one.
taskset -c 1 nginx -c "$dir/mock" & pids+=($!)
taskset -c 0 nginx -c "$dir/proxy" & pids+=($!)
nginx_master=$!
taskset -c 0 "$bin/signalboxd" --config "$dir/gateway.toml" --state "$dir/state" --listen 127.0.0.1:0 >"$dir/ready" 2>"$dir/err" & pids+=($!)
gateway_pid=$!
for _ in $(seq 100); do [ -s "$dir/ready" ] && break; sleep 0.1; done
gateway=$(sed -n 's/^signalboxd ready //p' "$dir/ready")
[ -n "$gateway" ] || { cat "$dir/err" >&2; exit 1; }
for _ in $(seq 50); do curl -fso /dev/null "http://127.0.0.1:$proxy/" && break; sleep 0.1; done
nginx_pid=$(pgrep -P "$nginx_master" | head -1)

ticks=$(getconf CLK_TCK)
cpu_ticks() { awk '{print $14 + $15}' "$1"; } # a stat file without blanks in its name

measure() { # label, url, stat files...
    local label=$1 url=$2 out
    shift 2
    local before=() after=() i
    for stat in "$@"; do before+=("$(cpu_ticks "$stat")"); done
    out=$(taskset -c 1 wrk -t1 -c "$c" -d "${seconds}s" -s "$dir/post.lua" "$url/v1/chat/completions" | tail -1)
    for stat in "$@"; do after+=("$(cpu_ticks "$stat")"); done
    local line="$label $c $out"
    for i in "${!before[@]}"; do
        line+=" $(awk -v d=$((after[i] - before[i])) -v t="$ticks" -v o="$out" 'BEGIN { split(o, f, " "); printf "%.1f", d / t * 1e6 / f[1] }')"
    done
    echo "$line" >>"$dir/figures"
}

for c in "${connections[@]}"; do
    for _ in $(seq "$rounds"); do
        measure nginx "http://127.0.0.1:$proxy" "/proc/$nginx_pid/stat"
        measure gateway "$gateway" "/proc/$gateway_pid/stat" "/proc/$gateway_pid/task/$gateway_pid/stat"
    done
done

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
printf '%-8s %5s %22s %14s %10s %10s %7s\n' what conns 'CPU us/request' 'of it thread' 'p50 us' 'p99 us' errors
for c in "${connections[@]}"; do
    for what in nginx gateway; do
        rows() { awk -v w="$what" -v c="$c" -v f="$1" '$1 == w && $2 == c { print $f }' "$dir/figures"; }
        low=$(rows 7 | sort -n | head -1)
        high=$(rows 7 | sort -n | tail -1)
        thread=-
        [ "$what" = nginx ] || thread=$(rows 8 | median)
        printf '%-8s %5s %10s (%s..%s) %14s %10s %10s %7s\n' "$what" "$c" "$(rows 7 | median)" "$low" "$high" \
            "$thread" "$(rows 5 | median)" "$(rows 6 | median)" "$(rows 4 | sort -n | tail -1)"
    done
done
