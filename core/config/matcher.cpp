// SPDX-License-Identifier: Apache-2.0
#include "core/config/matcher.h"

#include "core/base/text.h"
#include "core/config/notation.h"
#include "core/domain/task.h"

#include <array>
#include <cmath>
#include <utility>

namespace signalbox::config {
namespace {

/// A term and where its faults go.
struct Check
{
    const Term &term;
    Report &report;

    void fault(const toml::node &at, const std::string &message) const
    {
        report.fault(positionOf(at), quoted(term.label) + ' ' + message);
    }
};

constexpr const char *kNumberForms = R"(must be a number, a comparison such as "> 0.4", a range )"
                                     R"(such as "8..18" or a list of numbers)";

bool inBounds(const Check &check, double value)
{
    return std::isfinite(value) && value >= 0 && value <= check.term.spec.max;
}

void refuseBounds(const Check &check, const toml::node &at)
{
    const auto max = static_cast<std::int64_t>(check.term.spec.max);
    check.fault(at, "is compared with numbers from 0 to " + std::to_string(max) + " only");
}

std::optional<Comparison> parseComparison(std::string_view text)
{
    using enum Comparison::Operator;
    constexpr std::array<std::pair<std::string_view, Comparison::Operator>, 4> kOperators = {{
        {"<=", LessEqual},
        {">=", GreaterEqual},
        {"<", Less},
        {">", Greater},
    }};
    for (const auto &[sign, op] : kOperators) {
        if (text.starts_with(sign)) {
            const auto bound = parseDecimal(trimmed(text.substr(sign.size())));
            return bound ? std::optional(Comparison{op, *bound}) : std::nullopt;
        }
    }
    return std::nullopt;
}

std::optional<Range> parseRange(std::string_view text)
{
    const auto dots = text.find("..");
    if (dots == std::string_view::npos) {
        return std::nullopt;
    }
    const auto from = parseDecimal(trimmed(text.substr(0, dots)));
    const auto to = parseDecimal(trimmed(text.substr(dots + 2)));
    return from && to ? std::optional(Range{*from, *to}) : std::nullopt;
}

std::optional<Matcher> checkRange(const Check &check, Range range)
{
    const bool mayWrap = check.term.spec.fact == Fact::Hour;
    if (!inBounds(check, range.from) || !inBounds(check, range.to)) {
        refuseBounds(check, *check.term.node);
    } else if (range.from == range.to || (range.from > range.to && !mayWrap)) {
        check.fault(*check.term.node, "has an empty range: from must be less than to");
    } else {
        return range;
    }
    return std::nullopt;
}

std::optional<Matcher> readNumberText(const Check &check, std::string_view text)
{
    if (const auto comparison = parseComparison(text)) {
        if (inBounds(check, comparison->bound)) {
            return *comparison;
        }
        refuseBounds(check, *check.term.node);
        return std::nullopt;
    }
    if (const auto range = parseRange(text)) {
        return checkRange(check, *range);
    }
    check.fault(*check.term.node, std::string(kNumberForms) + ", found " + quoted(text));
    return std::nullopt;
}

/// A plain value of the fact's type; nothing, unreported, when it has another.
std::optional<Literal> literalOf(const Check &check, const toml::node &node)
{
    if (check.term.spec.type == FactType::Boolean && node.is_boolean()) {
        return Literal(node.as_boolean()->get());
    }
    const auto number = numberOf(node);
    if (check.term.spec.type == FactType::Number && number) {
        return Literal(*number);
    }
    if (check.term.spec.type == FactType::Words && node.is_string()) {
        return Literal(node.as_string()->get());
    }
    return std::nullopt;
}

void refuseType(const Check &check, const toml::node &found)
{
    const char *expected = check.term.spec.type == FactType::Boolean ? "must be true or false"
                           : check.term.spec.type == FactType::Number
                               ? kNumberForms
                               : "must be a string or a list of strings";
    check.fault(found, std::string(expected) + ", found " + std::string(typeName(found)));
}

/// Whether \p word is a value that the fact can have; if not it is reported.
bool isKnownWord(const Check &check, const toml::node &at, const std::string &word)
{
    if (check.term.spec.fact == Fact::Task && !taskFromString(word)) {
        std::vector<std::string> names;
        for (const Task task : kTasks) {
            names.emplace_back(toString(task));
        }
        check.fault(at,
                    "must be " + joined(names) + ", found " + quoted(word)
                        + didYouMean(word, names));
        return false;
    }
    if (check.term.spec.fact == Fact::Language && !isLanguageCode(word)) {
        check.fault(at,
                    R"(must be an ISO 639-1 code of two lower-case letters such as "zh", or "und" )"
                    "for what cannot be told, found "
                        + quoted(word));
        return false;
    }
    return true;
}

/// A literal that fits, or its fault.
std::optional<Literal> readLiteral(const Check &check, const toml::node &node)
{
    auto literal = literalOf(check, node);
    if (!literal) {
        refuseType(check, node);
        return std::nullopt;
    }
    const double *number = std::get_if<double>(&*literal);
    if (number != nullptr && !inBounds(check, *number)) {
        refuseBounds(check, node);
        return std::nullopt;
    }
    const std::string *word = std::get_if<std::string>(&*literal);
    if (word != nullptr && !isKnownWord(check, node, *word)) {
        return std::nullopt;
    }
    return literal;
}

std::optional<Matcher> readList(const Check &check, const toml::array &list)
{
    if (list.empty()) {
        check.fault(*check.term.node, "must not be an empty list");
        return std::nullopt;
    }
    std::vector<Literal> anyOf;
    for (const toml::node &element : list) {
        if (auto literal = readLiteral(check, element)) {
            anyOf.push_back(std::move(*literal));
        }
    }
    return anyOf.size() == list.size() ? std::optional<Matcher>(std::move(anyOf)) : std::nullopt;
}

} // namespace

std::optional<Matcher> readMatcher(const Term &term, Report &report)
{
    const Check check{term, report};
    const toml::array *list = term.node->as_array();
    if (list != nullptr && term.spec.type != FactType::Boolean) {
        return readList(check, *list);
    }
    if (term.spec.type == FactType::Number && term.node->is_string()) {
        return readNumberText(check, trimmed(term.node->as_string()->get()));
    }
    auto literal = readLiteral(check, *term.node);
    return literal ? std::optional<Matcher>(std::move(*literal)) : std::nullopt;
}

} // namespace signalbox::config
