// SPDX-License-Identifier: Apache-2.0
// The operators' calls about the configuration: show, check, apply, its past, and back.
#include "core/base/text.h"
#include "core/config/read.h"
#include "core/http/target.h"
#include "core/runtime/admin/admin_api.h"
#include "core/runtime/admin/config_json.h"
#include "core/runtime/clock.h"
#include "core/runtime/config_lint.h"
#include "core/runtime/ledger/json_fields.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

namespace signalbox::runtime {

using namespace gateway;

namespace {

constexpr std::size_t kReasonBytesMax = 1000;
constexpr std::string_view kTrial = "config/trial";
constexpr std::string_view kRevisions = "config/revisions/";

ErrorAnswer tooMuchWaits()
{
    return rateLimited("Too many changes of the configuration wait already.", Seconds(1));
}

/// If-Match as RFC 9110 section 13.1.1 writes it, or without the quotes; nothing: it is not there.
std::optional<std::string> baseOf(const http::Headers &headers)
{
    const auto given = headers.find("if-match");
    if (!given) {
        return std::nullopt;
    }
    std::string_view base = trimmed(*given);
    if (base.size() >= 2 && base.front() == '"' && base.back() == '"') {
        base = base.substr(1, base.size() - 2);
    }
    return std::string(base);
}

ErrorAnswer errorOf(const ConfigOutcome &outcome)
{
    ErrorAnswer error = invalidRequest(outcome.problem);
    switch (outcome.kind) {
    case ConfigOutcome::Kind::Conflict:
        error.status = 409;
        error.code = "revision_moved";
        break;
    case ConfigOutcome::Kind::Faulty:
        error.code = "invalid_config";
        break;
    case ConfigOutcome::Kind::Failed:
        error.status = 503;
        error.code = "config_not_written";
        error.origin = Origin::Gateway;
        break;
    case ConfigOutcome::Kind::Applied:
        break;
    }
    return error;
}

/// What `apply` is given: a configuration's text, or an object with it. No TOML begins with a brace.
struct ApplyBody
{
    std::string text;
    std::optional<TrialTerms> terms; ///< nothing: it is for all at once
    std::optional<ExpectedEffect> foretold; ///< a trial is held to it; else it is followed up
    std::int64_t proposal = 0; ///< that it takes over
};

Result<ApplyBody, ErrorAnswer> readApplyBody(std::string body)
{
    if (!trimmed(body).starts_with('{')) {
        return ApplyBody{std::move(body), {}, {}, 0};
    }
    const auto json = parseJson(body);
    if (!json || !json->contains("config") || !json->at("config").is_string()) {
        return Failure{
            invalidRequest("The body must be a configuration's text, or a JSON object with "
                           "it as `config`.",
                           "config")};
    }
    const JsonFields fields(*json);
    const Json *expected = fields.find("expected");
    ApplyBody read{fields.text("config"), {}, {}, 0};
    if (expected != nullptr && !expected->is_null()) {
        read.foretold = expectedFromJson(*expected);
        if (!read.foretold) {
            return Failure{
                invalidRequest("`expected` must have a band, low <= value <= high.", "expected")};
        }
    }
    const Json *share = fields.find("share");
    const bool tries = share != nullptr && !share->is_null();
    read.proposal = fields.integer("proposal");
    if (tries) {
        TrialTerms terms{fields.number("share"), TrialTerms().period, read.foretold};
        if (const auto seconds = fields.optionalNumber("watch_s")) {
            terms.period = Millis(std::llround(std::clamp(*seconds, 0.0, 1e9) * 1000));
        }
        if (terms.share < TrialKeeper::kShareMin || terms.share > TrialKeeper::kShareMax) {
            return Failure{invalidRequest("`share` must be from 0.01 to 0.5.", "share")};
        }
        if (terms.period < TrialKeeper::kPeriodMin || terms.period > TrialKeeper::kPeriodMax) {
            return Failure{invalidRequest("`watch_s` must be from 10 to 86400.", "watch_s")};
        }
        read.terms = terms;
    }
    return read;
}

struct Reason
{
    std::string text;
    bool fits = true;
};

Reason reasonOf(const std::string &query)
{
    const auto items = http::parseQuery(query);
    Reason reason{{}, items.ok()};
    for (const auto &[name, value] : items.valueOr({})) {
        reason.text = name == "reason" ? value : reason.text;
    }
    reason.fits = reason.fits && reason.text.size() <= kReasonBytesMax;
    return reason;
}

} // namespace

void AdminApi::dispatchConfig(Call call)
{
    if (m_trials != nullptr && (call.path == kTrial || call.path.starts_with("config/trial/"))) {
        dispatchTrial(call);
        return;
    }
    const std::string verb = call.path == "config" ? "" : call.path.substr(7);
    const bool posts = verb == "check" || verb == "apply" || verb == "rollback"
                       || verb == "explain";
    const bool gets = verb.empty() || verb == "lint" || verb == "revisions"
                      || call.path.starts_with(kRevisions);
    const std::string wanted = posts ? "POST" : "GET";
    if (!posts && !gets) {
        refuse(call.id, notFound(call.head.path));
    } else if (call.head.method != wanted) {
        refuse(call.id, methodNotAllowed(call.head.method, wanted));
    } else if (verb.empty()) {
        showConfig(call);
    } else if (verb == "check") {
        checkConfig(std::move(call));
    } else if (verb == "apply") {
        applyConfig(std::move(call));
    } else if (verb == "rollback") {
        rollBackConfig(call);
    } else if (verb == "explain") {
        explainByDraft(call);
    } else if (verb == "lint") {
        lintConfig(call);
    } else if (verb == "revisions") {
        listRevisions(call);
    } else {
        showRevision(call);
    }
}

void AdminApi::showConfig(const Call &call)
{
    answer(call.id, 200, toText(toJson(*m_config->state())));
}

/// A viewer learns what the text itself says: which files are there and which secrets can be read is
/// not theirs to find out.
void AdminApi::checkConfig(Call call)
{
    const auto tell = [this, id = call.id, text = call.body](const ConfigOutcome &outcome) {
        const auto settings = settingsOf(text);
        answer(id,
               200,
               toText(
                   Json{{"ok", outcome.faults.empty()},
                        {"revision", revisionOf(text)},
                        {"faults", toJson(outcome.faults, text)},
                        {"warnings", settings ? toJson(routing::lint(*settings)) : Json::array()},
                        {"unreadable_secrets", outcome.warnings}}));
    };
    if (call.person->role != OperatorRole::Operator) {
        ConfigOutcome outcome;
        const auto settings = settingsOf(call.body);
        outcome.faults = settings ? Faults() : settings.error();
        tell(outcome);
    } else if (!m_config->check(std::move(call.body), tell)) {
        refuse(call.id, tooMuchWaits());
    }
}

void AdminApi::applyConfig(Call call)
{
    if (!mayChange(call)) {
        return;
    }
    const auto base = baseOf(call.head.headers);
    Reason reason = reasonOf(call.head.query);
    if (!base) {
        ErrorAnswer error = invalidRequest("'If-Match: REVISION' must name the revision that the "
                                           "change began with; '*' takes whatever is in force.");
        error.status = 428; // RFC 6585 section 3
        error.code = "precondition_required";
        refuse(call.id, error);
    } else if (!reason.fits) {
        refuse(call.id, invalidRequest("`reason` must be a text of at most 1000 bytes.", "reason"));
    } else if (auto given = readApplyBody(std::move(call.body)); !given) {
        refuse(call.id, given.error());
    } else {
        ConfigChange change{std::move(given->text),
                            0,
                            *base,
                            call.person->id,
                            std::move(reason.text),
                            std::move(given->foretold),
                            given->proposal};
        if (given->terms && m_trials != nullptr) {
            tryConfig(std::move(change), *std::move(given->terms), call);
        } else {
            changeConfig(call.id, std::move(change));
        }
    }
}

void AdminApi::rollBackConfig(const Call &call)
{
    if (!mayChange(call)) {
        return;
    }
    const auto body = parseJson(call.body);
    if (!body || !body->is_object()) {
        refuse(call.id, invalidRequest("The body must be a JSON object."));
        return;
    }
    const JsonFields fields(*body);
    const std::string revision = fields.text("revision");
    std::int64_t number = fields.integer("number");
    const auto state = m_config->state();
    if (number == 0 && !revision.empty()) {
        const auto found = std::ranges::find(state->past, revision, &Revision::revision);
        number = found == state->past.end() ? -1 : found->number;
    }
    if (number == 0) {
        refuse(call.id,
               invalidRequest("`number` or `revision` must say which one to go back to.",
                              "number"));
    } else if (std::ranges::find(state->past, number, &Revision::number) == state->past.end()) {
        refuse(call.id,
               notFound("revision "
                        + (number < 0 || !revision.empty() ? revision : std::to_string(number))));
    } else if (fields.text("reason").size() > kReasonBytesMax) {
        refuse(call.id, invalidRequest("`reason` must be a text of at most 1000 bytes.", "reason"));
    } else {
        changeConfig(call.id,
                     {{},
                      number,
                      baseOf(call.head.headers).value_or("*"),
                      call.person->id,
                      fields.text("reason")});
    }
}

void AdminApi::changeConfig(ExchangeId id, ConfigChange change)
{
    const std::string text = change.text;
    const bool taken = m_changeConfig(std::move(change),
                                      [this, id, text](const ConfigOutcome &outcome) {
                                          answerChange(id, text, outcome);
                                      });
    if (!taken) {
        refuse(id, tooMuchWaits());
    }
}

void AdminApi::answerChange(ExchangeId id, const std::string &text, const ConfigOutcome &outcome)
{
    if (outcome.kind == ConfigOutcome::Kind::Applied) {
        answer(id,
               200,
               toText(Json{{"revision", outcome.revision},
                           {"number", outcome.number == 0 ? Json() : Json(outcome.number)},
                           {"replaced", outcome.replaced},
                           {"changed", outcome.changed},
                           {"warnings", outcome.warnings}}));
        return;
    }
    const ErrorAnswer error = errorOf(outcome);
    Json body = parseJson(errorBody(error)).value_or(Json::object());
    if (outcome.kind == ConfigOutcome::Kind::Conflict) {
        body["error"]["theirs"] =
            Json{{"revision", outcome.revision},
                 {"number", outcome.number == 0 ? Json() : Json(outcome.number)},
                 {"operator", orNull(outcome.author)},
                 {"at", outcome.time ? Json(toIsoMicros(*outcome.time)) : Json()},
                 {"text", outcome.theirs}};
    }
    if (outcome.kind == ConfigOutcome::Kind::Faulty) {
        body["error"]["faults"] = toJson(outcome.faults, text);
    }
    answer(id, error.status, toText(body));
}

void AdminApi::listRevisions(const Call &call)
{
    Json list = Json::array();
    for (const Revision &revision : m_config->state()->past) {
        list.push_back(toJson(revision));
    }
    Json told{{"revisions", std::move(list)}};
    if (m_trials != nullptr) {
        told["truth"] = toJson(truthOf(m_trials->all(), m_config->state()->past));
    }
    answer(call.id, 200, toText(told));
}

void AdminApi::showRevision(const Call &call)
{
    const std::string wanted = call.path.substr(kRevisions.size());
    const bool taken = m_config->readRevision(parseInteger(wanted).value_or(0),
                                              [this, id = call.id, wanted](
                                                  const Result<RevisionText, std::string> &found) {
                                                  if (found) {
                                                      answer(id, 200, toText(toJson(*found)));
                                                  } else {
                                                      refuse(id, notFound("revision " + wanted));
                                                  }
                                              });
    if (!taken) {
        refuse(call.id, tooMuchWaits());
    }
}

void AdminApi::lintConfig(const Call &call)
{
    auto settings = settingsOf(m_config->state()->text);
    if (!settings) {
        refuse(call.id, overloaded());
        return;
    }
    askLedger(call.id,
              [settings = std::move(*settings)](
                  LedgerReader &reader) -> Result<std::string, ErrorAnswer> {
                  const auto traffic = lintTraffic(settings, reader);
                  Json json{{"revision", settings.revision},
                            {"warnings", toJson(routing::lint(settings))},
                            {"traffic", Json::array()},
                            {"requests", Json()}};
                  if (traffic) {
                      json["traffic"] = toJson(traffic->findings);
                      json["requests"] = traffic->requests;
                  }
                  return toText(json);
              });
}

/// `{"config": TEXT, "request": {...}}`
void AdminApi::explainByDraft(const Call &call)
{
    const auto body = parseJson(call.body);
    if (!body || !body->is_object() || !body->contains("request")) {
        refuse(call.id,
               invalidRequest("The body must have `request`, an object, and may have `config`, a "
                              "text."));
        return;
    }
    const std::string text = JsonFields(*body).text("config");
    auto settings = settingsOf(text.empty() ? m_config->state()->text : text);
    if (!settings) {
        ConfigOutcome outcome;
        outcome.kind = ConfigOutcome::Kind::Faulty;
        outcome.problem = "The configuration to decide by is faulty.";
        outcome.faults = settings.error();
        answerChange(call.id, text, outcome);
        return;
    }
    const Arrival arrival{call.head, toText((*body)["request"])};
    const auto record = m_gateway.explainBy(std::make_shared<const Configuration>(
                                                std::move(*settings)),
                                            arrival,
                                            "chat",
                                            readClock());
    if (record) {
        answerExplanation(call.id, *record);
    } else {
        refuse(call.id, record.error());
    }
}

} // namespace signalbox::runtime
