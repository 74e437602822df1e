# SPDX-License-Identifier: Apache-2.0
# What the benches share: a place, the programs they compare, and figures out of lines. Sourced.
# The caller sets $bin (where the built programs are) and calls begin.

# The measured process has CPU 0 for itself; load and mock, one polling thread, have CPU 1.
on_measured=(taskset -c 0)
on_load=(taskset -c 1)

begin() {
    dir=$(mktemp -d)
    pids=()
    trap end EXIT
    mock=$(free_port)
}
end() {
    local pid
    for pid in "${pids[@]}"; do kill -CONT "$pid" 2>/dev/null && kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$dir"
}
die() { printf 'bench: %s\n' "$*" >&2; exit 2; }

free_port() {
    node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

# Ends one process that was started here and waits for it.
stop() {
    kill "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
}

answers() { # url: somebody listens there, whatever is said
    curl -so /dev/null --max-time 2 "$1"
}
await() { # what, command...: up to ten seconds
    local what=$1
    shift
    for _ in $(seq 100); do
        "$@" && return 0
        sleep 0.1
    done
    die "$what does not start"
}

# Each sets pid and url. Ends with the bench, or by stop.
start_nginx() {
    local port
    port=$(free_port)
    cat >"$dir/nginx.conf" <<END
worker_processes 1;
daemon off;
master_process off;
pid $dir/nginx.pid;
error_log $dir/nginx.log crit;
worker_rlimit_nofile 20000;
events { worker_connections 16000; }
http {
    access_log off;
    keepalive_requests 100000000;
    client_body_temp_path $dir/n1; proxy_temp_path $dir/n2; fastcgi_temp_path $dir/n3;
    uwsgi_temp_path $dir/n4; scgi_temp_path $dir/n5;
    upstream mock { server 127.0.0.1:$mock; keepalive 512; keepalive_requests 100000000; }
    server {
        listen 127.0.0.1:$port backlog=4096;
        location / {
            proxy_pass http://mock;
            proxy_http_version 1.1;
            proxy_set_header Connection '';
            proxy_buffering $1;
        }
    }
}
END
    "${on_measured[@]}" nginx -c "$dir/nginx.conf" &
    pid=$!
    pids+=("$pid")
    url=http://127.0.0.1:$port
    await nginx answers "$url"
}

gateway_config() {
    cat >"$dir/gateway.toml" <<END
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
${extra_config:-}
END
}

start_gateway() { # program, arguments...
    local program=$1 port
    shift
    port=$(free_port)
    gateway_config
    "${on_measured[@]}" "$bin/$program" --config "$dir/gateway.toml" --state "$dir/state-$port" \
        --listen "127.0.0.1:$port" "$@" >"$dir/$program.out" 2>"$dir/$program.err" &
    pid=$!
    pids+=("$pid")
    url=http://127.0.0.1:$port
    await "$program" answers "$url/healthz"
}

measure() { # arguments of the load: one line of name=value
    "${on_load[@]}" timeout 60 "$bin/bench_load" --mock-port "$mock" "$@" || true
}

# Pairs of the gateway's thread without and with a console, in turn, each first as often; lines
# "without ..." and "with ..." go to $dir/figures. Only one of the two runs at a time.
measure_pairs() { # rounds, seconds, rate; pid and url of each: headless, console
    local rounds=$1 seconds=$2 rate=$3 headless=$4 headless_url=$5 console=$6 console_url=$7 round label
    for round in $(seq "$rounds"); do
        local order=(without with)
        [ $((round % 2)) -eq 1 ] || order=(with without)
        for label in "${order[@]}"; do
            local other=$console one=(--url "$headless_url" --pid "$headless")
            if [ "$label" = with ]; then other=$headless one=(--url "$console_url" --pid "$console" --thread gateway); fi
            kill -STOP "$other"
            sleep 1 # what goes on again has a second to catch up with: it is not of the steady state
            echo "$label $(measure "${one[@]}" --rate "$rate" --seconds "$seconds")" >>"$dir/figures"
            kill -CONT "$other"
        done
    done
}
tell_pairs() { # seconds
    local what
    for what in without with; do
        printf '%-8s gateway thread, CPU us/request: %s; requests/s %s; errors %s\n' "$what" \
            "$(rows "$dir/figures" $what thread_us | spread)" \
            "$(($(rows "$dir/figures" $what requests | median) / $1))" "$(rows "$dir/figures" $what errors | most)"
    done
    # Of logarithms: a quotient that is as often double as half has no mean of its own. Student's t,
    # one-sided 95 %, by degrees of freedom; 1.70 beyond thirty.
    paste <(rows "$dir/figures" with thread_us) <(rows "$dir/figures" without thread_us) | awk '
        { d[NR] = log($1 / $2); sum += d[NR] }
        END {
            n = split("6.31 2.92 2.35 2.13 2.02 1.94 1.89 1.86 1.83 1.81 1.80 1.78 1.77 1.76 1.75 " \
                      "1.75 1.74 1.73 1.73 1.72 1.72 1.72 1.71 1.71 1.71 1.71 1.70 1.70 1.70 1.70", t, " ")
            if (NR < 2) { print "extra per request: not measured"; exit }
            mean = sum / NR
            for (i = 1; i <= NR; ++i) square += (d[i] - mean) ^ 2
            bound = mean + (NR - 1 > n ? 1.70 : t[NR - 1]) * sqrt(square / (NR - 1) / NR)
            printf "extra per request: mean %.1f %%, upper 95 %% bound %.1f %% over %d pairs\n",
                (exp(mean) - 1) * 100, (exp(bound) - 1) * 100, NR
        }'
}

# ---- figures: files of lines "label name=value name=value ..." ---------------------------------

rows() { # file, label, name: the values
    awk -v label="$2" -v name="$3" '$1 == label {
        for (i = 2; i <= NF; ++i) { split($i, f, "="); if (f[1] == name) print f[2] }
    }' "$1"
}
median() { sort -g | awk '{ v[NR] = $1 } END { if (NR) printf "%.0f\n", (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2; else print 0 }'; }
most() { sort -g | tail -1; }
# "23.5 (21.8 to 25.7)"
spread() {
    sort -g | awk '{ v[NR] = $1 } END {
        if (NR) printf "%.1f (%.1f to %.1f)", (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2, v[1], v[NR]
        else printf "not measured"
    }'
}
