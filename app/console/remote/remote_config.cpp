// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/remote/remote_config.h"

#include "app/console/config_view.h"
#include "app/console/remote/remote_verdict.h"

#include "core/runtime/admin/config_json.h"
#include "core/runtime/ledger/decision_json.h"
#include "core/runtime/proposals.h"
#include "core/runtime/trials.h"

#include <nlohmann/json.hpp>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::app {

using runtime::Json;
using runtime::JsonFields;
using State = ui::Connection::State;

namespace {

constexpr qint64 kTrialMs = 1000;
constexpr qint64 kNoTrialMs = 5000;

Json jsonOf(const RemoteAnswer &answer)
{
    const auto json = runtime::parseJson(
        {answer.body.constData(), static_cast<std::size_t>(answer.body.size())});
    return json && json->is_object() ? *json : Json::object();
}

Json memberOf(const Json &json, const char *name)
{
    return json.contains(name) ? json.at(name) : Json();
}

QString textOf(const Json &json, const char *name)
{
    return QString::fromStdString(JsonFields(json).text(name));
}

std::vector<ui::ConfigFault> faultsIn(const Json &list)
{
    std::vector<ui::ConfigFault> faults;
    for (const Json &each : list) {
        const JsonFields fields(each);
        faults.push_back({static_cast<int>(fields.integer("line")),
                          static_cast<int>(fields.integer("column")),
                          textOf(each, "message"),
                          textOf(each, "path")});
    }
    return faults;
}

ui::ApplyOutcome outcomeOf(const RemoteAnswer &answer)
{
    using Kind = ui::ApplyOutcome::Kind;
    const Json json = jsonOf(answer);
    const Json error = memberOf(json, "error");
    const Json theirs = memberOf(error, "theirs");
    ui::ApplyOutcome outcome;
    outcome.problem = textOf(error, "message");
    if (answer.status == 200) {
        outcome.kind = Kind::Applied;
        outcome.revision = textOf(json, "revision");
        outcome.number = JsonFields(json).integer("number");
        outcome.replaced = textOf(json, "replaced");
    } else if (answer.status == 202) {
        const Json trial = memberOf(json, "trial");
        outcome.kind = Kind::Applied;
        outcome.revision = textOf(trial, "revision");
        outcome.trial = JsonFields(trial).integer("number");
    } else if (theirs.is_object()) {
        outcome.kind = Kind::Conflict;
        outcome.revision = textOf(theirs, "revision");
        outcome.number = JsonFields(theirs).integer("number");
        outcome.theirs = textOf(theirs, "text");
        outcome.author = textOf(theirs, "operator");
        outcome.time = fromIso8601(JsonFields(theirs).text("at"));
    } else if (const Json faults = memberOf(error, "faults"); faults.is_array()) {
        outcome.kind = Kind::Faulty;
        outcome.faults = faultsIn(faults);
    }
    return outcome;
}

QUrlQuery reasonQuery(const QString &why)
{
    QUrlQuery query;
    if (!why.isEmpty()) {
        query.addQueryItem(u"reason"_s, QString::fromUtf8(QUrl::toPercentEncoding(why)));
    }
    return query;
}

} // namespace

RemoteConfig::RemoteConfig(const QUrl &address,
                           const QSslConfiguration &tls,
                           Millis patience,
                           ui::ConsoleSource &source)
    : m_address(address)
    , m_source(source)
    , m_http(address, tls, patience, this)
{
    connect(&m_source, &ui::ConsoleSource::doorbell, this, &RemoteConfig::look);
    connect(&m_source, &ui::ConsoleSource::doorbell, this, &RemoteConfig::lookAtTrial);
    connect(&m_source, &ui::ConsoleSource::connectionChanged, this, [this] {
        m_failedFor.clear();
        m_knowsTrials = true;
        m_sinceTrial.invalidate();
        look();
        refreshFixed();
    });
    refreshFixed();
}

RemoteConfig::~RemoteConfig()
{
    m_http.abortAll();
}

QString RemoteConfig::problemIn(const RemoteAnswer &answer) const
{
    const auto trouble = troubleIn(answer, m_address);
    return trouble ? trouble->words : tr("The gateway's answer makes no sense.");
}

/// Asks for what is in force, once for each revision that the snapshots tell of.
void RemoteConfig::look()
{
    const auto snapshot = m_source.snapshot();
    if (m_asked || !snapshot || m_source.connection().state != State::Connected) {
        return;
    }
    const QString inForce = QString::fromStdString(snapshot->revision);
    if (inForce == m_running.revision || inForce == m_failedFor) {
        return;
    }
    m_asked = true;
    m_failedFor = inForce;
    m_http.get(u"config"_s, {}, [this](const RemoteAnswer &answer) { onConfig(answer); });
}

