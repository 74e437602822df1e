// SPDX-License-Identifier: Apache-2.0
#include "core/routing/router.h"

#include "core/routing/look_ahead.h"
#include "core/routing/rules.h"

#include <algorithm>
#include <span>
#include <utility>

namespace signalbox::routing {
namespace {

/// The candidates of one tier of one target list: those from \a from on, as far as there are any.
struct Group
{
    std::string_view rule; ///< empty: the route's own list
    int tier = 1;
    Strategy strategy = Strategy::Priority;
    std::size_t from = 0;
};

bool isOpenTo(const Candidate &candidate)
{
    return candidate.veto == Veto::None;
}

/// Puts the candidate numbered \p order[i] at i, for all of \p order.
void arrange(std::span<Candidate> candidates, std::vector<std::size_t> order)
{
    for (std::size_t start = 0; start < order.size(); ++start) {
        if (order[start] == start) {
            continue;
        }
        // Along a cycle each moves once; a place that is done says so by its own number.
        Candidate first = std::move(candidates[start]);
        std::size_t at = start;
        for (std::size_t from = order[at]; from != start; from = order[at]) {
            candidates[at] = std::move(candidates[from]);
            order[at] = at;
            at = from;
        }
        candidates[at] = std::move(first);
        order[at] = at;
    }
}

std::string sequenceOf(std::string_view route, std::string_view rule, int tier)
{
    // A line break cannot be part of a name, so that no two places share a sequence.
    return std::string(route).append("\n").append(rule).append("\n").append(std::to_string(tier));
}

/// Builds a Decision group by group.
class Router
{
public:
    Router(const RoutingQuestion &question, DrawState &draws)
        : m_question(question)
        , m_draws(draws)
        , m_random(question.seed)
    {}

    Decision run()
    {
        const RouteSettings &route = m_question.route;
        m_decision.route = route.name;
        m_decision.seed = m_question.seed;
        m_decision.strategy = route.strategy;
        m_decision.trials.reserve(route.rules.size());
        const RuleSettings *const rule = firstMatch();
        m_decision.candidates.reserve(route.targets.size()
                                      + (rule == nullptr ? 0 : rule->targets.size()));
        if (rule != nullptr) {
            m_decision.rule = rule->name;
            m_decision.strategy = rule->strategy;
            addTargets(rule->targets, rule->strategy, rule);
        }
        addTargets(route.targets, route.strategy, nullptr);
        if (m_question.warm) {
            const auto first = std::ranges::find_if(m_decision.candidates, isOpenTo);
            m_decision.warm = m_question.warm;
            m_decision.warm->leads = first != m_decision.candidates.end()
                                     && first->target == m_question.warm->target;
        }
        return std::move(m_decision);
    }

private:
    const RuleSettings *firstMatch()
    {
        for (const RuleSettings &rule : m_question.route.rules) {
            m_decision.trials.push_back(tryRule(rule, m_question.facts));
            if (m_decision.trials.back().matched) {
                return &rule;
            }
        }
        return nullptr;
    }

    /// Appends the targets not yet listed, tier by tier.
    void addTargets(const std::vector<TargetChoice> &targets,
                    Strategy strategy,
                    const RuleSettings *rule)
    {
        const std::size_t listed = m_decision.candidates.size();
        const std::string_view ruleName = rule == nullptr ? std::string_view() : rule->name;
        for (auto tier = nextTier(targets, std::nullopt); tier; tier = nextTier(targets, tier)) {
            const Group group{ruleName, *tier, strategy, m_decision.candidates.size()};
            for (const TargetChoice &choice : targets) {
                if (choice.tier == *tier && !isListed(choice.target, listed)) {
                    m_decision.candidates.push_back(candidateOf(choice, rule != nullptr));
                }
            }
            if (m_decision.candidates.size() > group.from) {
                order(group);
            }
        }
    }

    /// The lowest tier above \p last.
    static std::optional<int> nextTier(const std::vector<TargetChoice> &targets,
                                       std::optional<int> last)
    {
        std::optional<int> next;
        for (const TargetChoice &choice : targets) {
            if ((!last || choice.tier > *last) && (!next || choice.tier < *next)) {
                next = choice.tier;
            }
        }
        return next;
    }

    /// Whether the first \p count candidates have it; within a list nothing stands twice.
    [[nodiscard]] bool isListed(const TargetId &target, std::size_t count) const
    {
        const auto first = m_decision.candidates.begin();
        const auto last = first + static_cast<std::ptrdiff_t>(count);
        return std::find_if(first, last, [&](const Candidate &c) { return c.target == target; })
               != last;
    }

    [[nodiscard]] Candidate candidateOf(const TargetChoice &choice, bool fromRule) const
    {
        Availability availability = m_question.availability(choice.target, m_question.needs);
        return {.target = choice.target,
                .tier = choice.tier,
                .weight = choice.weight,
                .fromRule = fromRule,
                .veto = availability.veto,
                .vetoDetail = std::move(availability.detail)};
    }

    [[nodiscard]] std::span<Candidate> candidatesOf(const Group &group)
    {
        return std::span(m_decision.candidates).subspan(group.from);
    }

    /// Whether nobody before the group may be tried.
    [[nodiscard]] bool leads(const Group &group) const
    {
        return std::ranges::none_of(std::span(m_decision.candidates).first(group.from), isOpenTo);
    }

