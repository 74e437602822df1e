// SPDX-License-Identifier: Apache-2.0
// How a gateway comes by another configuration, and who is told.
#include "core/runtime/clock.h"
#include "core/runtime/service.h"

#include <boost/asio/post.hpp>
#include <cmath>
#include <utility>

namespace signalbox::runtime {

void Service::reload(const std::string &who)
{
    if (m_options.configPath.empty()) {
        return;
    }
    const std::string before = m_config->state()->revision;
    auto ready = m_config->reload(who);
    if (!ready) {
        for (const std::string &problem : ready.error()) {
            m_log.event(Log::Level::Error, "reload_refused", {{"problem", problem}});
        }
        return;
    }
    apply(std::move(*ready));
    if (m_config->state()->revision != before) {
        auditChange(who, {}, "config.reload");
        m_proposals->configured(m_gateway->configuration(), who, 0, readClock().system);
    }
}

bool Service::changeConfiguration(ConfigChange change, ConfigKeeper::Done done)
{
    const std::string action = change.restore == 0 ? "config.apply" : "config.rollback";
    return m_config->change(
        change,
        [this, who = change.who, why = change.why, proposal = change.proposal, action, done](
            const ConfigOutcome &outcome) {
            if (outcome.changed) {
                auditChange(who, why, action);
                m_proposals->configured(m_gateway->configuration(),
                                        who,
                                        proposal,
                                        readClock().system);
            }
            for (const std::string &warning : outcome.warnings) {
                m_log.event(Log::Level::Warning, "config_warning", {{"problem", warning}});
            }
            done(outcome);
        });
}

/// A gateway whose configuration is in no file tries changes all the same, and keeps no book of them.
void Service::openTrials()
{
    const bool kept = !m_options.configPath.empty();
    m_trials = std::make_unique<TrialKeeper>(
        *m_gateway,
        kept ? trialsPath(m_options.stateDir) : std::string(),
        TrialKeeper::Doors{
            .state = [this] { return m_config->state(); },
            .check =
                [this](std::string text, ConfigKeeper::Done done) {
                    return m_config->check(std::move(text), std::move(done));
                },
            .change =
                [this](ConfigChange change, ConfigKeeper::Done done) {
                    return changeConfiguration(std::move(change), std::move(done));
                },
            .tell = [this](const std::string &action,
                           const TrialView &trial) { auditTrial(action, trial); },
            .complain =
                [this](const std::string &problem) {
                    m_log.event(Log::Level::Warning, "trials_not_kept", {{"problem", problem}});
                }},
        readClock().system);
    m_admin->setTrials(*m_trials);
}

/// What was foretold of a change is compared with the ledger, on a thread of its own.
void Service::openFollowUps()
{
    m_followQueries = std::make_unique<QueryWorker>(m_loop, m_place);
    m_followUps = std::make_unique<FollowUps>(FollowUps::Doors{
        .state = [this] { return m_config->state(); },
        .read =
            [this](FollowUpQuestion question, FollowUps::Found found) {
                return m_followQueries->ask(
                    [this, question = std::move(question), found = std::move(found)](
                        Result<LedgerReader, LedgerError> &reader) {
                        std::optional<EffectFigures> figures;
                        if (reader) {
                            figures = figuresOf(*reader, question, [this] {
                                          return !m_endsFollowing.load();
                                      }).valueOr(std::nullopt);
                        }
                        return QueryWorker::Answer([found, figures] { found(figures); });
                    });
            },
        .keep =
            [this](std::int64_t number, const FollowUp &followUp) {
                const auto complain = [this](const std::string &problem) {
                    if (!problem.empty()) {
                        m_log.event(Log::Level::Warning,
                                    "follow_up_not_kept",
                                    {{"problem", problem}});
                    }
                };
                (void)m_config->follow(number, followUp, complain); // else with the next look
            }});
}

void Service::truth(std::function<void(ForesightTruth)> done)
{
    boost::asio::post(m_loop, [this, done = std::move(done)] {
        done(truthOf(m_trials->all(), m_config->state()->past));
    });
}

void Service::auditTrial(const std::string &action, const TrialView &trial)
{
    const auto percent = std::to_string(std::lround(trial.terms.share * 100));
    const std::string detail = trial.end
                                   ? reasonOf(trial)
                                   : percent + " % of the requests first, for "
                                         + std::to_string(trial.terms.period.count() / 1000) + " s";
    const std::string &who = trial.end ? trial.endedBy : trial.who;
    const std::string &why = trial.end == TrialEnd::RolledBack ? trial.problem : trial.why;
    m_ledger.submitAudit({0, readClock().system, who, action, trial.revision, why, detail});
    const bool wrong = trial.end && !isTakenOver(*trial.end) && *trial.end != TrialEnd::RolledBack;
    m_log.event(wrong ? Log::Level::Warning : Log::Level::Info,
                "trial",
                {{"number", std::to_string(trial.number)},
                 {"revision", trial.revision},
                 {"state", trial.end ? std::string(toString(*trial.end)) : "running"},
                 {"reason", detail}});
}

void Service::tryConfiguration(ConfigChange change, TrialTerms terms, ConfigKeeper::Done done)
{
    boost::asio::post(m_loop, [this, change = std::move(change), terms, done = std::move(done)] {
        if (!m_trials->begin(change, terms, done)) {
            ConfigOutcome outcome;
            outcome.problem = "Too many changes of the configuration wait already.";
            done(outcome);
        }
    });
}

void Service::endTrial(bool takeOver,
                       std::string why,
                       std::function<void(std::string problem)> done)
{
    boost::asio::post(m_loop, [this, takeOver, why = std::move(why), done = std::move(done)] {
        const std::string none = "No change is on trial any more.";
        if (!takeOver) {
            done(m_trials->rollBack("console", why, readClock().system) ? std::string() : none);
            return;
        }
        const auto told = [done](const ConfigOutcome &outcome) { done(outcome.problem); };
        if (!m_trials->takeOver("console", why, told)) {
            done(none);
        }
    });
}

void Service::proposals(std::function<void(std::vector<Proposal>)> done)
{
    boost::asio::post(m_loop, [this, done = std::move(done)] {
        const auto &all = m_proposals->all();
        done({all.rbegin(), all.rend()});
    });
}

void Service::refuseProposal(std::int64_t number,
                             std::string why,
                             std::function<void(std::string problem)> done)
{
    boost::asio::post(m_loop, [this, number, why = std::move(why), done = std::move(done)] {
        done(m_proposals->refuse(number, "console", why, readClock().system).problem);
    });
}

void Service::auditChange(const std::string &who, const std::string &why, const std::string &action)
{
    const auto state = m_config->state();
    std::string detail;
    if (const Revision *revision = state->present()) {
        detail = "revision " + std::to_string(revision->number) + ", +"
                 + std::to_string(revision->linesAdded) + " -"
                 + std::to_string(revision->linesRemoved) + " lines";
        detail += revision->restored == 0 ? "" : ", back to " + std::to_string(revision->restored);
    }
    m_ledger.submitAudit({0, readClock().system, who, action, state->revision, why, detail});
}

} // namespace signalbox::runtime
