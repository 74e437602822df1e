// SPDX-License-Identifier: Apache-2.0
// Values of records as columns and back; shared by all tables.
#pragma once

#include "core/base/time.h"
#include "core/domain/usage.h"
#include "core/runtime/ledger/sql_database.h"

#include <optional>
#include <string>
#include <string_view>

namespace signalbox::runtime {

/// `START(a,b) VALUES(?,?)` for the columns `a,b`.
std::string insertSql(std::string_view start, std::string_view columns);

std::optional<std::int64_t> micros(const std::optional<Micros> &duration);
std::optional<Micros> toMicros(std::optional<std::int64_t> count);
std::optional<std::int64_t> nanos(const std::optional<Money> &money);
std::optional<Money> toMoney(std::optional<std::int64_t> count);

/// The seven columns from prompt_tokens to stated_nanos.
void addUsage(Statement &statement, const Usage &usage);
void addNoUsage(Statement &statement);
/// Nothing when the first of them is null.
std::optional<Usage> readUsage(Statement &row);

/// A row of ours that makes no sense: \p what is its request.
LedgerError unreadable(const std::string &what);

} // namespace signalbox::runtime
