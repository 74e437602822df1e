// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/ledger/questions.h"

#include "tests/bench/ledger/traffic.h"

namespace signalbox::bench {
namespace {

using namespace runtime;

constexpr double kFirstPage = 50;
constexpr double kFiltered = 200;
constexpr double kErrorText = 500;
constexpr double kJump = 100;
constexpr double kDayCosts = 20;

Question page(std::string name, double mostMs, std::function<RequestFilter(int)> filter)
{
    return {std::move(name),
            mostMs,
            [filter = std::move(filter)](LedgerReader &reader,
                                         int round) -> std::optional<std::size_t> {
                const auto page = reader.requests(filter(round));
                return page ? std::optional(page->requests.size()) : std::nullopt;
            }};
}

/// Each round at another place of the past, as a page far down is.
Question filtered(std::string name, SystemTime end, std::function<void(RequestFilter &)> ask)
{
    return page(std::move(name), kFiltered, [end, ask = std::move(ask)](int round) {
        RequestFilter filter;
        filter.until = end - std::chrono::days((round * 7) % kDays);
        ask(filter);
        return filter;
    });
}

} // namespace

std::vector<Question> questions(SystemTime end)
{
    std::vector<Question> all;
    all.push_back(page("first page", kFirstPage, [](int) { return RequestFilter{}; }));
    all.push_back(page("jump to a time", kJump, [end](int round) {
        RequestFilter filter;
        filter.until = end - std::chrono::hours(round * 37);
        return filter;
    }));
    const auto add = [&](std::string name, std::function<void(RequestFilter &)> ask) {
        all.push_back(filtered(std::move(name), end, std::move(ask)));
    };
    add("route", [](auto &f) { f.route = "support"; });
    add("rule", [](auto &f) { f.rule = "chinese"; });
    add("target", [](auto &f) { f.target = "mistral/mistral-large"; });
    add("provider", [](auto &f) { f.provider = "mistral"; });
    add("client", [](auto &f) { f.client = "client-7"; });
    add("status 200", [](auto &f) { f.status = 200; });
    add("status 503", [](auto &f) { f.status = 503; });
    add("outcome", [](auto &f) { f.outcome = OutcomeClass::Overloaded; });
    add("failed", [](auto &f) { f.failedOnly = true; });
    add("cache", [](auto &f) { f.cache = "off"; });
    add("cache, none such", [](auto &f) { f.cache = "exact"; });
    add("nothing of that name", [](auto &f) { f.client = "nobody"; });
    all.push_back(page("error text, a day", kErrorText, [end](int round) {
        RequestFilter filter;
        filter.until = end - std::chrono::days(round);
        filter.since = *filter.until - std::chrono::days(1);
        filter.errorText = "no such words";
        return filter;
    }));
    all.push_back({"day costs, 90 days", kDayCosts, [end](LedgerReader &reader, int) {
                       CostQuery query;
                       query.timeZone = "Europe/Berlin";
                       query.since = std::chrono::floor<std::chrono::days>(end)
                                     - std::chrono::days(kDays);
                       const auto rows = reader.costs(query);
                       return rows ? std::optional(rows->size()) : std::nullopt;
                   }});
    all.push_back({"histogram, an hour", kFiltered, [end](LedgerReader &reader, int round) {
                       HistogramQuery query;
                       query.filter.until = end - std::chrono::hours(round * 5);
                       query.filter.since = *query.filter.until - std::chrono::hours(1);
                       const auto buckets = reader.histogram(query);
                       return buckets ? std::optional(buckets->size()) : std::nullopt;
                   }});
    return all;
}

} // namespace signalbox::bench
