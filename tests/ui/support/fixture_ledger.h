// SPDX-License-Identifier: GPL-3.0-or-later
// A ledger in memory, for the console's tests: a thousand requests, a second apart.
#pragma once

#include "ui/ledger_source.h"

#include <QDateTime>
#include <QTimer>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <cmath>

namespace signalbox::ui {

/// Looks at route, provider and times of the filter only, and keeps the last one for the test to see.
class FixtureLedger : public LedgerSource
{
public:
    explicit FixtureLedger(SystemTime newest)
    {
        for (int i = 0; i < 1000; ++i) {
            m_records.push_back(recordOf(i, newest - Seconds(i)));
        }
    }

    Asked requests(const RequestFilter &filter, LedgerThen<RequestPage> then) override
    {
        asked = filter;
        if (!problem.isEmpty()) {
            return later<RequestPage>(Failure{problem}, std::move(then));
        }
        RequestPage page;
        std::size_t at = filter.cursor.empty() ? 0 : std::stoul(filter.cursor);
        for (; at < m_records.size(); ++at) {
            if (!holds(filter, m_records[at])) {
                continue;
            }
            if (page.requests.size() == static_cast<std::size_t>(filter.limit)) {
                page.next = std::to_string(at);
                break;
            }
            RequestRecord row = m_records[at];
            row.decision = {}; // rows come without
            row.facts = {};
            page.requests.push_back(std::move(row));
        }
        return later<RequestPage>(std::move(page), std::move(then));
    }
    Asked request(const std::string &id, LedgerThen<std::optional<RequestRecord>> then) override
    {
        const auto found = std::ranges::find(m_records, id, &RequestRecord::id);
        return later<std::optional<RequestRecord>>(found == m_records.end() ? std::nullopt
                                                                            : std::optional(*found),
                                                   std::move(then));
    }
    /// Of every request but those whose number ends in 7.
    Asked bodies(const std::string &id, LedgerThen<std::optional<RequestBodies>> then) override
    {
        askedBodies = id;
        if (!problem.isEmpty()) {
            return later<std::optional<RequestBodies>>(Failure{problem}, std::move(then));
        }
        if (id.ends_with('7')) {
            return later<std::optional<RequestBodies>>(std::optional<RequestBodies>(),
                                                       std::move(then));
        }
        RequestBodies bodies;
        bodies.id = id;
        bodies.request.text =
            R"({"model":"chat-default","messages":[{"role":"user","content":"Is [redacted] still )"
            R"(valid? 我的订单在哪里?"}],"stream":true})";
        bodies.request.bytes = 214;
        bodies.answer.text = R"({"events":41,"content":"No: that key was withdrawn on Monday.

)"
                             R"(- Make a new one
