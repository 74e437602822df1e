// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/request_terms.h"

#include "core/runtime/ledger/sql_dialect.h"

namespace signalbox::runtime {
namespace {

/// For LIKE with `\` as its escape.
std::string anywhere(std::string_view words)
{
    std::string pattern = "%";
    for (const char c : words) {
        if (c == '%' || c == '_' || c == '\\') {
            pattern += '\\';
        }
        pattern += c;
    }
    return pattern + '%';
}

/// Just above all texts that begin with \p prefix: the last code point there is follows it.
std::string above(const std::string &prefix)
{
    return prefix + "\xF4\x8F\xBF\xBF";
}

} // namespace

// Terms that a partial index repeats word by word let SQLite use it, hence the literals.
RequestTerms::RequestTerms(const RequestFilter &filter, Dialect dialect)
{
    if (filter.since) {
        require("arrived_us>=?", {filter.since->time_since_epoch().count()});
    }
    if (filter.until) {
        require("arrived_us<?", {filter.until->time_since_epoch().count()});
    }
    requireNames(filter);
    requireOutcome(filter);
    requireErrorText(filter, dialect);
    requireFigures(filter);
}

void RequestTerms::require(std::string_view sql,
                           std::vector<std::variant<std::int64_t, std::string>> values)
{
    m_sql.append(m_sql.empty() ? " WHERE " : " AND ").append(sql);
    m_values.insert(m_values.end(),
                    std::make_move_iterator(values.begin()),
                    std::make_move_iterator(values.end()));
}

void RequestTerms::bind(Statement &statement) const
{
    for (const auto &value : m_values) {
        if (const auto *number = std::get_if<std::int64_t>(&value)) {
            statement.add(*number);
        } else {
            statement.add(std::string_view(std::get<std::string>(value)));
        }
    }
}

void RequestTerms::requireNames(const RequestFilter &filter)
{
    const auto equal = [this](const std::string &name, const char *sql) {
        if (!name.empty()) {
            require(sql, {name});
        }
    };
    equal(filter.route, "route=?");
    equal(filter.rule, "rule=? AND rule <> ''");
    equal(filter.target, "last_target=?");
    equal(filter.provider, "last_provider=?");
    equal(filter.client, "client=?");
    equal(filter.cache, "cache=?");
    if (!filter.cache.empty() && filter.cache != "off" && filter.cache != "miss") {
        require("cache <> 'off' AND cache <> 'miss'");
    }
    if (!filter.id.empty()) {
        require("id>=? AND id<?", {filter.id, above(filter.id)});
    }
}

void RequestTerms::requireOutcome(const RequestFilter &filter)
{
    if (filter.status) {
        require("status=?", {std::int64_t(*filter.status)});
    }
    if (filter.status && *filter.status != 200) {
        require("status <> 200");
    }
    if (filter.statusClass) {
        const std::int64_t first = std::int64_t(*filter.statusClass) * 100;
        require("status>=? AND status<?", {first, first + 100});
    }
    if (filter.outcome) {
        require("outcome=?", {std::string(toString(*filter.outcome))});
    }
    if (filter.outcome.value_or(OutcomeClass::Success) != OutcomeClass::Success) {
        require("outcome <> 'success'");
    }
    // Every status but 200 has an error text, so that all these are read in the index of trouble.
    if (filter.failedOnly || !filter.errorText.empty() || filter.statusClass.value_or(2) > 2) {
        require("error_text <> ''");
    }
    if (filter.failedOnly) {
        require("error_code <> ''");
    }
}

void RequestTerms::requireErrorText(const RequestFilter &filter, Dialect dialect)
{
    if (!filter.errorText.empty()) {
        const std::string like(likeSql(dialect));
        require("error_text" + like + "? ESCAPE '\\'", {anywhere(filter.errorText)});
    }
}

void RequestTerms::requireFigures(const RequestFilter &filter)
{
    if (filter.latency.least) {
        require("total_us>=?", {filter.latency.least->count()});
    }
    if (filter.latency.most) {
        require("total_us<=?", {filter.latency.most->count()});
    }
    if (filter.cost.least) {
        require("cost_nanos>=?", {filter.cost.least->nanos()});
    }
    if (filter.cost.most) {
        require("cost_nanos<=?", {filter.cost.most->nanos()});
    }
    if (filter.unknownCostOnly) {
        require("cost_nanos IS NULL");
    }
    if (filter.tokens.least) {
        require("prompt_tokens+completion_tokens>=?", {*filter.tokens.least});
    }
    if (filter.tokens.most) {
        require("prompt_tokens+completion_tokens<=?", {*filter.tokens.most});
    }
}

} // namespace signalbox::runtime
