// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/proposal_keeper.h"

#include "core/config/route_edit.h"
#include "core/runtime/config_file.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <utility>

namespace signalbox::runtime {

using Kind = ProposalKeeper::Outcome::Kind;

namespace {

bool arePoints(const std::vector<int> &points, std::size_t count)
{
    const auto isOne = [](int value) { return value >= 0 && value <= 100; };
    return points.size() == count && std::ranges::all_of(points, isOne)
           && std::accumulate(points.begin(), points.end(), 0) == 100;
}

constexpr int kRounding = 1; ///< of a point of 100, that shares may be off

/// How far the share that differs most is from the one that \p proposal says.
int apart(const std::vector<int> &points, const Proposal &proposal, int ShareProposal::*side)
{
    int most = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        most = std::max(most, std::abs(points[i] - proposal.shares[i].*side));
    }
    return most;
}

/// Whether \p route still has the weights that \p proposal began with, but for rounding.
bool fits(const RouteSettings *route, const Proposal &proposal)
{
    const auto now = route == nullptr || route->strategy != Strategy::Weighted
                         ? std::nullopt
                         : sharesOf(*route, proposal);
    return now && apart(*now, proposal, &ShareProposal::from) <= kRounding;
}

} // namespace

ProposalKeeper::ProposalKeeper(boost::asio::io_context &loop,
                               const LedgerPlace &ledger,
                               const std::string &file,
                               Doors doors)
    : m_doors(std::move(doors))
    , m_book(file)
    , m_queries(loop, ledger)
{}

void ProposalKeeper::tick(Now now, const Configuration &configuration)
{
    if (!m_lookAt) {
        m_lookAt = now.system + kLookFirst;
    }
    if (now.system < *m_lookAt) {
        return;
    }
    m_lookAt = now.system + kLookEvery;
    const bool asked = std::ranges::any_of(configuration.routes, [](const RouteSettings &route) {
        return route.propose.has_value();
    });
    if (!asked) {
        return;
    }
    m_queries.ask([this, at = now.system](Result<LedgerReader, LedgerError> &reader) {
        auto cells = reader ? reader->costMatrix(at - kLookBack, at)
                            : Result<std::vector<pricing::MatrixCell>, LedgerError>(
                                Failure{reader.error()});
        return QueryWorker::Answer([this, at, cells = std::move(cells)] {
            if (cells) {
                consider(*cells, at);
            } else {
                m_doors.complain("the ledger cannot be read: "
                                 + std::string(toString(cells.error())));
            }
        });
    });
}

void ProposalKeeper::consider(const std::vector<pricing::MatrixCell> &cells, SystemTime now)
{
    const auto state = m_doors.state();
    const auto settings = settingsOf(state->text);
    if (!settings) {
        return; // what is in force was read; this cannot be
    }
    for (const RouteSettings &route : settings->routes) {
        const auto newest = m_book.newestOf(route.name);
        if (!route.propose || (newest && now - *newest < kProposeEvery)) {
            continue;
        }
        auto shares = sharesFor(route, cells);
        if (shares.empty()) {
            continue;
        }
        Proposal proposal;
        proposal.made = now;
        proposal.route = route.name;
        proposal.aim = route.propose->aim;
        proposal.revision = state->revision;
        proposal.shares = std::move(shares);
        const Proposal made = m_book.add(std::move(proposal));
        save();
        m_doors.tell("proposal.made", made);
        if (route.propose->autoApply) {
            accept(made.number, {}, "gateway", "auto_apply", now, [](const Outcome &) {});
        }
    }
}

std::optional<ProposalKeeper::Outcome> ProposalKeeper::notPending(std::int64_t number)
{
    const Proposal *proposal = m_book.find(number);
    if (proposal == nullptr) {
        return Outcome{Kind::Unknown, "There is no proposal " + std::to_string(number) + "."};
    }
    if (proposal->state != Proposal::State::Pending) {
        return Outcome{Kind::Decided,
                       "Proposal " + std::to_string(number) + " is "
                           + std::string(toString(proposal->state)) + " already.",
                       *proposal};
    }
    return std::nullopt;
}

