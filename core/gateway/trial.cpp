// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/trial.h"

#include "core/base/random.h"
#include "core/domain/changed_routes.h"
#include "core/routing/prompt_affinity.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace signalbox::gateway {

namespace {

constexpr double kSlowShare = 0.05; ///< of requests that take longer than the p95, by its meaning
constexpr double kFailureBarMin = 0.001; ///< a bet against "never" has no odds

/// FNV-1a, then mixed: neighbouring ids must not fall together.
std::uint64_t hashOf(std::string_view text, std::uint64_t seed)
{
    std::uint64_t hash = 0xCBF29CE484222325ULL ^ seed;
    for (const char byte : text) {
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3ULL;
    }
    return Random(hash).next();
}

/// The number of how a conversation begins, up to its first answer; nothing before there is one.
std::optional<std::uint64_t> conversationOf(const ChatRequest &request, std::string_view client)
{
    const auto answer = std::ranges::find(request.messages, Role::Assistant, &ChatMessage::role);
    if (answer == request.messages.end() || answer == request.messages.begin()) {
        return std::nullopt;
    }
    const auto prefixes = routing::prefixesOf(request, client);
    return prefixes.at(static_cast<std::size_t>(answer - request.messages.begin()) - 1);
}

/// What was foretold, and what was measured where nothing was.
std::optional<ExpectedEffect> completed(std::optional<ExpectedEffect> foretold,
                                        const std::optional<ExpectedEffect> &measured)
{
    if (!foretold || !measured) {
        return foretold ? foretold : measured;
    }
    if (!foretold->failureShare) {
        foretold->failureShare = measured->failureShare;
    }
    if (!foretold->p95) {
        foretold->p95 = measured->p95;
    }
    if (!foretold->costPerRequest) {
        foretold->costPerRequest = measured->costPerRequest;
    }
    return foretold;
}

} // namespace

Result<std::vector<std::string>, std::string> routesOnTrial(const Configuration &present,
                                                            const Configuration &draft)
{
    Configuration same = draft;
    same.routes = present.routes;
    same.revision = present.revision;
    const auto names = [](const Configuration &settings) {
        std::vector<std::string> list;
        for (const RouteSettings &route : settings.routes) {
            list.push_back(route.name);
        }
        std::ranges::sort(list);
        return list;
    };
    if (same != present) {
        return Failure{
            std::string("Only routes can take a share first, and this changes more: apply "
                        "the rest for all, then try the routes.")};
    }
    if (names(present) != names(draft)) {
        return Failure{std::string("A route that comes, goes or is renamed cannot take a share "
                                   "first: apply it for all.")};
    }
    std::vector<std::string> changed = changedRoutes(present, draft);
    if (changed.empty()) {
        return Failure{std::string("It changes no route, so that there is nothing to try.")};
    }
    return changed;
}

Trial::Trial(std::shared_ptr<const Configuration> draft,
             std::vector<std::string> routes,
             std::string base,
             TrialTerms terms,
             const std::vector<Effect> &before,
             std::uint64_t seed,
             Now now)
    : m_draft(std::move(draft))
    , m_routes(std::move(routes))
    , m_base(std::move(base))
    , m_terms(std::move(terms))
    , m_began(now)
    , m_seed(seed)
    , m_draws(seed)
    , m_expected(completed(m_terms.expected, expectedBy(before)))
{}

bool Trial::concerns(std::string_view route) const
{
    return std::ranges::find(m_routes, route) != m_routes.end();
}

std::shared_ptr<const RouteSettings> Trial::routeFor(std::string_view route,
                                                     const ChatRequest &request,
                                                     std::string_view client,
                                                     std::string_view id) const
{
    if (m_end || !concerns(route)) {
        return nullptr;
    }
    const auto conversation = conversationOf(request, client);
    const std::uint64_t hash = conversation ? Random(*conversation ^ m_seed).next()
                                            : hashOf(id, m_seed);
    if (Random(hash).unit() >= m_terms.share) {
        return nullptr;
    }
    return {m_draft, m_draft->route(route)};
}

void Trial::observe(const RequestRecord &record)
{
    const auto effect = effectOf(record);
    const bool onTrial = record.configRevision == m_draft->revision;
    const bool known = onTrial || record.configRevision == m_base;
    if (!effect || !known || m_end || !concerns(record.route) || effect->arrived < m_began.system) {
        return;
    }
    (onTrial ? m_onTrial : m_others).add(*effect);
    if (m_expected) {
        weigh(*effect, onTrial);
    } else if (const auto &kept = m_others.kept(); kept.size() >= EffectSample::kEnough) {
        m_expected = expectedBy({kept.begin(), kept.end()});
    }
}

void Trial::weigh(const Effect &effect, bool onTrial)
{
    const double share = m_terms.share;
    if (m_expected->failureShare) {
        const double bar = std::max(m_expected->failureShare->high + kFailureSlack, kFailureBarMin);
        weigh(m_failures, effect.failed ? 1 : 0, bar, 1, onTrial, share);
    }
    if (m_expected->p95 && effect.total) {
        const auto bar = static_cast<double>(m_expected->p95->high.count()) * kTimeSlack;
        const bool slow = static_cast<double>(effect.total->count()) > bar;
        weigh(m_time, slow ? 1 : 0, kSlowShare, 1, onTrial, share);
    }
    if (m_expected->costPerRequest && effect.cost && m_expected->costPerRequest->high > Money()) {
        const auto high = static_cast<double>(m_expected->costPerRequest->high.nanos());
        const double cap = high * kCostCap;
        const double nanos = std::min(static_cast<double>(effect.cost->nanos()), cap);
        weigh(m_cost, nanos, high * kCostSlack, cap, onTrial, share);
    }
}

void Trial::weigh(
    Watch &watch, double value, double claimed, double cap, bool onTrial, double share)
{
    if (onTrial) {
        watch.overBand.add(resilience::gainOverMean(value, claimed));
    }
    watch.overOthers.add(resilience::gainOverOthers(value / cap, onTrial, share));
}

double Trial::Watch::doubt() const
{
    static const double kSure = std::log(3 / kFalseAlarms);
    return std::min({overBand.most() / kSure, overOthers.most() / kSure, 1.0});
}

std::optional<TrialEnd> Trial::verdict(SteadyTime now)
{
    if (m_end) {
        return m_end;
    }
    if (m_failures.doubt() >= 1) {
        m_end = TrialEnd::MoreFailures;
    } else if (m_time.doubt() >= 1) {
        m_end = TrialEnd::Slower;
    } else if (m_cost.doubt() >= 1) {
        m_end = TrialEnd::Dearer;
    } else if (now - m_began.steady >= m_terms.period) {
        const bool enough = m_expected && m_onTrial.requests() >= kRequestsMin;
        m_end = enough ? TrialEnd::Passed : TrialEnd::TooFewRequests;
    }
    return m_end;
}

TrialView Trial::view() const
{
    TrialView view;
    view.revision = m_draft->revision;
    view.base = m_base;
    view.routes = m_routes;
    view.terms = m_terms;
    view.began = m_began.system;
    view.until = m_began.system + m_terms.period;
    view.expected = m_expected;
    view.measured = !m_terms.expected;
    view.onTrial = m_onTrial.figures();
    view.others = m_others.figures();
    view.doubt = {m_failures.doubt(), m_time.doubt(), m_cost.doubt()};
    view.end = m_end;
    return view;
}

} // namespace signalbox::gateway