    void order(const Group &group)
    {
        switch (group.strategy) {
        case Strategy::Priority:
            preferWarm(group);
            break;
        case Strategy::Weighted:
            orderByWeight(group);
            preferWarm(group);
            break;
        case Strategy::Cheapest:
        case Strategy::Balanced:
            orderByForecast(group);
            break;
        case Strategy::Fastest:
            orderByForecast(group);
            preferWarm(group);
            break;
        }
    }

    /// The open candidate of the group whose cache has the conversation's beginning, or its end.
    [[nodiscard]] std::span<Candidate>::iterator warmIn(std::span<Candidate> candidates) const
    {
        return std::ranges::find_if(candidates, [this](const Candidate &candidate) {
            return isOpenTo(candidate) && m_question.warm
                   && candidate.target == m_question.warm->target;
        });
    }

    /// Staying breaks even where it costs less than the one that would lead, cache and all.
    void preferWarm(const Group &group)
    {
        if (!m_question.warm || !m_question.forecast || !leads(group)) {
            return;
        }
        const std::span<Candidate> all = candidatesOf(group);
        const auto warm = warmIn(all);
        const auto first = std::ranges::find_if(all, isOpenTo);
        if (warm == all.end() || warm == first) {
            return;
        }
        for (Candidate *candidate : {&*first, &*warm}) {
            candidate->forecast = m_question.forecast(candidate->target);
        }
        if (warm->forecast->cost && first->forecast->cost
            && *warm->forecast->cost < *first->forecast->cost) {
            std::rotate(first, warm, std::next(warm));
        }
    }

    void orderByWeight(const Group &group)
    {
        const std::span<Candidate> all = candidatesOf(group);
        if (!std::ranges::all_of(all, isOpenTo)) {
            std::ranges::stable_partition(all, isOpenTo);
        }
        std::vector<double> weights;
        weights.reserve(all.size());
        for (const Candidate &candidate : all) {
            if (isOpenTo(candidate)) {
                weights.push_back(candidate.weight);
            }
        }
        const double first = firstDraw(group, weights);
        arrange(all, weightedOrder(std::move(weights), first, m_random));
    }

    void orderByForecast(const Group &group)
    {
        const std::span<Candidate> all = candidatesOf(group);
        for (Candidate &candidate : all) {
            candidate.forecast = m_question.forecast ? m_question.forecast(candidate.target)
                                                     : Forecast{};
        }
        orderByScore(group.strategy, all);
        if (leads(group) && explorable(all) && warmIn(all) == all.end()) {
            m_decision.draw = draw(group);
            m_decision.explored = explore(all, *m_decision.draw);
        }
    }

    /// The smooth draw where it decides who leads the whole list; an ordinary one for those who
    /// would only step in.
    double firstDraw(const Group &group, const std::vector<double> &weights)
    {
        const auto drawn = std::ranges::count_if(weights, [](double weight) { return weight > 0; });
        if (drawn < 2 || !leads(group)) {
            return m_random.unit();
        }
        m_decision.draw = draw(group);
        return *m_decision.draw;
    }

    double draw(const Group &group)
    {
        return m_question.draw
                   ? *m_question.draw
                   : m_draws.next(sequenceOf(m_question.route.name, group.rule, group.tier));
    }

    const RoutingQuestion &m_question;
    DrawState &m_draws;
    Random m_random;
    Decision m_decision;
};

} // namespace

Availability capabilityOf(const ModelSettings &model, FeatureSet needs, std::int64_t promptTokens)
{
    const std::vector<Feature> missing = needs.without(model.features).list();
    if (!missing.empty()) {
        return {.veto = Veto::MissingFeature, .detail = std::string(toString(missing.front()))};
    }
    // What may just fit is for the provider to refuse, who alone counts exactly.
    if (model.contextTokens && promptTokens / 11 > *model.contextTokens / 10) {
        return {.veto = Veto::NotServable,
                .detail = "a prompt of about " + std::to_string(promptTokens)
                          + " tokens does not fit into its context of "
                          + std::to_string(*model.contextTokens)};
    }
    return {};
}

RouteSettings routeToTarget(const TargetId &target)
{
    RouteSettings route;
    route.targets = {TargetChoice{.target = target}};
    return route;
}

Decision decide(const RoutingQuestion &question, DrawState &draws)
{
    return Router(question, draws).run();
}

Decision decideAgain(const RouteSettings &route, const RequestRecord &record)
{
    const Decision &before = record.decision;
    const auto candidateOf = [&before](const TargetId &target) {
        return std::ranges::find(before.candidates, target, &Candidate::target);
    };
    const AvailabilityLookup availability = [&](const TargetId &target, FeatureSet) {
        const auto found = candidateOf(target);
        return found == before.candidates.end() ? Availability{Veto::NotServable, "was not there"}
                                                : Availability{found->veto, found->vetoDetail};
    };
    const ForecastLookup forecast = [&](const TargetId &target) {
        const auto found = candidateOf(target);
        return found == before.candidates.end() ? Forecast{} : found->forecast.value_or(Forecast{});
    };
    DrawState unused(before.seed);
    Decision again = decide({route,
                             record.facts,
                             record.needs,
                             availability,
                             before.seed,
                             forecast,
                             before.draw,
                             before.warm},
                            unused);
    again.route = before.route;
    again.notes = before.notes;
    return again;
}

} // namespace signalbox::routing
