// SPDX-License-Identifier: Apache-2.0
#include "core/config/condition.h"

#include "core/base/text.h"
#include "core/config/matcher.h"
#include "core/config/notation.h"

#include <algorithm>
#include <array>
#include <utility>

namespace signalbox::config {
namespace {

constexpr std::array kFacts = {
    FactSpec{Fact::CjkShare, FactType::Number, 1},
    FactSpec{Fact::Language},
    FactSpec{Fact::Task},
    FactSpec{Fact::PromptTokens, FactType::Number},
    FactSpec{Fact::MaxOutputTokens, FactType::Number},
    FactSpec{Fact::HasTools, FactType::Boolean},
    FactSpec{Fact::HasImages, FactType::Boolean},
    FactSpec{Fact::WantsJson, FactType::Boolean},
    FactSpec{Fact::WantsReasoning, FactType::Boolean},
    FactSpec{Fact::Stream, FactType::Boolean},
    FactSpec{Fact::Client},
    FactSpec{Fact::Hour, FactType::Number, 24},
    FactSpec{Fact::BudgetLeft, FactType::Number, 1},
    FactSpec{Fact::Header},
    FactSpec{Fact::Metadata},
};

bool isKeyed(Fact fact)
{
    return fact == Fact::Header || fact == Fact::Metadata;
}

void refuseFact(const std::string &name, Position at, Report &report)
{
    std::vector<std::string> known;
    for (const FactSpec &spec : kFacts) {
        known.emplace_back(toString(spec.fact));
    }
    report.fault(at, "there is no fact " + quoted(name) + didYouMean(name, known));
}

/// Headers whose values are secrets: what a rule asks for is recorded with the request.
bool isSecretHeader(const std::string &name)
{
    static const std::array<std::string_view, 5> secret = {"authorization",
                                                           "x-api-key",
                                                           "cookie",
                                                           "proxy-authorization",
                                                           "api-key"};
    return std::ranges::find(secret, toLowerAscii(name)) != secret.end();
}

/// Checks the key of a header or of metadata; a header's becomes lower case.
std::optional<std::string> readKey(Fact fact, const std::string &key, Position at, Report &report)
{
    if (key.empty()) {
        const std::string name(toString(fact));
        report.fault(at, quoted(name) + " needs a name after it: " + quoted(name + ".NAME"));
        return std::nullopt;
    }
    if (fact == Fact::Header && !isHeaderName(key)) {
        report.fault(at, quoted(key) + " cannot be the name of a header");
        return std::nullopt;
    }
    if (fact == Fact::Header && isSecretHeader(key)) {
        report.fault(at,
                     quoted(key)
                         + " carries a secret, and what a rule asks for is recorded; use the "
                           "fact `client`");
        return std::nullopt;
    }
    return fact == Fact::Header ? toLowerAscii(key) : key;
}

/// `header.x-team` written with quotes is one key, without them a table in a table.
struct Written
{
    std::string fact;
    std::string key;
};

Written splitKey(const std::string &text)
{
    const auto dot = std::min(text.find('.'), text.size());
    return {text.substr(0, dot), dot < text.size() ? text.substr(dot + 1) : ""};
}

void readEntry(const Written &written,
               const TableReader::Entry &entry,
               Report &report,
               std::vector<Condition> &out)
{
    const auto *const spec = std::ranges::find_if(kFacts, [&written](const FactSpec &each) {
        return toString(each.fact) == written.fact;
    });
    if (spec == kFacts.end() || (!isKeyed(spec->fact) && !written.key.empty())) {
        refuseFact(written.fact, entry.at, report);
        return;
    }
    const auto key = isKeyed(spec->fact) ? readKey(spec->fact, written.key, entry.at, report)
                                         : std::optional<std::string>("");
    if (!key) {
        return;
    }
    const std::string label = key->empty() ? written.fact : written.fact + '.' + written.key;
    if (auto matcher = readMatcher({*spec, label, *key, entry.node}, report)) {
        out.push_back({spec->fact, *key, std::move(*matcher)});
    }
}

} // namespace

std::vector<Condition> readWhen(TableReader &rule)
{
    std::vector<Condition> conditions;
    const auto when = rule.require("when") ? rule.table("when") : std::nullopt;
    if (!when) {
        return conditions;
    }
    const auto entries = when->entries();
    if (entries.empty()) {
        rule.report().fault(when->position(), "`when` must have at least one condition");
    }
    for (const TableReader::Entry &entry : entries) {
        const auto fact = factFromString(entry.key);
        const toml::table *inner = entry.node->as_table();
        if (!fact || !isKeyed(*fact) || inner == nullptr) {
            readEntry(splitKey(entry.key), entry, rule.report(), conditions);
            continue;
        }
        for (const auto &nested : TableReader(*inner, "", rule.report()).entries()) {
            readEntry({entry.key, nested.key}, nested, rule.report(), conditions);
        }
    }
    return conditions;
}

} // namespace signalbox::config
