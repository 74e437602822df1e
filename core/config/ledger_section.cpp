// SPDX-License-Identifier: Apache-2.0
#include "core/config/availability.h"
#include "core/config/sections.h"

namespace signalbox::config {
namespace {

/// A store's address may contain a password, so it is never repeated.
void readStore(TableReader &table)
{
    const auto store = table.text("store");
    if (!store || store->value == "sqlite") {
        return;
    }
    const bool isPostgres = store->value.starts_with("postgresql://")
                            || store->value.starts_with("postgres://");
    if (isPostgres && isUnavailable("ledger", "store", "postgresql://")) {
        table.report().fault(store->at, unavailableMessage("store", "postgresql://"));
    } else if (!isPostgres) {
        table.report().fault(store->at, "`store` must be sqlite");
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
    readStore(*table);
    table->whole("keep_requests_days", ledger.keepRequestsDays, {1, 36'500});
    readBodyDays(*table);
    table->finish();
    return ledger;
}

} // namespace signalbox::config
