// SPDX-License-Identifier: Apache-2.0
// How a gateway comes by another configuration, and who is told.
#include "core/runtime/clock.h"
#include "core/runtime/service.h"

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
    }
}

bool Service::changeConfiguration(ConfigChange change, ConfigKeeper::Done done)
{
    const std::string action = change.restore == 0 ? "config.apply" : "config.rollback";
    return m_config->change(
        change,
        [this, who = change.who, why = change.why, action, done](const ConfigOutcome &outcome) {
            if (outcome.changed) {
                auditChange(who, why, action);
            }
            for (const std::string &warning : outcome.warnings) {
                m_log.event(Log::Level::Warning, "config_warning", {{"problem", warning}});
            }
            done(outcome);
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