/// Every second while one runs, else often enough to see one that somebody else began.
void RemoteConfig::lookAtTrial()
{
    const bool runs = m_trial && !m_trial->end;
    const bool due = !m_sinceTrial.isValid()
                     || m_sinceTrial.hasExpired(runs ? kTrialMs : kNoTrialMs);
    if (m_askedTrial || !m_knowsTrials || !due || m_source.connection().state != State::Connected) {
        return;
    }
    m_askedTrial = true;
    m_sinceTrial.start();
    m_http.get(u"config/trial"_s, {}, [this](const RemoteAnswer &answer) { onTrial(answer); });
}

void RemoteConfig::onTrial(const RemoteAnswer &answer)
{
    m_askedTrial = false;
    if (answer.status != 200) {
        m_knowsTrials = answer.status != 404;
        return;
    }
    const Json json = jsonOf(answer);
    const Json past = memberOf(json, "past");
    const Json running = memberOf(json, "trial");
    takeTrial(running.is_object() || past.empty() ? running : past.front());
}

void RemoteConfig::takeTrial(const Json &json)
{
    const auto trial = runtime::trialFromJson(json);
    if (trial && (!m_trial || *m_trial != *trial)) {
        m_trial = std::make_shared<const TrialView>(*trial);
        Q_EMIT trialChanged();
    }
}

void RemoteConfig::onConfig(const RemoteAnswer &answer)
{
    m_asked = false;
    const Json json = jsonOf(answer);
    const QString revision = textOf(json, "revision");
    if (answer.status != 200 || revision.isEmpty()) {
        m_problem = answer.status == 404 ? tr("The gateway is too old to tell its configuration.")
                                         : problemIn(answer);
        refreshFixed();
        return;
    }
    m_problem.clear();
    m_running.revision = revision;
    m_running.number = JsonFields(json).integer("number");
    m_running.text = textOf(json, "text");
    m_running.settings = settingsOf(m_running.text);
    m_gatewaysReason = textOf(json, "why_fixed");
    refreshFixed();
    Q_EMIT changed();
}

void RemoteConfig::refreshFixed()
{
    const ui::Connection connection = m_source.connection();
    QString why = m_gatewaysReason;
    if (!m_problem.isEmpty()) {
        why = m_problem;
    }
    if (connection.viewer) {
        why = tr("A viewer may not change the configuration: %1 reads everything and changes "
                 "nothing.")
                  .arg(connection.person);
    }
    if (connection.state != State::Connected) {
        why = tr("The gateway does not answer: its configuration cannot be changed now.");
    }
    if (std::exchange(m_running.whyFixed, why) != why) {
        Q_EMIT changed();
    }
}

void RemoteConfig::onApplied(quint64 id, const RemoteAnswer &answer)
{
    ui::ApplyOutcome outcome = outcomeOf(answer);
    if (outcome.kind == ui::ApplyOutcome::Kind::Failed && outcome.problem.isEmpty()) {
        outcome.problem = problemIn(answer);
    }
    // Who hears that it was applied sees what runs: the snapshots tell of it half a second later.
    m_http.get(u"config"_s, {}, [this, id, outcome](const RemoteAnswer &now) {
        onConfig(now);
        Q_EMIT applied(id, outcome);
    });
}

void RemoteConfig::apply(quint64 id,
                         const QString &text,
                         const QString &base,
                         const QString &why,
                         const ui::ChangeOrigin &origin)
{
    QByteArray body = text.toUtf8();
    if (origin.foretold || origin.proposal != 0) {
        Json told{{"config", text.toStdString()}};
        if (origin.foretold) {
            told["expected"] = runtime::toJson(*origin.foretold);
        }
        if (origin.proposal != 0) {
            told["proposal"] = origin.proposal;
        }
        body = QByteArray::fromStdString(runtime::toText(told));
    }
    m_http.change(u"config/apply"_s,
                  reasonQuery(why),
                  base,
                  body,
                  [this, id](const RemoteAnswer &answer) { onApplied(id, answer); });
}

void RemoteConfig::applyToShare(quint64 id,
                                const QString &text,
                                const QString &base,
                                const QString &why,
                                const TrialTerms &terms,
                                qint64 proposal)
{
    Json body{{"config", text.toStdString()},
              {"share", terms.share},
              {"watch_s", static_cast<double>(terms.period.count()) / 1000}};
    if (terms.expected) {
        body["expected"] = runtime::toJson(*terms.expected);
    }
    if (proposal != 0) {
        body["proposal"] = proposal;
    }
    m_http.change(u"config/apply"_s,
                  reasonQuery(why),
                  base,
                  QByteArray::fromStdString(runtime::toText(body)),
                  [this, id](const RemoteAnswer &answer) {
                      takeTrial(memberOf(jsonOf(answer), "trial"));
                      onApplied(id, answer);
                  });
}

