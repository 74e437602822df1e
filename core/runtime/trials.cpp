// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/trials.h"

#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/replace_file.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

namespace signalbox::runtime {

namespace {

/// A thousand times what fifty trials need.
constexpr std::uintmax_t kFileBytesMax = 8U << 20U;

Json toJson(double share)
{
    return share;
}

Json toJson(Micros time)
{
    return static_cast<double>(time.count()) / 1000;
}

Json toJson(Money money)
{
    return moneyJson(money);
}

template <typename T>
Json toJson(const std::optional<Expected<T>> &band)
{
    return band ? Json{{"value", toJson(band->value)},
                       {"low", toJson(band->low)},
                       {"high", toJson(band->high)}}
                : Json();
}

std::optional<double> numberIn(const JsonFields &fields, const char *name, double /*as*/)
{
    return fields.optionalNumber(name);
}

std::optional<Micros> numberIn(const JsonFields &fields, const char *name, Micros /*as*/)
{
    return fields.optionalMillis(name);
}

std::optional<Money> numberIn(const JsonFields &fields, const char *name, Money /*as*/)
{
    return fields.money(name);
}

/// Nothing unless low <= value <= high, none of them below 0.
template <typename T>
std::optional<Expected<T>> bandIn(const JsonFields &fields, const char *name)
{
    const Json *band = fields.find(name);
    if (band == nullptr || !band->is_object()) {
        return std::nullopt;
    }
    const JsonFields parts(*band);
    const auto value = numberIn(parts, "value", T());
    const auto low = numberIn(parts, "low", T());
    const auto high = numberIn(parts, "high", T());
    if (!value || !low || !high || *low < T() || *low > *value || *value > *high) {
        return std::nullopt;
    }
    return Expected<T>{*value, *low, *high};
}

std::string percent(double share)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f %%", share * 100);
    return text.data();
}

std::string shareText(const EffectFigures &figures)
{
    const double share = figures.requests == 0 ? 0
                                               : static_cast<double>(figures.failed)
                                                     / static_cast<double>(figures.requests);
    return percent(share) + " of " + std::to_string(figures.requests);
}

std::string millisText(Micros time)
{
    return std::to_string(time.count() / 1000) + " ms";
}

std::string millisText(const std::optional<Micros> &time)
{
    return time ? millisText(*time) : "unknown";
}

std::string moneyText(const std::optional<Money> &money)
{
    return money ? "$" + money->toDecimal() : "unknown";
}

std::string worseReason(const TrialView &trial)
{
    const ExpectedEffect expected = trial.expected.value_or(ExpectedEffect());
    if (trial.end == TrialEnd::MoreFailures && expected.failureShare) {
        return shareText(trial.onTrial) + " requests failed, at most "
               + percent(expected.failureShare->high) + " were expected; of the others "
               + shareText(trial.others);
    }
    if (trial.end == TrialEnd::Slower && expected.p95) {
        return "p95 is " + millisText(trial.onTrial.p95) + ", at most "
               + millisText(expected.p95->high) + " was expected; that of the others is "
               + millisText(trial.others.p95);
    }
    if (trial.end == TrialEnd::Dearer && expected.costPerRequest) {
        return "a request costs " + moneyText(trial.onTrial.costPerRequest) + ", at most "
               + moneyText(expected.costPerRequest->high) + " was expected; one of the others "
               + moneyText(trial.others.costPerRequest);
    }
    return {};
}

} // namespace

Json toJson(const ExpectedEffect &expected)
{
    return {{"failure_share", toJson(expected.failureShare)},
            {"p95_ms", toJson(expected.p95)},
            {"cost_usd_per_request", toJson(expected.costPerRequest)}};
}

std::optional<ExpectedEffect> expectedFromJson(const Json &json)
{
    const JsonFields fields(json);
    ExpectedEffect expected;
    expected.failureShare = bandIn<double>(fields, "failure_share");
    expected.p95 = bandIn<Micros>(fields, "p95_ms");
    expected.costPerRequest = bandIn<Money>(fields, "cost_usd_per_request");
    return expected == ExpectedEffect() ? std::nullopt : std::optional(expected);
}

Json toJson(const EffectFigures &figures)
{
    return {{"requests", figures.requests},
            {"failed", figures.failed},
            {"p95_ms", figures.p95 ? toJson(*figures.p95) : Json()},
            {"cost_usd_per_request", moneyJson(figures.costPerRequest)},
            {"unknown_price_requests", figures.unknownPrice}};
}

EffectFigures figuresFromJson(const Json &json)
{
    const JsonFields fields(json);
    return {fields.integer("requests"),
            fields.integer("failed"),
            fields.optionalMillis("p95_ms"),
            fields.money("cost_usd_per_request"),
            fields.integer("unknown_price_requests")};
}

