// SPDX-License-Identifier: Apache-2.0
// What another configuration would have made of the traffic on record: looked up, replayed and
// written on a thread of its own.
#include "core/runtime/admin/admin_api.h"
#include "core/runtime/clock.h"
#include "core/runtime/config_file.h"
#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/replay/foresight_json.h"
#include "core/runtime/trials.h"

#include <boost/asio/post.hpp>
#include <utility>

namespace signalbox::runtime {

using namespace gateway;

namespace {

constexpr Seconds kPeriodAtFirst{3600};
constexpr Seconds kPeriodMax{31 * 24 * 3600};
constexpr int kSampleBlocks = 1; ///< of replay::ReplayOptions::kBlocks

/// From `since`, or `period_s` before, to `until`, or now; the last hour where it says nothing.
Result<TrafficPeriod, ErrorAnswer> periodIn(const JsonFields &fields, SystemTime now)
{
    const auto length = fields.optionalInteger("period_s");
    if (length && (*length < 1 || *length > kPeriodMax.count())) {
        return Failure{invalidRequest("`period_s` must be from 1 to 2678400.", "period_s")};
    }
    const Seconds ahead = length ? Seconds(*length) : kPeriodAtFirst;
    TrafficPeriod period{now - ahead, now};
    if (const std::string text = fields.text("until"); !text.empty()) {
        const auto until = fromIso8601(text);
        if (!until) {
            return Failure{invalidRequest("`until` must be an ISO 8601 time.", "until")};
        }
        period = {*until - ahead, *until};
    }
    if (const std::string text = fields.text("since"); !text.empty()) {
        const auto since = fromIso8601(text);
        if (!since) {
            return Failure{invalidRequest("`since` must be an ISO 8601 time.", "since")};
        }
        period.since = *since;
    }
    if (period.since >= period.until) {
        return Failure{invalidRequest("`since` must be before `until`.", "since")};
    }
    if (period.until - period.since > kPeriodMax) {
        return Failure{invalidRequest("A replay is of 31 days at most.", "since")};
    }
    return period;
}

/// With what a trial, or a change that is applied, can be held to.
std::string answerOf(const Foresight &foresight)
{
    Json json = toJson(foresight);
    const auto expected = expectedOf(foresight);
    json["expected"] = expected ? toJson(*expected) : Json();
    return json.dump();
}

ErrorAnswer notReplayed(const ReplayFault &fault)
{
    ErrorAnswer answer;
    answer.status = 503;
    answer.code = "ledger_unavailable";
    answer.message = fault.cancelled ? "The replay was ended."
                                     : "The ledger cannot be read: " + fault.text;
    answer.origin = Origin::Gateway;
    return answer;
}

} // namespace

/// A viewer may: nothing is changed, and nobody is asked.
void AdminApi::replay(const Call &call)
{
    const auto body = parseJson(call.body.empty() ? std::string_view("{}") : call.body);
    if (!body || !body->is_object()) {
        refuse(call.id, invalidRequest("The body must be an object."));
        return;
    }
    const JsonFields fields(*body);
    const auto period = periodIn(fields, readClock().system);
    if (!period) {
        refuse(call.id, period.error());
        return;
    }
    ReplayQuestion question;
    question.inForce = std::make_shared<const Configuration>(m_gateway.configuration());
    question.draft = question.inForce;
    if (const std::string text = fields.text("config"); !text.empty()) {
        auto settings = settingsOf(text);
        if (!settings) {
            ConfigOutcome outcome;
            outcome.kind = ConfigOutcome::Kind::Faulty;
            outcome.problem = "The configuration to replay with is faulty.";
            outcome.faults = settings.error();
            answerChange(call.id, text, outcome);
            return;
        }
        question.draft = std::make_shared<const Configuration>(*std::move(settings));
    }
    question.period = *period;
    question.how.dayEnd = [](SystemTime time, const std::string &zone) {
        return dayEndInZone(time, zone);
    };
    if (fields.flag("sample")) {
        question.how.blocks = kSampleBlocks;
        question.how.whatIfs = false;
    }
    question.how.seed = static_cast<std::uint64_t>(fields.optionalInteger("seed").value_or(1));
    ask(call.id, std::move(question));
}

void AdminApi::ask(ExchangeId id, ReplayQuestion question)
{
    if (!m_replays) {
        m_replays = std::make_unique<ReplayDesk>(m_ledgerPlace);
    }
    const auto wanted = std::make_shared<std::atomic<bool>>(true);
    question.how.goOn = [wanted](double) { return wanted->load(); };
    const bool taken = m_replays->ask(std::move(question), [this, id, wanted](ReplayAnswer told) {
        std::string text = told ? answerOf(*told) : std::string();
        auto fault = told ? ReplayFault{} : told.error();
        boost::asio::post(m_loop,
                          [this, id, wanted, text = std::move(text), fault = std::move(fault)] {
                              if (!wanted->load()) {
                                  return; // its client is gone
                              }
                              m_replaying.erase(id);
                              if (text.empty()) {
                                  refuse(id, notReplayed(fault));
                              } else {
                                  answer(id, 200, text);
                              }
                          });
    });
    if (taken) {
        m_replaying[id] = wanted;
    } else {
        refuse(id, rateLimited("Too many replays wait already.", Seconds(5)));
    }
}

void AdminApi::clientGone(ExchangeId id)
{
    m_events.clientGone(id);
    if (m_targetEvaluator != nullptr) {
        m_targetEvaluator->leave(id);
    }
    if (const auto replaying = m_replaying.find(id); replaying != m_replaying.end()) {
        *replaying->second = false;
        m_replaying.erase(replaying);
    }
}

} // namespace signalbox::runtime