void RemoteConfig::endTrial(quint64 id, bool takeOver, const QString &why)
{
    const std::string body = runtime::toText(Json{{"reason", why.toStdString()}});
    m_http.post(takeOver ? u"config/trial/takeover"_s : u"config/trial/rollback"_s,
                QByteArray::fromStdString(body),
                [this, id](const RemoteAnswer &answer) {
                    const Json json = jsonOf(answer);
                    takeTrial(memberOf(json, "trial"));
                    QString problem = textOf(memberOf(json, "error"), "message");
                    if (answer.status != 200 && problem.isEmpty()) {
                        problem = problemIn(answer);
                    }
                    Q_EMIT trialEnded(id, problem);
                });
}

void RemoteConfig::rollBack(quint64 id, qint64 number, const QString &base, const QString &why)
{
    const std::string body = runtime::toText(
        Json{{"number", number}, {"reason", why.toStdString()}});
    m_http.change(u"config/rollback"_s,
                  {},
                  base,
                  QByteArray::fromStdString(body),
                  [this, id](const RemoteAnswer &answer) { onApplied(id, answer); });
}

void RemoteConfig::askProposals(quint64 id)
{
    m_http.get(u"proposals"_s, {}, [this, id](const RemoteAnswer &answer) {
        const Json list = memberOf(jsonOf(answer), "proposals");
        if (answer.status != 200 || !list.is_array()) {
            Q_EMIT proposalsArrived(id, {}, problemIn(answer));
            return;
        }
        std::vector<Proposal> proposals;
        for (const Json &each : list) {
            proposals.push_back(runtime::proposalFromJson(each));
        }
        Q_EMIT proposalsArrived(id, proposals, {});
    });
}

void RemoteConfig::refuseProposal(quint64 id, qint64 number, const QString &why)
{
    const std::string body = runtime::toText(Json{{"reason", why.toStdString()}});
    m_http.post(u"proposals/%1/refuse"_s.arg(number),
                QByteArray::fromStdString(body),
                [this, id](const RemoteAnswer &answer) {
                    QString problem = textOf(memberOf(jsonOf(answer), "error"), "message");
                    if (answer.status != 200 && problem.isEmpty()) {
                        problem = problemIn(answer);
                    }
                    Q_EMIT proposalRefused(id, problem);
                });
}

void RemoteConfig::askRevisions(quint64 id)
{
    m_http.get(u"config/revisions"_s, {}, [this, id](const RemoteAnswer &answer) {
        const Json list = memberOf(jsonOf(answer), "revisions");
        if (answer.status != 200 || !list.is_array()) {
            Q_EMIT revisionsArrived(id, {}, problemIn(answer));
            return;
        }
        std::vector<runtime::Revision> past;
        for (const Json &each : list) {
            if (auto revision = runtime::revisionFromJson(each)) {
                past.push_back(std::move(*revision));
            }
        }
        if (const Json truth = memberOf(jsonOf(answer), "truth"); truth.is_object()) {
            Q_EMIT truthArrived(runtime::truthFromJson(truth));
        }
        Q_EMIT revisionsArrived(id, app::viewOf(past), {});
    });
}

void RemoteConfig::askRevision(quint64 id, qint64 number)
{
    m_http.get(u"config/revisions/%1"_s.arg(number), {}, [this, id](const RemoteAnswer &answer) {
        const Json json = jsonOf(answer);
        if (answer.status != 200 || !json.contains("text")) {
            Q_EMIT revisionArrived(id, {}, {}, problemIn(answer));
            return;
        }
        const QString text = textOf(json, "text");
        const bool first = memberOf(json, "before").is_null();
        const auto changes = first ? std::vector<ui::DiffHunk>()
                                   : diff(textOf(json, "before"), text);
        Q_EMIT revisionArrived(id, text, changes, {});
    });
}

void RemoteConfig::explain(quint64 id, const QByteArray &body, const QString &text)
{
    const auto request = runtime::parseJson(
        {body.constData(), static_cast<std::size_t>(body.size())});
    Json question{{"request", request.value_or(Json())}};
    if (!text.isEmpty()) {
        question["config"] = text.toStdString();
    }
    m_http.post(
        u"config/explain"_s,
        QByteArray::fromStdString(runtime::toText(question)),
        [this, id](const RemoteAnswer &answer) {
            const Json json = jsonOf(answer);
            const auto facts = runtime::factsFromJson(memberOf(json, "facts"));
            const auto decision = runtime::decisionFromJson(memberOf(json, "decision"));
            if (answer.status != 200 || !facts || !decision) {
                Q_EMIT explained(id, {nullptr, problemIn(answer)});
                return;
            }
            RequestRecord record;
            record.operation = JsonFields(json).text("operation");
            record.modelAsked = JsonFields(json).text("model");
            record.configRevision = JsonFields(json).text("config_revision");
            record.stream = facts->stream;
            for (const std::string &name : JsonFields(json).texts("needs")) {
                if (const auto feature = featureFromString(name)) {
                    record.needs.insert(*feature);
                }
            }
            record.facts = *facts;
            record.decision = *decision;
            record.route = decision->route;
            record.rule = decision->rule;
            Q_EMIT explained(id, {std::make_shared<const RequestRecord>(std::move(record)), {}});
        });
}

} // namespace signalbox::app