Json toJson(const TrialView &trial)
{
    return {{"number", trial.number},
            {"revision", trial.revision},
            {"base", trial.base},
            {"routes", trial.routes},
            {"share", trial.terms.share},
            {"watch_s", static_cast<double>(trial.terms.period.count()) / 1000},
            {"foretold", trial.terms.expected ? toJson(*trial.terms.expected) : Json()},
            {"began", toIsoMicros(trial.began)},
            {"until", toIsoMicros(trial.until)},
            {"operator", trial.who},
            {"reason", trial.why},
            {"expected", trial.expected ? toJson(*trial.expected) : Json()},
            {"measured", trial.measured},
            {"on_trial", toJson(trial.onTrial)},
            {"others", toJson(trial.others)},
            {"doubt",
             {{"failures", trial.doubt.failures},
              {"time", trial.doubt.time},
              {"cost", trial.doubt.cost}}},
            {"end", trial.end ? Json(toString(*trial.end)) : Json()},
            {"ended", trial.ended ? Json(toIsoMicros(*trial.ended)) : Json()},
            {"ended_by", orNull(trial.endedBy)},
            {"why_ended", orNull(trial.end ? reasonOf(trial) : std::string())},
            {"problem", orNull(trial.problem)},
            {"applied", trial.applied == 0 ? Json() : Json(trial.applied)}};
}

std::optional<TrialView> trialFromJson(const Json &json)
{
    const JsonFields fields(json);
    const auto began = fromIso8601(fields.text("began"));
    const auto until = fromIso8601(fields.text("until"));
    if (!began || !until || fields.integer("number") < 1) {
        return std::nullopt;
    }
    const Json empty = Json::object();
    const auto member = [&](const char *name) -> const Json & {
        const Json *found = fields.find(name);
        return found == nullptr ? empty : *found;
    };
    const JsonFields doubt(member("doubt"));
    TrialView trial;
    trial.number = fields.integer("number");
    trial.revision = fields.text("revision");
    trial.base = fields.text("base");
    trial.routes = fields.texts("routes");
    trial.terms.share = fields.number("share");
    trial.terms.period = Millis(static_cast<std::int64_t>(fields.number("watch_s") * 1000));
    trial.terms.expected = expectedFromJson(member("foretold"));
    trial.began = *began;
    trial.until = *until;
    trial.who = fields.text("operator");
    trial.why = fields.text("reason");
    trial.expected = expectedFromJson(member("expected"));
    trial.measured = fields.flag("measured");
    trial.onTrial = figuresFromJson(member("on_trial"));
    trial.others = figuresFromJson(member("others"));
    trial.doubt = {doubt.number("failures"), doubt.number("time"), doubt.number("cost")};
    trial.end = trialEndFromString(fields.text("end"));
    trial.ended = fromIso8601(fields.text("ended"));
    trial.endedBy = fields.text("ended_by");
    trial.problem = fields.text("problem");
    trial.applied = fields.integer("applied");
    return trial;
}

std::string reasonOf(const TrialView &trial)
{
    if (!trial.end) {
        return {};
    }
    switch (*trial.end) {
    case TrialEnd::MoreFailures:
    case TrialEnd::Slower:
    case TrialEnd::Dearer:
        return worseReason(trial);
    case TrialEnd::TooFewRequests:
        return "only " + std::to_string(trial.onTrial.requests) + " requests were seen of it, and "
               + std::to_string(trial.others.requests) + " of the others";
    case TrialEnd::Restarted:
        return "the gateway stopped meanwhile, and the former configuration is in force";
    case TrialEnd::Superseded:
        return "another configuration came into force";
    case TrialEnd::NotApplied:
        return trial.problem;
    case TrialEnd::Passed:
    case TrialEnd::TakenOver:
    case TrialEnd::RolledBack:
        return shareText(trial.onTrial) + " requests failed, of the others "
               + shareText(trial.others);
    }
    return {};
}

TrialBook::TrialBook(std::string file)
    : m_file(std::move(file))
{
    std::ifstream in(m_file, std::ios::binary | std::ios::ate);
    if (!in || static_cast<std::uintmax_t>(in.tellg()) > kFileBytesMax) {
        return;
    }
    in.seekg(0);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto json = parseJson(text);
    if (!json || !json->is_array()) {
        return;
    }
    for (const Json &item : *json) {
        auto trial = trialFromJson(item);
        const bool follows = m_all.empty() || (trial && trial->number > m_all.back().number);
        if (trial && follows && m_all.size() < kKept) {
            m_all.push_back(*std::move(trial));
        }
    }
}

std::int64_t TrialBook::add(TrialView trial)
{
    trial.number = m_all.empty() ? 1 : m_all.back().number + 1;
    if (m_all.size() >= kKept) {
        m_all.pop_front();
    }
    return m_all.emplace_back(std::move(trial)).number;
}

void TrialBook::replace(const TrialView &trial)
{
    const auto found = std::ranges::find(m_all, trial.number, &TrialView::number);
    if (found != m_all.end()) {
        *found = trial;
    }
}

Status<std::string> TrialBook::save() const
{
    if (m_file.empty()) {
        return Nothing{};
    }
    Json all = Json::array();
    for (const TrialView &trial : m_all) {
        all.push_back(toJson(trial));
    }
    return replaceFile(m_file, toText(all) + "\n");
}

} // namespace signalbox::runtime
