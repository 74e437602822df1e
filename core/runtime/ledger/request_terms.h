// SPDX-License-Identifier: Apache-2.0
// A filter of requests as SQL: the terms, and the values for them.
#pragma once

#include "core/runtime/ledger/ledger_reader.h"
#include "core/runtime/ledger/sql_database.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace signalbox::runtime {

/// ` WHERE a=? AND ...` and what stands for the question marks, in their order. Must outlive the
/// reading of the statement it is bound to.
class RequestTerms
{
public:
    RequestTerms(const RequestFilter &filter, Dialect dialect);

    /// One more; \p sql has one `?` for each of \p values.
    void require(std::string_view sql,
                 std::vector<std::variant<std::int64_t, std::string>> values = {});

    [[nodiscard]] const std::string &sql() const { return m_sql; }
    void bind(Statement &statement) const;

private:
    void requireNames(const RequestFilter &filter);
    void requireOutcome(const RequestFilter &filter);
    void requireErrorText(const RequestFilter &filter, Dialect dialect);
    void requireFigures(const RequestFilter &filter);

    std::string m_sql;
    std::vector<std::variant<std::int64_t, std::string>> m_values;
};

} // namespace signalbox::runtime
