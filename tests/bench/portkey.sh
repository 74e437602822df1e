# SPDX-License-Identifier: Apache-2.0
# The Portkey gateway from npm, in a cache outside the tree. Sourced after common.sh.

portkey_version=1.15.2
portkey_headers=(--header "x-portkey-provider: openai" --header "authorization: Bearer none")

# False, with the reason on stderr, when npm cannot serve it. Its streams need these two versions.
install_portkey() {
    portkey_dir=${XDG_CACHE_HOME:-$HOME/.cache}/signalbox-bench/portkey-$portkey_version
    [ ! -e "$portkey_dir/ready" ] || return 0
    mkdir -p "$portkey_dir"
    cat >"$portkey_dir/package.json" <<END
{ "private": true,
  "dependencies": { "@portkey-ai/gateway": "$portkey_version" },
  "overrides": { "hono": "4.9.7", "@hono/node-server": "1.3.3" } }
END
    if ! timeout 180 npm install --prefix "$portkey_dir" --no-audit --no-fund --ignore-scripts \
        >"$portkey_dir/npm.log" 2>&1; then
        echo "bench: Portkey is not measured, npm could not install it:" >&2
        tail -3 "$portkey_dir/npm.log" >&2
        return 1
    fi
    touch "$portkey_dir/ready"
}

start_portkey() {
    local port
    port=$(free_port)
    TRUSTED_CUSTOM_HOSTS=127.0.0.1,localhost NODE_ENV=production "${on_measured[@]}" node \
        "$portkey_dir/node_modules/@portkey-ai/gateway/build/start-server.js" --headless "--port=$port" \
        >"$dir/portkey.out" 2>&1 &
    pid=$!
    pids+=("$pid")
    url=http://127.0.0.1:$port
    await Portkey answers "$url"
}