void ProposalKeeper::accept(std::int64_t number,
                            std::optional<std::vector<int>> points,
                            const std::string &who,
                            const std::string &why,
                            SystemTime now,
                            const Done &done)
{
    if (auto outcome = notPending(number)) {
        done(*outcome);
        return;
    }
    Proposal &proposal = *m_book.find(number);
    const auto state = m_doors.state();
    const auto settings = settingsOf(state->text);
    const RouteSettings *route = settings ? settings->route(proposal.route) : nullptr;
    if (!fits(route, proposal)) {
        decide(proposal, Proposal::State::Overtaken, who, why, now);
        done({Kind::Overtaken,
              "Route \"" + proposal.route + "\" has other weights now than it was made for.",
              proposal});
        return;
    }
    std::vector<int> own;
    for (const pricing::ShareProposal &share : proposal.shares) {
        own.push_back(share.to);
    }
    const std::vector<int> wanted = points.value_or(own);
    if (!arePoints(wanted, own.size())) {
        done({Kind::Invalid, "Every target needs whole points, 100 in all.", proposal});
        return;
    }
    auto text = config::withRoute(state->text, route->name, withShares(*route, proposal, wanted));
    if (!text) {
        done({Kind::Failed, text.error(), proposal});
        return;
    }
    const std::string note = "proposal " + std::to_string(number) + (why.empty() ? "" : ": " + why);
    const bool edited = wanted != own;
    m_accepting = number;
    const bool taken =
        m_doors.change({*std::move(text), 0, state->revision, who, note},
                       [this, number, edited, wanted, who, why, now, done](
                           const ConfigOutcome &applied) {
                           m_accepting = 0;
                           Proposal *left = m_book.find(number);
                           if (left == nullptr || applied.kind != ConfigOutcome::Kind::Applied) {
                               done({Kind::Failed,
                                     applied.problem,
                                     left == nullptr ? std::optional<Proposal>() : *left});
                               return;
                           }
                           left->applied = applied.revision;
                           left->given = edited ? wanted : std::vector<int>();
                           decide(*left,
                                  edited ? Proposal::State::Edited : Proposal::State::Accepted,
                                  who,
                                  why,
                                  now);
                           done({Kind::Done, {}, *left});
                       });
    if (!taken) {
        m_accepting = 0;
        done({Kind::Failed, "Too many changes of the configuration wait already.", proposal});
    }
}

void ProposalKeeper::configured(const Configuration &configuration,
                                const std::string &who,
                                std::int64_t number,
                                SystemTime now)
{
    std::vector<std::int64_t> pending;
    for (const Proposal &proposal : m_book.all()) {
        if (proposal.state == Proposal::State::Pending && proposal.number != m_accepting) {
            pending.push_back(proposal.number);
        }
    }
    for (const std::int64_t each : pending) {
        Proposal &proposal = *m_book.find(each);
        const RouteSettings *route = configuration.route(proposal.route);
        const auto weights = route == nullptr || route->strategy != Strategy::Weighted
                                 ? std::nullopt
                                 : sharesOf(*route, proposal);
        const int fromOld = weights ? apart(*weights, proposal, &ShareProposal::from) : 0;
        const int fromNew = weights ? apart(*weights, proposal, &ShareProposal::to) : 0;
        if (weights && fromOld <= kRounding) {
            continue; // it stands as it did
        }
        auto state = Proposal::State::Overtaken;
        if (weights && fromNew <= kRounding) {
            state = Proposal::State::Accepted;
        } else if (weights && each == number) {
            state = Proposal::State::Edited;
            proposal.given = *weights;
        }
        if (state != Proposal::State::Overtaken) {
            proposal.applied = configuration.revision;
        }
        decide(proposal, state, who, {}, now);
    }
}

ProposalKeeper::Outcome ProposalKeeper::refuse(std::int64_t number,
                                               const std::string &who,
                                               const std::string &why,
                                               SystemTime now)
{
    if (auto outcome = notPending(number)) {
        return *outcome;
    }
    Proposal &proposal = *m_book.find(number);
    decide(proposal, Proposal::State::Refused, who, why, now);
    return {Kind::Done, {}, proposal};
}

void ProposalKeeper::decide(Proposal &proposal,
                            Proposal::State state,
                            const std::string &who,
                            const std::string &why,
                            SystemTime now)
{
    proposal.state = state;
    proposal.decided = now;
    proposal.who = who;
    proposal.why = why;
    save();
    m_doors.tell("proposal." + std::string(toString(state)), proposal);
}

void ProposalKeeper::save()
{
    if (const auto saved = m_book.save(); !saved) {
        m_doors.complain(saved.error());
    }
}

} // namespace signalbox::runtime
