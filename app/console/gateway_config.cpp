// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/gateway_config.h"

#include "app/console/config_view.h"

#include "core/base/bounds.h"

#include <QTimer>

#include <utility>

namespace signalbox::app {

namespace {

constexpr const char *kWho = "console";

} // namespace

GatewayConfig::GatewayConfig(runtime::Service &service, ui::ConsoleSource &source, QObject *parent)
    : ConfigTexts(parent)
    , m_service(service)
    , m_answers(bounds::kConsoleResultsMax)
{
    connect(this, &GatewayConfig::rung, this, &GatewayConfig::take, Qt::QueuedConnection);
    connect(&source, &ui::ConsoleSource::doorbell, this, &GatewayConfig::look);
    look();
}

/// Takes over what is in force, if it is another state than the one known.
void GatewayConfig::look()
{
    if (const auto trial = m_service.trial(); trial != m_trial) {
        m_trial = trial;
        Q_EMIT trialChanged();
    }
    const auto state = m_service.configState();
    if (state == m_state) {
        return;
    }
    const bool sameText = m_state && m_state->revision == state->revision;
    const ui::RunningConfig before = m_running;
    m_state = state;
    if (!sameText) {
        m_running.text = QString::fromStdString(state->text);
        m_running.revision = QString::fromStdString(state->revision);
        m_running.settings = settingsOf(m_running.text);
    }
    const runtime::Revision *present = state->present();
    m_running.number = present == nullptr ? 0 : present->number;
    m_running.whyFixed = QString::fromStdString(state->whyFixed);
    if (!sameText || before.number != m_running.number || before.whyFixed != m_running.whyFixed) {
        Q_EMIT changed();
    }
}

void GatewayConfig::deliver(Answer answer)
{
    m_answers.put(std::move(answer));
    // One queued event at a time, however many answers there are.
    if (!m_rung.exchange(true)) {
        Q_EMIT rung();
    }
}

void GatewayConfig::take()
{
    m_rung = false;
    look(); // who hears that it was applied sees what runs
    for (const Answer &answer : m_answers.take().items) {
        answer();
    }
}

ui::ApplyOutcome GatewayConfig::viewOf(const runtime::ConfigOutcome &outcome,
                                       const std::string &text)
{
    using From = runtime::ConfigOutcome::Kind;
    using To = ui::ApplyOutcome::Kind;
    ui::ApplyOutcome view;
    switch (outcome.kind) {
    case From::Applied:
        view.kind = To::Applied;
        break;
    case From::Conflict:
        view.kind = To::Conflict;
        break;
    case From::Faulty:
        view.kind = To::Faulty;
        break;
    case From::Failed:
        view.kind = To::Failed;
        break;
    }
    view.revision = QString::fromStdString(outcome.revision);
    view.number = outcome.number;
    view.replaced = QString::fromStdString(outcome.replaced);
    view.trial = outcome.trial;
    view.theirs = QString::fromStdString(outcome.theirs);
    view.author = QString::fromStdString(outcome.author);
    view.time = outcome.time;
    view.faults = ConfigTexts::viewOf(outcome.faults, text);
    view.problem = QString::fromStdString(outcome.problem);
    return view;
}

void GatewayConfig::change(quint64 id, runtime::ConfigChange change, const std::string &text)
{
    const bool taken =
        m_service.changeConfiguration(std::move(change),
                                      [this, id, text](const runtime::ConfigOutcome &outcome) {
                                          deliver([this, id, view = viewOf(outcome, text)] {
                                              Q_EMIT applied(id, view);
                                          });
                                      });
    if (!taken) {
        ui::ApplyOutcome outcome;
        outcome.problem = tr("Too many changes of the configuration wait already.");
        deliver([this, id, outcome] { Q_EMIT applied(id, outcome); });
    }
}

void GatewayConfig::apply(quint64 id,
                          const QString &text,
                          const QString &base,
                          const QString &why,
                          const ui::ChangeOrigin &origin)
{
    change(id,
           {text.toStdString(),
            0,
            base.toStdString(),
            kWho,
            why.toStdString(),
            origin.foretold,
            origin.proposal},
           text.toStdString());
}

void GatewayConfig::applyToShare(quint64 id,
                                 const QString &text,
                                 const QString &base,
                                 const QString &why,
                                 const TrialTerms &terms,
                                 qint64 proposal)
{
    m_service.tryConfiguration(
        {text.toStdString(), 0, base.toStdString(), kWho, why.toStdString(), {}, proposal},
        terms,
        [this, id, text = text.toStdString()](const runtime::ConfigOutcome &outcome) {
            deliver([this, id, view = viewOf(outcome, text)] { Q_EMIT applied(id, view); });
        });
}

void GatewayConfig::endTrial(quint64 id, bool takeOver, const QString &why)
{
    m_service.endTrial(takeOver, why.toStdString(), [this, id](const std::string &problem) {
        deliver([this, id, problem] { Q_EMIT trialEnded(id, QString::fromStdString(problem)); });
    });
}

void GatewayConfig::rollBack(quint64 id, qint64 number, const QString &base, const QString &why)
{
    change(id, {{}, number, base.toStdString(), kWho, why.toStdString()}, {});
}

void GatewayConfig::askProposals(quint64 id)
{
    m_service.proposals([this, id](const std::vector<Proposal> &proposals) {
        deliver([this, id, proposals] { Q_EMIT proposalsArrived(id, proposals, {}); });
    });
}

void GatewayConfig::refuseProposal(quint64 id, qint64 number, const QString &why)
{
    m_service.refuseProposal(number, why.toStdString(), [this, id](const std::string &problem) {
        deliver(
            [this, id, problem] { Q_EMIT proposalRefused(id, QString::fromStdString(problem)); });
    });
}

void GatewayConfig::askRevisions(quint64 id)
{
    m_service.truth([this, id](const ForesightTruth &truth) {
        deliver([this, id, truth, past = app::viewOf(m_service.configState()->past)] {
            Q_EMIT truthArrived(truth);
            Q_EMIT revisionsArrived(id, past, {});
        });
    });
}

void GatewayConfig::askRevision(quint64 id, qint64 number)
{
    using Found = Result<runtime::RevisionText, std::string>;
    const bool taken = m_service.readRevision(number, [this, id](const Found &found) {
        deliver([this, id, found] {
            if (!found) {
                Q_EMIT revisionArrived(id, {}, {}, QString::fromStdString(found.error()));
                return;
            }
            const QString text = QString::fromStdString(found->text);
            const auto changes = found->before ? diff(QString::fromStdString(*found->before), text)
                                               : std::vector<ui::DiffHunk>();
            Q_EMIT revisionArrived(id, text, changes, {});
        });
    });
    if (!taken) {
        deliver([this, id] {
            Q_EMIT revisionArrived(id,
                                   {},
                                   {},
                                   tr("Too many changes of the configuration wait already."));
        });
    }
}

void GatewayConfig::explain(quint64 id, const QByteArray &body, const QString &text)
{
    std::shared_ptr<const Configuration> draft;
    if (!text.isEmpty() && text != m_running.text) {
        const ui::CheckedConfig checked = check(text);
        if (!checked.settings) {
            deliver([this, id, fault = checked.faults.front().message] {
                Q_EMIT explained(id, {nullptr, fault});
            });
            return;
        }
        draft = checked.settings;
    }
    using Told = Result<RequestRecord, gateway::ErrorAnswer>;
    m_service.explain(std::move(draft), body.toStdString(), [this, id](const Told &told) {
        ui::Explanation explanation;
        if (told) {
            explanation.record = std::make_shared<const RequestRecord>(*told);
        } else {
            explanation.problem = QString::fromStdString(told.error().message);
        }
        deliver([this, id, explanation] { Q_EMIT explained(id, explanation); });
    });
}

} // namespace signalbox::app