- Put it into the keychain"})";
        bodies.answer.bytes = 9'812;
        return later<std::optional<RequestBodies>>(std::optional(bodies), std::move(then));
    }
    Asked histogram(const HistogramQuery &query,
                    LedgerThen<std::vector<HistogramBucket>> then) override
    {
        if (!problem.isEmpty()) {
            return later<std::vector<HistogramBucket>>(Failure{problem}, std::move(then));
        }
        std::vector<HistogramBucket> buckets(static_cast<std::size_t>(query.buckets));
        const auto width = (*query.filter.until - *query.filter.since) / query.buckets;
        for (int i = 0; i < query.buckets; ++i) {
            buckets[static_cast<std::size_t>(i)].start = *query.filter.since + i * width;
        }
        for (const RequestRecord &record : m_records) {
            if (holds(query.filter, record) && record.arrived < *query.filter.until) {
                const auto at = static_cast<std::size_t>((record.arrived - *query.filter.since)
                                                         / width);
                HistogramBucket &bucket = buckets[std::min(at, buckets.size() - 1)];
                ++bucket.requests;
                bucket.failed += record.attempts.size() > 1 ? 1 : 0;
            }
        }
        return later<std::vector<HistogramBucket>>(std::move(buckets), std::move(then));
    }
    /// Four task classes at three targets: one seldom asked, one with failures, one of unknown price.
    Asked costMatrix(SystemTime, SystemTime, LedgerThen<std::vector<MatrixCell>> then) override
    {
        if (!problem.isEmpty()) {
            return later<std::vector<MatrixCell>>(Failure{problem}, std::move(then));
        }
        std::vector<MatrixCell> cells;
        if (spends) {
            const char *const tasks[] = {"chat", "code", "extraction", "summary"};
            const char *const targets[] = {"openai/gpt-4.1",
                                           "anthropic/claude-sonnet-4-5",
                                           "deepseek/deepseek-chat"};
            for (int task = 0; task < 4; ++task) {
                for (int target = 0; target < 3; ++target) {
                    if (task == 3 && target == 2) {
                        continue; // never asked for that
                    }
                    cells.push_back(cellOf(tasks[task], targets[target], task, target));
                }
            }
        }
        return later<std::vector<MatrixCell>>(std::move(cells), std::move(then));
    }
    /// Four models of three providers, on each day of the zone, less at its weekends; of one the price
    /// is not known.
    Asked costs(const CostQuery &query, LedgerThen<std::vector<CostRow>> then) override
    {
        askedCosts = query;
        if (!problem.isEmpty()) {
            return later<std::vector<CostRow>>(Failure{problem}, std::move(then));
        }
        std::vector<CostRow> rows;
        if (!spends) {
            return later<std::vector<CostRow>>(std::move(rows), std::move(then));
        }
        const QTimeZone zone(QByteArray::fromStdString(query.timeZone));
        const auto msOf = [](SystemTime time) {
            return std::chrono::floor<Millis>(time).time_since_epoch().count();
        };
        QDate day = QDateTime::fromMSecsSinceEpoch(msOf(*query.since), zone).date();
        for (; day.startOfDay(zone).toMSecsSinceEpoch() < msOf(*query.until);
             day = day.addDays(1)) {
            const auto start = SystemTime(Millis(day.startOfDay(zone).toMSecsSinceEpoch()));
            if (start <= m_records.front().arrived) {
                appendDay(rows, query, day, start);
            }
        }
        return later<std::vector<CostRow>>(std::move(rows), std::move(then));
    }

    CostQuery askedCosts;
    std::string askedBodies;
    bool spends = true;
    RequestFilter asked;
    QString problem;

    static MatrixCell cellOf(const char *task, const char *name, int row, int column)
    {
        MatrixCell cell;
        cell.task = task;
        cell.target = TargetId(name);
        cell.calls = row == 2 && column == 1 ? 7 : 240 * (row + 1) + 31 * column;
        cell.tooFew = cell.calls < 20;
        cell.answered = cell.calls - column * cell.calls / 50;
        cell.completionTokens = cell.answered * 180 * (row + 1);
        const double usd = (0.0011 + 0.0008 * column) * (row + 1);
        cell.cost = Money::fromNanos(std::llround(usd * 1e9) * cell.answered);
        cell.unknownPriceCalls = row == 1 && column == 2 ? 12 : 0;
        if (cell.unknownPriceCalls == 0) {
            cell.costPerAnswer = Band{usd, usd * 0.93, usd * 1.08};
        }
        cell.firstToken = Band{0.3 + 0.2 * column, 0.28, 0.9};
        cell.tokensPerSecond = Band{90.0 - 20 * column, 60, 99};
        cell.failureShare = Band{0.004 + 0.012 * column, 0.002, 0.041};
        return cell;
    }

