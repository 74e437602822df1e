// SPDX-License-Identifier: Apache-2.0
#include "core/config/notation.h"
#include "core/config/sections.h"

namespace signalbox::config {
namespace {

constexpr std::int64_t kBytesPerMegabyte = std::int64_t{1024} * 1024;

void readListen(TableReader &table, bool hasClients, ServerSettings &server)
{
    const auto listen = table.text("listen");
    if (!listen) {
        return;
    }
    const auto address = parseListenAddress(listen->value);
    if (!address) {
        table.report().fault(listen->at,
                             "`listen` must be HOST:PORT with a port from 0 to 65535 and an IPv6 "
                             "host in brackets, found "
                                 + quoted(listen->value));
        return;
    }
    if (!address->isLoopback && !hasClients) {
        table.report().fault(listen->at,
                             "`listen` on " + quoted(address->host)
                                 + " is reachable from other machines: at least one [[client]] "
                                   "with a key is required");
    }
    server.listen = listen->value;
}

void readTls(TableReader &table, ServerSettings &server)
{
    server.tlsCertificate = table.file("tls_certificate", "server.tls_certificate");
    server.tlsKey = table.file("tls_key", "server.tls_key");
    if (table.has("tls_certificate") != table.has("tls_key")) {
        const char *there = table.has("tls_key") ? "tls_key" : "tls_certificate";
        table.report().fault(table.at(there),
                             "`tls_certificate` and `tls_key` come together, found only "
                                 + quoted(there));
    }
}

void readTimeZone(TableReader &table, ServerSettings &server)
{
    const auto zone = table.text("time_zone");
    if (!zone) {
        return;
    }
    const auto &exists = table.report().options().zoneExists;
    if (!isZoneName(zone->value)) {
        table.report().fault(zone->at,
                             "`time_zone` must be UTC or Area/City such as Europe/Berlin, found "
                                 + quoted(zone->value));
    } else if (exists && !exists(zone->value)) {
        table.report().fault(zone->at, "`time_zone`: there is no time zone " + quoted(zone->value));
    } else {
        server.timeZone = zone->value;
    }
}

} // namespace

ServerSettings readServer(TableReader &root, bool hasClients)
{
    ServerSettings server;
    auto table = root.table("server");
    if (!table) {
        return server;
    }
    readListen(*table, hasClients, server);
    readTls(*table, server);
    server.adminToken = table->secret("admin_token", "server.admin_token");
    if (const auto megabytes = table->wholeNumber("max_body_mb", {1, 1024})) {
        server.maxBodyBytes = *megabytes * kBytesPerMegabyte;
    }
    table->seconds("header_s", server.header, Zero::Allowed);
    table->seconds("drain_s", server.drain, Zero::Allowed);
    table->seconds("queue_s", server.queue, Zero::Allowed);
    readTimeZone(*table, server);
    table->finish();
    return server;
}

} // namespace signalbox::config
