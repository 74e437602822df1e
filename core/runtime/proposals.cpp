// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/proposals.h"

#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/replace_file.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

namespace signalbox::runtime {

namespace {

/// A thousand times what two hundred proposals need.
constexpr std::uintmax_t kFileBytesMax = 8U << 20U;

constexpr std::array kStates = {Proposal::State::Pending,
                                Proposal::State::Accepted,
                                Proposal::State::Edited,
                                Proposal::State::Refused,
                                Proposal::State::Overtaken};
constexpr std::array kReasons = {ShareReason::Gains,
                                 ShareReason::Loses,
                                 ShareReason::Stays,
                                 ShareReason::TooFew,
                                 ShareReason::AtItsLeast,
                                 ShareReason::AtTheRail,
                                 ShareReason::MayNotGain};

template <typename List>
auto named(const List &values, std::string_view name)
{
    const auto found = std::ranges::find_if(values,
                                            [name](auto value) { return toString(value) == name; });
    return found == values.end() ? values.front() : *found;
}

int lowestTier(const RouteSettings &route)
{
    int tier = std::numeric_limits<int>::max();
    for (const TargetChoice &choice : route.targets) {
        tier = std::min(tier, choice.tier);
    }
    return tier;
}

pricing::TargetSeen seenOf(const TargetChoice &choice, const std::vector<MatrixCell> &cells)
{
    const TargetTotals totals = totalsOf(cells, choice.target);
    pricing::TargetSeen seen;
    seen.target = choice.target;
    seen.weight = choice.weight;
    seen.calls = totals.calls;
    seen.costPerAnswer = totals.costPerAnswer;
    seen.secondsPerAnswer = totals.secondsPerAnswer;
    seen.failureShare = totals.failureShare;
    return seen;
}

} // namespace

std::vector<ShareProposal> sharesFor(const RouteSettings &route,
                                     const std::vector<MatrixCell> &cells)
{
    if (!route.propose || route.strategy != Strategy::Weighted) {
        return {};
    }
    const ProposeSettings &asked = *route.propose;
    std::vector<pricing::TargetSeen> targets;
    for (const TargetChoice &choice : route.targets) {
        if (choice.tier == lowestTier(route)) {
            pricing::TargetSeen seen = seenOf(choice, cells);
            seen.leastPoints = asked.leastPoints;
            seen.mayGain = std::ranges::find(asked.neverGain, choice.target)
                           == asked.neverGain.end();
            targets.push_back(std::move(seen));
        }
    }
    pricing::GuardRails rails;
    rails.mostPoints = asked.mostPoints;
    return pricing::proposeShares(targets, asked.aim, rails);
}

std::optional<std::vector<int>> sharesOf(const RouteSettings &route, const Proposal &proposal)
{
    std::vector<double> weights;
    double sum = 0;
    for (const TargetChoice &choice : route.targets) {
        if (choice.tier != lowestTier(route)) {
            continue;
        }
        const std::size_t at = weights.size();
        if (at >= proposal.shares.size() || proposal.shares[at].target != choice.target) {
            return std::nullopt;
        }
        weights.push_back(choice.weight);
        sum += choice.weight;
    }
    if (weights.size() != proposal.shares.size() || sum <= 0) {
        return std::nullopt;
    }
    std::vector<int> points;
    for (const double weight : weights) {
        points.push_back(static_cast<int>(std::lround(100 * weight / sum)));
    }
    return points;
}

RouteSettings withShares(RouteSettings route,
                         const Proposal &proposal,
                         const std::vector<int> &points)
{
    for (std::size_t i = 0; i < points.size() && i < proposal.shares.size(); ++i) {
        const auto choice = std::ranges::find(route.targets,
                                              proposal.shares[i].target,
                                              &TargetChoice::target);
        if (choice != route.targets.end()) {
            choice->weight = points[i];
        }
    }
    return route;
}

Json toJson(const Proposal &proposal)
{
    Json shares = Json::array();
    for (std::size_t i = 0; i < proposal.shares.size(); ++i) {
        const ShareProposal &share = proposal.shares[i];
        Json item{{"target", share.target.name()},
                  {"from", share.from},
                  {"to", share.to},
                  {"reason", toString(share.reason)}};
        if (i < proposal.given.size()) {
            item["given"] = proposal.given[i];
        }
        shares.push_back(std::move(item));
    }
    return {{"number", proposal.number},
            {"made", toIso8601(proposal.made)},
            {"route", proposal.route},
            {"aim", toString(proposal.aim)},
            {"revision", proposal.revision},
            {"shares", std::move(shares)},
            {"state", toString(proposal.state)},
            {"decided", proposal.decided ? Json(toIso8601(*proposal.decided)) : Json()},
            {"who", orNull(proposal.who)},
            {"why", orNull(proposal.why)},
            {"applied", orNull(proposal.applied)}};
}

Proposal proposalFromJson(const Json &json)
{
    const JsonFields fields(json);
    Proposal proposal;
    proposal.number = fields.integer("number");
    proposal.made = fromIso8601(fields.text("made")).value_or(SystemTime());
    proposal.route = fields.text("route");
    proposal.aim = weightAimFromString(fields.text("aim")).value_or(WeightAim::Balanced);
    proposal.revision = fields.text("revision");
    proposal.state = named(kStates, fields.text("state"));
    proposal.decided = fromIso8601(fields.text("decided"));
    proposal.who = fields.text("who");
    proposal.why = fields.text("why");
    proposal.applied = fields.text("applied");
    const Json *shares = fields.find("shares");
    if (shares == nullptr || !shares->is_array()) {
        return proposal;
    }
    for (const Json &item : *shares) {
        const JsonFields share(item);
        proposal.shares.push_back({TargetId(share.text("target")),
                                   static_cast<int>(share.integer("from")),
                                   static_cast<int>(share.integer("to")),
                                   named(kReasons, share.text("reason"))});
        if (const auto given = share.optionalInteger("given")) {
            proposal.given.push_back(static_cast<int>(*given));
        }
    }
    return proposal;
}

ProposalBook::ProposalBook(std::string file)
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
        Proposal proposal = proposalFromJson(item);
        const bool follows = m_all.empty() || proposal.number > m_all.back().number;
        if (proposal.number > 0 && follows && m_all.size() < kKept) {
            m_all.push_back(std::move(proposal));
        }
    }
}

Proposal *ProposalBook::find(std::int64_t number)
{
    const auto found = std::ranges::find(m_all, number, &Proposal::number);
    return found == m_all.end() ? nullptr : &*found;
}

std::optional<SystemTime> ProposalBook::newestOf(std::string_view route) const
{
    std::optional<SystemTime> newest;
    for (const Proposal &proposal : m_all) {
        if (proposal.route == route) {
            newest = proposal.made;
        }
    }
    return newest;
}

Proposal &ProposalBook::add(Proposal proposal)
{
    for (Proposal &before : m_all) {
        if (before.route == proposal.route && before.state == Proposal::State::Pending) {
            before.state = Proposal::State::Overtaken;
            before.decided = proposal.made;
        }
    }
    proposal.number = m_all.empty() ? 1 : m_all.back().number + 1;
    if (m_all.size() >= kKept) {
        m_all.pop_front();
    }
    return m_all.emplace_back(std::move(proposal));
}

Status<std::string> ProposalBook::save() const
{
    if (m_file.empty()) {
        return Nothing{};
    }
    Json all = Json::array();
    for (const Proposal &proposal : m_all) {
        all.push_back(toJson(proposal));
    }
    return replaceFile(m_file, toText(all) + "\n");
}

} // namespace signalbox::runtime
