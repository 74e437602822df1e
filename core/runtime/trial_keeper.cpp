// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/trial_keeper.h"

#include "core/runtime/clock.h"
#include "core/runtime/config_file.h"

#include <utility>

namespace signalbox::runtime {

namespace {

using Kind = ConfigOutcome::Kind;

constexpr Seconds kRefreshEvery{1};

ConfigOutcome failed(std::string problem)
{
    ConfigOutcome outcome;
    outcome.problem = std::move(problem);
    return outcome;
}

/// As ConfigKeeper says it of a change that is applied.
std::optional<ConfigOutcome> conflict(const ConfigChange &change, const ConfigState &state)
{
    if (change.base == "*" || change.base == state.revision) {
        return std::nullopt;
    }
    ConfigOutcome outcome = failed("Revision " + state.revision
                                   + " is in force, and the change began with another one; nothing "
                                     "was changed.");
    outcome.kind = Kind::Conflict;
    outcome.revision = state.revision;
    outcome.theirs = state.text;
    if (const Revision *present = state.present()) {
        outcome.number = present->number;
        outcome.author = present->who;
        outcome.time = present->time;
    }
    return outcome;
}

} // namespace

TrialKeeper::TrialKeeper(gateway::Gateway &gateway,
                         const std::string &file,
                         Doors doors,
                         SystemTime now)
    : m_gateway(gateway)
    , m_doors(std::move(doors))
    , m_book(file)
{
    if (m_book.all().empty()) {
        return;
    }
    TrialView newest = m_book.all().back();
    if (!newest.end) {
        newest.end = TrialEnd::Restarted;
        newest.ended = now;
        newest.endedBy = "gateway";
        m_book.replace(newest);
        save();
        m_doors.tell("config.trial.restarted", newest);
    }
    publish(newest);
}

bool TrialKeeper::begin(ConfigChange change, TrialTerms terms, ConfigKeeper::Done done)
{
    if (!(terms.share >= kShareMin && terms.share <= kShareMax) || terms.period < kPeriodMin
        || terms.period > kPeriodMax) {
        done(failed("A trial takes a share from 0.01 to 0.5, for 10 seconds to a day."));
        return true;
    }
    std::string text = change.text;
    return m_doors.check(std::move(text),
                         [this, change = std::move(change), terms = std::move(terms), done](
                             const ConfigOutcome &checked) {
                             if (checked.kind != Kind::Applied) {
                                 done(checked);
                             } else {
                                 start(change, terms, readClock().system, done);
                             }
                         });
}

void TrialKeeper::start(const ConfigChange &change,
                        TrialTerms terms,
                        SystemTime now,
                        const ConfigKeeper::Done &done)
{
    const auto state = m_doors.state();
    if (auto refused = conflict(change, *state)) {
        done(*refused);
        return;
    }
    auto settings = settingsOf(change.text);
    if (!settings) {
        done(failed("The configuration cannot be read."));
        return;
    }
    const std::string revision = settings->revision;
    const auto begun = m_gateway.beginTrial(std::make_shared<const Configuration>(
                                                *std::move(settings)),
                                            std::move(terms),
                                            readClock());
    if (!begun) {
        done(failed(begun.error()));
        return;
    }
    m_running = Running{m_gateway.trial()->view(), change.text, change.proposal, {}};
    m_running->view.base = state->revision;
    m_running->view.began = now;
    m_running->view.who = change.who;
    m_running->view.why = change.why;
    m_running->view.number = m_book.add(m_running->view);
    save();
    publish(m_running->view);
    m_doors.tell("config.trial", m_running->view);
    ConfigOutcome outcome;
    outcome.kind = Kind::Applied;
    outcome.revision = revision;
    outcome.replaced = state->revision;
    outcome.trial = m_running->view.number;
    done(outcome);
}

/// Takes the figures over; who began it and when stays.
void TrialKeeper::refresh()
{
    if (m_gateway.trial() == nullptr) {
        return;
    }
    const TrialView now = m_gateway.trial()->view();
    m_running->view.expected = now.expected;
    m_running->view.measured = now.measured;
    m_running->view.onTrial = now.onTrial;
    m_running->view.others = now.others;
    m_running->view.doubt = now.doubt;
}

void TrialKeeper::tick(Now now)
{
    if (!m_running || m_running->takesOverAs) {
        return;
    }
    const auto verdict = m_gateway.trial() == nullptr ? std::optional(TrialEnd::Superseded)
                                                      : m_gateway.trial()->verdict(now.steady);
    if (verdict == TrialEnd::Passed) {
        apply(*verdict, "gateway", m_running->view.why, [](const ConfigOutcome &) {});
    } else if (verdict) {
        refresh();
        end(*verdict, "gateway", now.system);
    } else if (now.steady >= m_refreshAt) {
        m_refreshAt = now.steady + kRefreshEvery;
        refresh();
        publish(m_running->view);
    }
}

bool TrialKeeper::rollBack(const std::string &who, const std::string &why, SystemTime now)
{
    if (!m_running || m_running->takesOverAs) {
        return false;
    }
    refresh();
    m_running->view.problem = why;
    end(TrialEnd::RolledBack, who, now);
    return true;
}

bool TrialKeeper::takeOver(const std::string &who, const std::string &why, ConfigKeeper::Done done)
{
    if (!m_running || m_running->takesOverAs) {
        return false;
    }
    apply(TrialEnd::TakenOver, who, why.empty() ? m_running->view.why : why, done);
    return true;
}

void TrialKeeper::apply(TrialEnd as,
                        const std::string &who,
                        const std::string &why,
                        const ConfigKeeper::Done &done)
{
    refresh();
    m_running->takesOverAs = as;
    // Whoever began it is who changed the configuration, unless an operator did not want to wait.
    const std::string author = as == TrialEnd::Passed ? m_running->view.who : who;
    const auto finish = [this, as, who, done](const ConfigOutcome &outcome) {
        if (outcome.kind == Kind::Applied) {
            m_running->view.applied = outcome.number;
            end(as, who, readClock().system);
        } else {
            m_running->view.problem = outcome.problem;
            end(TrialEnd::NotApplied, who, readClock().system);
        }
        done(outcome);
    };
    const ConfigChange change{m_running->text,
                              0,
                              m_running->view.base,
                              author,
                              why,
                              m_running->view.terms.expected,
                              m_running->proposal};
    if (!m_doors.change(change, finish)) {
        finish(failed("Too many changes of the configuration wait already."));
    }
}

void TrialKeeper::end(TrialEnd end, const std::string &who, SystemTime now)
{
    TrialView view = std::exchange(m_running, std::nullopt)->view;
    view.end = end;
    view.ended = now;
    view.endedBy = who;
    m_gateway.endTrial();
    m_book.replace(view);
    save();
    publish(view);
    m_doors.tell("config.trial." + std::string(toString(end)), view);
}

void TrialKeeper::configured(const std::string &revision, SystemTime now)
{
    if (m_running && !m_running->takesOverAs && revision != m_running->view.base) {
        end(TrialEnd::Superseded, "gateway", now);
    }
}

void TrialKeeper::publish(const TrialView &view)
{
    m_newest.publish(std::make_shared<const TrialView>(view));
}

void TrialKeeper::save()
{
    if (const auto saved = m_book.save(); !saved) {
        m_doors.complain(saved.error());
    }
}

} // namespace signalbox::runtime
