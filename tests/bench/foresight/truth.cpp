// SPDX-License-Identifier: Apache-2.0
// Weeks with days and nights, drift, two outages and a price that changes on Thursday are lived
// through the real gateway. A change is projected from the record of such a week; then the same week
// is lived again with the change, and the two are compared. What a request meets at a target is the
// same in both lives, as long as it goes there.
#include "tests/bench/foresight/bench.h"
#include "tests/support/dummy_secrets.h"
#include "tests/support/pretend_week.h"

#include "core/replay/effects.h"
#include "core/replay/foresee.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace signalbox::tests {
namespace {

using namespace replay;

constexpr Micros kHour = std::chrono::hours(1);
constexpr int kChangesPerWeek = 10;

WorldWeek weekOf(int number, int seed)
{
    WorldWeek week;
    week.seed = static_cast<std::uint64_t>(seed) * 1'000'000
                + static_cast<std::uint64_t>(number) * 1000 + 5;
    week.requestsPerDay = 3000;
    week.driftPerDay = 0.04;
    week.outages = {{"a/m", kHour * 34, kHour * 34 + std::chrono::minutes(50)},
                    {"b/m", kHour * 111, kHour * 112 + std::chrono::minutes(20)}};
    return week;
}

/// From Thursday on b costs a quarter less.
std::shared_ptr<const Configuration> priced(const std::string &toml)
{
    auto configuration = std::make_shared<Configuration>(*configurationOf(toml));
    for (ProviderSettings &provider : configuration->providers) {
        if (provider.id == "b") {
            PriceHistory &history = provider.models[0].price;
            PriceTable cheaper = history.prices[0].table;
            const auto less = [](TokenPrice price) {
                return TokenPrice::fromPicosPerToken(price.picosPerToken() * 3 / 4);
            };
            for (PriceRow &row : cheaper.rows) {
                row.input = less(row.input);
                row.output = less(row.output);
                row.cachedInput = less(row.cachedInput);
                row.cacheWrite = less(row.cacheWrite);
            }
            history.prices.push_back({kWorldBegins + kHour * 72, cheaper});
        }
    }
    return configuration;
}

std::string ruleText(Random &random)
{
    const std::array tasks = {"code", "translation", "chat"};
    const std::array targets = {"a/m", "b/m", "c/m"};
    return std::string("[[route.rule]]\nname = \"one\"\nwhen = { task = \"")
           + tasks[random.below(tasks.size())]
           + "\" }\nstrategy = \"priority\"\ntargets = [{ target = \""
           + targets[random.below(targets.size())] + "\" }]\n";
}

std::string changed(Random &random)
{
    const int a = 5 + static_cast<int>(random.below(80));
    const int b = 5 + static_cast<int>(random.below(static_cast<std::uint64_t>(90 - a)));
    return worldToml(a, b, 100 - a - b, random.below(3) == 0 ? ruleText(random) : std::string());
}

std::shared_ptr<const Traffic> trafficOf(
    const std::vector<std::shared_ptr<const RequestRecord>> &records, const Configuration &inForce)
{
    auto traffic = std::make_shared<Traffic>(inForce);
    for (const auto &record : records) {
        traffic->add(*record);
    }
    traffic->close();
    return traffic;
}

/// What became of the week: told by its records alone, not by a replay.
struct Truth
{
    double costUsd = 0;
    double p95 = 0;
    double firstTokenP95 = 0;
    double failedShare = 0;
    std::map<std::string, double> shares;
};

Truth truthOf(const std::vector<std::shared_ptr<const RequestRecord>> &records)
{
    Truth truth;
    std::vector<std::int64_t> totals;
    std::vector<std::int64_t> firstTokens;
    const double one = 1.0 / static_cast<double>(records.size());
    for (const auto &record : records) {
        truth.costUsd += static_cast<double>(record->cost.amount->nanos()) * 1e-9;
        if (record->outcome != OutcomeClass::Success) {
            truth.failedShare += one;
            continue;
        }
        truth.shares[record->target.name()] += one;
        totals.push_back(record->total.count());
        if (record->firstToken) {
            firstTokens.push_back(record->firstToken->count());
        }
    }
    truth.p95 = static_cast<double>(quantile(totals, 0.95)->count()) * 1e-6;
    truth.firstTokenP95 = static_cast<double>(quantile(firstTokens, 0.95)->count()) * 1e-6;
    return truth;
}

struct Errors
{
    std::vector<double> cost;
    std::vector<double> p95;
    std::vector<double> firstToken;
    std::vector<double> share;
    int inBand = 0;
    int bands = 0;
};

double off(double projected, double truth)
{
    return std::abs(projected - truth) / truth;
}

double at(std::vector<double> values, double share)
{
    std::ranges::sort(values);
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
}

void compare(const Foresight &foresight, const Truth &truth, int number, Errors &errors)
{
    const Effect &after = foresight.all.after;
    const double cost = static_cast<double>(after.cost.nanos()) * 1e-9;
    const double p95 = static_cast<double>(after.total.p95->count()) * 1e-6;
    const double first = static_cast<double>(after.firstToken.p95->count()) * 1e-6;
    double share = 0;
    for (const EffectRow &row : foresight.targets) {
        const double projected = static_cast<double>(row.after.answered)
                                 / static_cast<double>(after.requests);
        const auto real = truth.shares.find(row.name);
        share = std::max(share,
                         std::abs(projected - (real == truth.shares.end() ? 0 : real->second)));
    }
    errors.cost.push_back(off(cost, truth.costUsd));
    errors.p95.push_back(off(p95, truth.p95));
    errors.firstToken.push_back(off(first, truth.firstTokenP95));
    errors.share.push_back(share);
    const EffectBands &bands = *foresight.all.bands;
    const auto holds = [&errors](const std::optional<EffectBand> &band, double value) {
        ++errors.bands;
        const bool in = band && band->low <= value && value <= band->high;
        errors.inBand += in ? 1 : 0;
        return in ? ' ' : '!';
    };
    std::printf("%3d  cost %8.4f (%8.4f) %5.2f %% [%8.4f %8.4f]%c  p95 %6.3f (%6.3f) %5.2f %% "
                "[%6.3f %6.3f]%c  ttft %5.2f %%%c  share %.2f pt\n",
                number,
                cost,
                truth.costUsd,
                100 * errors.cost.back(),
                bands.costUsd.low,
                bands.costUsd.high,
                holds(bands.costUsd, truth.costUsd),
                p95,
                truth.p95,
                100 * errors.p95.back(),
                bands.p95Seconds->low,
                bands.p95Seconds->high,
                holds(bands.p95Seconds, truth.p95),
                100 * errors.firstToken.back(),
                holds(bands.firstTokenP95Seconds, truth.firstTokenP95),
                100 * share);
    std::fflush(stdout);
}

int judge(const char *what, double value, double most)
{
    std::printf("%-28s %6.2f %%  (at most %.0f %%)%s\n",
                what,
                100 * value,
                100 * most,
                value <= most ? "" : "  MISSED");
    return value <= most ? 0 : 1;
}

} // namespace

