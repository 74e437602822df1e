// SPDX-License-Identifier: Apache-2.0
// The operators' calls about proposed weights: list, accept as they are or changed, refuse.
#include "core/base/text.h"
#include "core/runtime/admin/admin_api.h"
#include "core/runtime/clock.h"
#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/proposal_keeper.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace signalbox::runtime {

using namespace gateway;

namespace {

constexpr std::size_t kReasonBytesMax = 1000;
constexpr std::string_view kProposals = "proposals/";

ErrorAnswer errorOf(const ProposalKeeper::Outcome &outcome)
{
    ErrorAnswer error = invalidRequest(outcome.problem);
    switch (outcome.kind) {
    case ProposalKeeper::Outcome::Kind::Unknown:
        error.status = 404;
        error.code = "not_found";
        break;
    case ProposalKeeper::Outcome::Kind::Decided:
        error.status = 409;
        error.code = "already_decided";
        break;
    case ProposalKeeper::Outcome::Kind::Overtaken:
        error.status = 409;
        error.code = "route_changed";
        break;
    case ProposalKeeper::Outcome::Kind::Failed:
        error.status = 503;
        error.code = "config_not_written";
        error.origin = Origin::Gateway;
        break;
    case ProposalKeeper::Outcome::Kind::Invalid:
        error.param = "shares";
        break;
    case ProposalKeeper::Outcome::Kind::Done:
        break;
    }
    return error;
}

/// `{"qwen/qwen-plus": 60, ...}` in the order of the proposal; a target that is not named, or is
/// none of its, makes points that cannot be accepted.
std::vector<int> pointsFrom(const Json &shares, const Proposal &proposal)
{
    std::vector<int> points;
    for (const pricing::ShareProposal &share : proposal.shares) {
        const auto given = shares.find(share.target.name());
        const bool isOne = given != shares.end() && given->is_number_integer() && *given >= 0
                           && *given <= 100;
        points.push_back(isOne ? given->get<int>() : -1);
    }
    if (shares.size() != points.size()) {
        points.push_back(-1);
    }
    return points;
}

} // namespace

void AdminApi::dispatchProposals(const Call &call)
{
    const bool lists = call.path == "proposals";
    const std::string wanted = lists ? "GET" : "POST";
    const std::size_t slash = call.path.rfind('/');
    const std::string verb = lists ? "" : call.path.substr(slash + 1);
    const bool begins = call.path.starts_with(kProposals) && slash > kProposals.size();
    const auto number = begins ? parseInteger(
                            call.path.substr(kProposals.size(), slash - kProposals.size()))
                               : std::nullopt;
    if (!lists && (!number || (verb != "accept" && verb != "refuse"))) {
        refuse(call.id, notFound(call.head.path));
    } else if (call.head.method != wanted) {
        refuse(call.id, methodNotAllowed(call.head.method, wanted));
    } else if (lists) {
        listProposals(call);
    } else {
        decideProposal(call, *number, verb == "accept");
    }
}

void AdminApi::listProposals(const Call &call)
{
    Json list = Json::array();
    const auto &all = m_proposals->all();
    std::for_each(all.rbegin(), all.rend(), [&list](const Proposal &proposal) {
        list.push_back(toJson(proposal));
    });
    answer(call.id, 200, toText(Json{{"proposals", std::move(list)}}));
}

void AdminApi::decideProposal(const Call &call, std::int64_t number, bool accepts)
{
    if (!mayChange(call)) {
        return;
    }
    const auto body = call.body.empty() ? std::optional(Json::object()) : parseJson(call.body);
    if (!body || !body->is_object()) {
        refuse(call.id, invalidRequest("The body must be a JSON object."));
        return;
    }
    const JsonFields fields(*body);
    const std::string reason = fields.text("reason");
    if (reason.size() > kReasonBytesMax) {
        refuse(call.id, invalidRequest("`reason` must be a text of at most 1000 bytes.", "reason"));
        return;
    }
    const auto tell = [this, id = call.id](const ProposalKeeper::Outcome &outcome) {
        if (outcome.kind == ProposalKeeper::Outcome::Kind::Done) {
            answer(id, 200, toText(toJson(*outcome.proposal)));
        } else {
            refuse(id, errorOf(outcome));
        }
    };
    const SystemTime now = readClock().system;
    const std::string &who = call.person->id;
    if (!accepts) {
        tell(m_proposals->refuse(number, who, reason, now));
        return;
    }
    const Json *shares = fields.find("shares");
    if (shares != nullptr && !shares->is_object()) {
        refuse(call.id, invalidRequest("`shares` must be an object of whole points.", "shares"));
        return;
    }
    const auto &all = m_proposals->all();
    const auto proposal = std::ranges::find(all, number, &Proposal::number);
    std::optional<std::vector<int>> points;
    if (shares != nullptr && proposal != all.end()) {
        points = pointsFrom(*shares, *proposal);
    }
    m_proposals->accept(number, std::move(points), who, reason, now, tell);
}

} // namespace signalbox::runtime
