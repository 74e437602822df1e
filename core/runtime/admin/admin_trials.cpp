// SPDX-License-Identifier: Apache-2.0
// The operators' calls about changes that take a share first: begin, see, take over, roll back.
#include "core/runtime/admin/admin_api.h"
#include "core/runtime/clock.h"
#include "core/runtime/ledger/json_fields.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace signalbox::runtime {

using namespace gateway;

namespace {

constexpr std::size_t kReasonBytesMax = 1000;

ErrorAnswer noTrial()
{
    ErrorAnswer error = notFound("a change on trial");
    error.message = "No change is on trial.";
    return error;
}

ErrorAnswer notTried(const std::string &problem)
{
    ErrorAnswer error = invalidRequest(problem);
    error.status = 409;
    error.code = "cannot_be_tried";
    return error;
}

} // namespace

void AdminApi::dispatchTrial(const Call &call)
{
    const bool takes = call.path == "config/trial/takeover";
    const bool acts = takes || call.path == "config/trial/rollback";
    const std::string wanted = acts ? "POST" : "GET";
    if (!acts && call.path != "config/trial") {
        refuse(call.id, notFound(call.head.path));
    } else if (call.head.method != wanted) {
        refuse(call.id, methodNotAllowed(call.head.method, wanted));
    } else if (acts) {
        endTrial(call, takes);
    } else {
        showTrials(call);
    }
}

void AdminApi::tryConfig(ConfigChange change, TrialTerms terms, const Call &call)
{
    const std::string text = change.text;
    const bool taken = m_trials->begin(std::move(change),
                                       std::move(terms),
                                       [this, id = call.id, text](const ConfigOutcome &outcome) {
                                           if (outcome.trial != 0) {
                                               answerTrial(id, 202);
                                           } else if (outcome.kind == ConfigOutcome::Kind::Failed) {
                                               refuse(id, notTried(outcome.problem));
                                           } else {
                                               answerChange(id, text, outcome);
                                           }
                                       });
    if (!taken) {
        refuse(call.id,
               rateLimited("Too many changes of the configuration wait already.", Seconds(1)));
    }
}

void AdminApi::answerTrial(ExchangeId id, int status)
{
    answer(id, status, toText(Json{{"trial", toJson(*m_trials->newest())}}));
}

void AdminApi::showTrials(const Call &call)
{
    const auto newest = m_trials->newest();
    Json past = Json::array();
    const auto &all = m_trials->all();
    std::for_each(all.rbegin(), all.rend(), [&past](const TrialView &trial) {
        if (trial.end) {
            past.push_back(toJson(trial));
        }
    });
    const bool runs = newest && !newest->end;
    answer(call.id,
           200,
           toText(Json{{"trial", runs ? toJson(*newest) : Json()},
                       {"past", std::move(past)},
                       {"truth", toJson(truthOf(all, m_config->state()->past))}}));
}

void AdminApi::endTrial(const Call &call, bool takeOver)
{
    if (!mayChange(call)) {
        return;
    }
    const auto body = call.body.empty() ? std::optional(Json::object()) : parseJson(call.body);
    if (!body || !body->is_object()) {
        refuse(call.id, invalidRequest("The body must be a JSON object."));
        return;
    }
    const std::string reason = JsonFields(*body).text("reason");
    if (reason.size() > kReasonBytesMax) {
        refuse(call.id, invalidRequest("`reason` must be a text of at most 1000 bytes.", "reason"));
        return;
    }
    const std::string &who = call.person->id;
    if (!takeOver) {
        if (m_trials->rollBack(who, reason, readClock().system)) {
            answerTrial(call.id, 200);
        } else {
            refuse(call.id, noTrial());
        }
        return;
    }
    const auto tell = [this, id = call.id](const ConfigOutcome &outcome) {
        if (outcome.kind == ConfigOutcome::Kind::Applied) {
            answerTrial(id, 200);
        } else {
            answerChange(id, {}, outcome);
        }
    };
    if (!m_trials->takeOver(who, reason, tell)) {
        refuse(call.id, noTrial());
    }
}

} // namespace signalbox::runtime
