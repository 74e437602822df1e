// SPDX-License-Identifier: Apache-2.0
#include "core/config/availability.h"
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

void readBodyDays(TableReader &table)
{
    const auto days = table.wholeNumber("keep_bodies_days", {0, 36'500});
    if (days.value_or(0) > 0 && isUnavailable("ledger", "keep_bodies_days", "above 0")) {
        table.report().fault(table.at("keep_bodies_days"),
                             unavailableMessage("keep_bodies_days", "above 0"));
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
    table->whole("keep_requests_days", ledger.keepRequestsDays, {1, 36'500});
    readBodyDays(*table);
    table->finish();
    return ledger;
}

} // namespace signalbox::config