int measureTruth(int changes, int seed)
{
    Random random(20'261'123 + static_cast<std::uint64_t>(seed));
    Errors errors;
    std::unique_ptr<Foreseer> foreseer;
    std::vector<WorldRequest> requests;
    WorldWeek week;
    for (int i = 0; i < changes; ++i) {
        if (i % kChangesPerWeek == 0) {
            week = weekOf(1 + i / kChangesPerWeek, seed);
            requests = requestsOf(week);
            const auto before = priced(worldToml(60, 25, 15));
            foreseer =
                std::make_unique<Foreseer>(trafficOf(live(before, requests, natureOf(week), 1),
                                                     *before),
                                           before);
            std::printf("week %d: %zu requests\n", 1 + i / kChangesPerWeek, requests.size());
        }
        const auto draft = priced(changed(random));
        ForeseeOptions options;
        options.whatIfs = false;
        const auto foresight = foreseer->foresee(draft, options);
        compare(*foresight, truthOf(live(draft, requests, natureOf(week), 1)), i + 1, errors);
    }
    int missed = judge("cost error, median", at(errors.cost, 0.5), 0.03);
    missed += judge("cost error, p90", at(errors.cost, 0.9), 0.08);
    missed += judge("p95 error, median", at(errors.p95, 0.5), 0.08);
    missed += judge("p95 error, p90", at(errors.p95, 0.9), 0.2);
    missed += judge("first token p95 error, median", at(errors.firstToken, 0.5), 0.08);
    missed += judge("share error, p90", at(errors.share, 0.9), 0.01);
    const double covered = static_cast<double>(errors.inBand) / errors.bands;
    const bool honest = covered >= 0.85 && covered <= 0.95;
    std::printf("90 %% bands hold the truth    %6.1f %%  (85 to 95 %%), %d of %d%s\n",
                100 * covered,
                errors.inBand,
                errors.bands,
                honest ? "" : "  MISSED");
    return missed + (honest ? 0 : 1);
}

} // namespace signalbox::tests
