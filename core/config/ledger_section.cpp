// SPDX-License-Identifier: Apache-2.0
#include "core/config/sections.h"

namespace signalbox::config {
namespace {

/// Between `//` and the host, or as a parameter such as `password=` and `sslpassword=`.
bool holdsPassword(std::string_view url)
{
    const auto user = url.find("://") + 3;
    const auto at = url.rfind('@');
    const bool beforeHost = at != std::string_view::npos && url.find(':', user) < at;
    return beforeHost || url.find("password=") != std::string_view::npos;
}

/// A store's address may contain a password, so it is never repeated.
void readStore(TableReader &table, LedgerSettings &ledger)
{
    const auto store = table.text("store");
    const auto password = table.secret("password", "ledger.password");
    const bool isServer = store
                          && (store->value.starts_with("postgresql://")
                              || store->value.starts_with("postgres://"));
    if (password && !isServer) {
        table.report().fault(table.at("password"), "`password` is for a `store` on a server");
    }
    if (!store || store->value == "sqlite") {
        return;
    }
    const auto &understood = table.report().options().isServerUrl;
    if (!isServer) {
        table.report().fault(store->at, "`store` must be sqlite or a postgresql:// URL");
    } else if (holdsPassword(store->value)) {
        table.report()
            .fault(store->at,
                   "`store` contains a password: take it out and say where it is, such as "
                   "password = \"env:LEDGER_PASSWORD\"");
    } else if (understood && !understood(store->value)) {
        table.report().fault(store->at, "`store` is no valid postgresql:// URL");
    } else {
        ledger.store = store->value;
        ledger.password = password;
    }
}

constexpr int kDaysMax = 36'500;
constexpr std::int64_t kBytesPerKb = 1024;
constexpr std::int64_t kBytesPerMb = 1024 * 1024;

void readDays(TableReader &table, LedgerSettings &ledger)
{
    table.whole("keep_requests_days", ledger.keepRequestsDays, {1, kDaysMax});
    table.whole("keep_bodies_days", ledger.keepBodiesDays, {0, kDaysMax});
    table.whole("keep_sums_days", ledger.keepSumsDays, {0, kDaysMax});
    if (const auto days = table.wholeNumber("keep_own_calls_days", {1, kDaysMax})) {
        ledger.keepOwnCallsDays = static_cast<int>(*days);
    }
}

void readSizes(TableReader &table, LedgerSettings &ledger)
{
    if (const auto kb = table.wholeNumber("body_max_kb", {1, 16 * 1024})) {
        ledger.bodyBytesMax = *kb * kBytesPerKb;
    }
    if (const auto mb = table.wholeNumber("max_mb", {0, 100'000'000})) {
        ledger.fileBytesMax = *mb * kBytesPerMb;
    }
}

} // namespace

LedgerSettings readLedger(TableReader &root)
{
    LedgerSettings ledger;
    auto table = root.table("ledger");
    if (!table) {
        return ledger;
    }
    readStore(*table, ledger);
    readDays(*table, ledger);
    readSizes(*table, ledger);
    table->finish();
    return ledger;
}

} // namespace signalbox::config