private:
    template <typename T>
    static Asked later(LedgerAnswer<T> answer, LedgerThen<T> then)
    {
        auto takenBack = std::make_shared<std::atomic<bool>>(false);
        QTimer::singleShot(0, [takenBack, answer = std::move(answer), then = std::move(then)] {
            if (!*takenBack) {
                then(answer);
            }
        });
        return Asked(takenBack);
    }

    static std::string nameOf(CostDimension by, const char *provider, const char *model)
    {
        switch (by) {
        case CostDimension::Provider:
            return provider;
        case CostDimension::Model:
            return model;
        case CostDimension::Route:
            return std::string_view(model) == "gpt-4.1" ? "code" : "chat-default";
        case CostDimension::Client:
            return "team-a";
        case CostDimension::Task:
            return "chat";
        }
        return {};
    }

    static void appendDay(std::vector<CostRow> &rows,
                          const CostQuery &query,
                          QDate day,
                          SystemTime start)
    {
        struct Spent
        {
            const char *provider;
            const char *model;
            std::int64_t nanos;
        };
        constexpr std::array spent{Spent{"openai", "gpt-4.1", 21'300'456'789},
                                   Spent{"openai", "gpt-4.1-mini", 2'000'000'001},
                                   Spent{"anthropic", "claude-haiku-4-5", 9'870'000'333},
                                   Spent{"deepseek", "deepseek-chat", 0}};
        const std::int64_t share = day.dayOfWeek() > 5 ? 3 : 7 + (day.dayOfYear() * 5) % 4;
        for (const Spent &each : spent) {
            CostRow row;
            row.bucket = day.toString(Qt::ISODate).toStdString();
            row.start = start;
            row.name = nameOf(query.by, each.provider, each.model);
            if (query.then) {
                row.part = nameOf(*query.then, each.provider, each.model);
            }
            row.requests = 1'000 * share;
            row.promptTokens = 412'000 * share;
            row.completionTokens = 141'000 * share;
            row.cost = Money::fromNanos(each.nanos / 10 * share);
            row.unknownPriceRequests = each.nanos == 0 ? 3 : 0;
            row.wastedCost = Money::fromNanos(each.nanos / 400 * share);
            row.abandonedRequests = each.nanos == 0 ? 40 * share : 4 * share;
            row.abandonedCost = Money::fromNanos(each.nanos / 300 * share);
            row.promptCacheSaved = Money::fromNanos(each.nanos / 25 * share);
            row.responseCacheSaved = Money::fromNanos(each.nanos / 60 * share);
            row.shadowCost = Money::fromNanos(each.nanos == 0 ? 100'000'003 * share : 0);
            rows.push_back(std::move(row));
        }
    }

    static bool holds(const RequestFilter &filter, const RequestRecord &record)
    {
        return (filter.route.empty() || record.route == filter.route)
               && (filter.provider.empty() || record.target.provider() == filter.provider)
               && (!filter.since || record.arrived >= *filter.since)
               && (!filter.until || record.arrived < *filter.until);
    }

    static AttemptRecord attemptAt(const char *target, OutcomeClass outcome, std::int64_t nanos)
    {
        AttemptRecord attempt;
        attempt.target = TargetId(target);
        attempt.outcome = outcome;
        attempt.httpStatus = outcome == OutcomeClass::Success ? 200 : 503;
        attempt.total = Micros(1'180'000);
        Usage usage;
        usage.promptTokens = 412;
        usage.completionTokens = 141;
        attempt.usage = usage;
        attempt.cost.amount = Money::fromNanos(nanos);
        return attempt;
    }

    /// Every fifth had to go elsewhere.
    static RequestRecord recordOf(int i, SystemTime arrived)
    {
        RequestRecord record;
        record.id = "01KAF3G7H2" + std::to_string(10'000 + i);
        record.arrived = arrived;
        record.modelAsked = record.route = i % 2 == 0 ? "chat-default" : "code";
        record.rule = "chinese";
        record.status = 200;
        record.target = TargetId("anthropic/claude-sonnet-4-5");
        record.decision.route = record.route;
        record.decision.rule = record.rule;
        record.decision.strategy = Strategy::Weighted;
        record.decision.draw = 0.87;
        record.decision.trials = {{"long prompts", false, "prompt_tokens"}, {"chinese", true, ""}};
        const std::array targets{"openai/gpt-4.1",
                                 "deepseek/deepseek-chat",
                                 "anthropic/claude-sonnet-4-5"};
        for (const char *target : targets) {
            Candidate candidate;
            candidate.target = TargetId(target);
            candidate.weight = 30;
            record.decision.candidates.push_back(std::move(candidate));
        }
        record.decision.candidates.front().veto = Veto::BreakerOpen;
        if (i % 5 == 0) {
            record.attempts.push_back(
                attemptAt("deepseek/deepseek-chat", OutcomeClass::Overloaded, 900'000));
            record.attempts.back().reason = "The service is too busy. Try again later.";
            record.attempts.back().counted = true;
        }
        record.attempts.push_back(
            attemptAt("anthropic/claude-sonnet-4-5", OutcomeClass::Success, 3'351'000));
        AttemptRecord &last = record.attempts.back();
        last.firstToken = Micros(310'000);
        if (record.attempts.size() > 1) {
            last.startedAfter = Micros(1'320'000);
            last.backoffBefore = Micros(140'000);
        }
        record.usage = *last.usage;
        record.firstToken = last.startedAfter + *last.firstToken;
        record.total = last.startedAfter + last.total;
        Money sum;
        for (const AttemptRecord &attempt : record.attempts) {
            sum += *attempt.cost.amount;
        }
        record.cost.amount = sum;
        return record;
    }

    std::vector<RequestRecord> m_records;
};

} // namespace signalbox::ui
