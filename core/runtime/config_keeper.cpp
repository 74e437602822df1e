// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/config_keeper.h"

#include "core/domain/changed_routes.h"
#include "core/runtime/clock.h"
#include "core/runtime/replace_file.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <filesystem>
#include <iterator>
#include <utility>

namespace signalbox::runtime {

using Kind = ConfigOutcome::Kind;
using Cause = Revision::Cause;

namespace {

ConfigOutcome failed(std::string problem)
{
    ConfigOutcome outcome;
    outcome.problem = std::move(problem);
    return outcome;
}

ConfigOutcome faulty(Faults faults)
{
    ConfigOutcome outcome = failed("The configuration is faulty; nothing was changed.");
    outcome.kind = Kind::Faulty;
    outcome.faults = std::move(faults);
    return outcome;
}

} // namespace

ConfigKeeper::ConfigKeeper(boost::asio::io_context &loop,
                           Options options,
                           const std::string &text,
                           SecretStore &secrets,
                           Apply apply)
    : m_loop(loop)
    , m_options(std::move(options))
    , m_secrets(secrets)
    , m_apply(std::move(apply))
    , m_text(text)
    , m_revision(revisionOf(text))
    , m_store(m_options.revisions)
    , m_thread("configuration", kJobsMax)
{
    const std::lock_guard lock(m_mutex);
    m_store.open();
    (void)keepPresent(); // tried again before anything is replaced
    publish();
}

bool ConfigKeeper::change(ConfigChange change, Done done)
{
    return m_thread.add([this, change = std::move(change), done = std::move(done)] {
        std::optional<ReadyConfiguration> ready;
        ConfigOutcome outcome;
        {
            const std::lock_guard lock(m_mutex);
            outcome = perform(change, ready);
            publish();
        }
        answer(done, std::move(outcome), std::move(ready));
    });
}

void ConfigKeeper::answer(const Done &done,
                          ConfigOutcome outcome,
                          std::optional<ReadyConfiguration> ready)
{
    auto shared = std::make_shared<std::optional<ReadyConfiguration>>(std::move(ready));
    boost::asio::post(m_loop, [this, done, outcome = std::move(outcome), shared] {
        // A reload may have been faster on its way here.
        if (*shared && (*shared)->configuration->revision == state()->revision) {
            m_apply(std::move(**shared));
        }
        done(outcome);
    });
}

std::optional<ConfigOutcome> ConfigKeeper::conflict(const ConfigChange &change,
                                                    const std::string &text) const
{
    ConfigOutcome outcome;
    outcome.kind = Kind::Conflict;
    if (change.base != "*" && change.base != m_revision) {
        const bool known = m_store.endsWith(m_revision);
        outcome.revision = m_revision;
        outcome.theirs = m_text;
        outcome.number = known ? m_store.all().back().number : 0;
        outcome.author = known ? m_store.all().back().who : std::string();
        outcome.time = known ? std::optional(m_store.all().back().time) : std::nullopt;
        outcome.problem = "Revision " + m_revision
                          + (outcome.author.empty() ? "" : " by " + outcome.author)
                          + " is in force, and the change began with another one; nothing was "
                            "changed.";
        return outcome;
    }
    std::error_code error;
    if (m_options.file.empty() || !std::filesystem::exists(m_options.file, error)) {
        return std::nullopt;
    }
    const auto inFile = readConfigText(m_options.file);
    if (!inFile) {
        return failed(m_options.file + ": " + inFile.error() + "; nothing was changed.");
    }
    if (*inFile == m_text || *inFile == text) {
        return std::nullopt;
    }
    outcome.revision = revisionOf(*inFile);
    outcome.theirs = *inFile;
    outcome.author = "file";
    outcome.problem = m_options.file + " was edited and not read again since; nothing was changed.";
    return outcome;
}

ConfigOutcome ConfigKeeper::perform(const ConfigChange &change,
                                    std::optional<ReadyConfiguration> &ready)
{
    if (auto kept = keepPresent(); !kept) {
        return failed("What is in force cannot be kept for a rollback, so nothing was changed: "
                      + kept.error());
    }
    auto text = change.restore == 0 ? Result<std::string, std::string>(change.text)
                                    : m_store.text(change.restore);
    if (!text) {
        return failed(text.error());
    }
    if (auto refused = conflict(change, *text)) {
        return std::move(*refused);
    }
    auto made = makeReady(*text, m_options.file, m_secrets);
    if (!made) {
        return faulty(made.error());
    }
    if (auto written = put(*text); !written) {
        return failed(written.error());
    }
    ConfigOutcome outcome;
    outcome.kind = Kind::Applied;
    outcome.warnings = made->secretProblems;
    const auto routes = routesChanged(*made->configuration);
    outcome.replaced = std::exchange(m_revision, made->configuration->revision);
    outcome.revision = m_revision;
    outcome.changed = outcome.replaced != m_revision;
    m_text = *text;
    if (outcome.changed) {
        Revision revision;
        revision.cause = change.restore == 0 ? Cause::Applied : Cause::RolledBack;
        revision.restored = change.restore;
        revision.who = change.who;
        revision.why = change.why;
        revision.routes = routes;
        if (change.foretold && !routes.empty()) {
            revision.followUp = FollowUp{*change.foretold, {}, {}, false};
        }
        if (auto kept = keep(std::move(revision), m_text); !kept) {
            outcome.warnings.push_back("It is in force, but is not kept: " + kept.error());
        }
    }
    outcome.number = m_store.endsWith(m_revision) ? m_store.all().back().number : 0;
    ready = std::move(*made);
    return outcome;
}

/// Against what is in force.
std::vector<std::string> ConfigKeeper::routesChanged(const Configuration &next) const
{
    const auto present = settingsOf(m_text);
    return present ? changedRoutes(*present, next) : std::vector<std::string>();
}

bool ConfigKeeper::follow(std::int64_t number,
                          const FollowUp &followUp,
                          std::function<void(const std::string &problem)> done)
{
    return m_thread.add([this, number, followUp, done = std::move(done)] {
        std::string problem;
        {
            const std::lock_guard lock(m_mutex);
            if (const auto kept = m_store.setFollowUp(number, followUp); !kept) {
                problem = kept.error();
            }
            publish();
        }
        boost::asio::post(m_loop, [done, problem = std::move(problem)] { done(problem); });
    });
}

/// The file's new text, unless it says that already.
Status<std::string> ConfigKeeper::put(const std::string &text)
{
    if (m_options.file.empty()) {
        return Nothing{};
    }
    const auto inFile = readConfigText(m_options.file);
    return inFile && *inFile == text ? Status<std::string>(Nothing{})
                                     : replaceFile(m_options.file, text);
}

bool ConfigKeeper::check(std::string text, Done done)
{
    return m_thread.add([this, text = std::move(text), done = std::move(done)] {
        auto made = makeReady(text, m_options.file, m_secrets);
        ConfigOutcome outcome = made ? ConfigOutcome() : faulty(made.error());
        if (made) {
            outcome.kind = Kind::Applied;
            outcome.revision = made->configuration->revision;
            outcome.warnings = made->secretProblems;
        }
        answer(done, std::move(outcome), std::nullopt);
    });
}

bool ConfigKeeper::readRevision(std::int64_t number, Read done)
{
    return m_thread.add([this, number, done = std::move(done)] {
        Result<RevisionText, std::string> found = Failure{std::string()};
        {
            const std::lock_guard lock(m_mutex);
            found = find(number);
        }
        boost::asio::post(m_loop, [done, found = std::move(found)] { done(found); });
    });
}

Result<RevisionText, std::string> ConfigKeeper::find(std::int64_t number) const
{
    auto text = m_store.text(number);
    if (!text) {
        return Failure{text.error()};
    }
    const auto found = std::ranges::find(m_store.all(), number, &Revision::number);
    RevisionText read{*found, std::move(*text), std::nullopt};
    if (found != m_store.all().begin()) {
        auto before = m_store.text(std::prev(found)->number);
        read.before = before ? std::optional(std::move(*before)) : std::nullopt;
    }
    return read;
}

Result<std::string, std::string> ConfigKeeper::textOf(std::int64_t number)
{
    const std::lock_guard lock(m_mutex);
    return m_store.text(number);
}

Result<ReadyConfiguration, Problems> ConfigKeeper::reload(const std::string &who)
{
    const std::lock_guard lock(m_mutex);
    auto ready = readConfigurationFile(m_options.file, m_secrets);
    if (ready && ready->configuration->revision != m_revision) {
        (void)keepPresent();
        auto routes = routesChanged(*ready->configuration);
        m_text = ready->text;
        m_revision = ready->configuration->revision;
        Revision revision;
        revision.cause = who == "file" ? Cause::File : Cause::Applied;
        revision.who = who;
        revision.routes = std::move(routes);
        (void)keep(std::move(revision), m_text); // its successor tries again
        publish();
    }
    return ready;
}

Status<std::string> ConfigKeeper::keep(Revision revision, const std::string &text)
{
    revision.revision = revisionOf(text);
    revision.time = readClock().system;
    return m_store.add(std::move(revision), text);
}

Status<std::string> ConfigKeeper::keepPresent()
{
    if (m_store.endsWith(m_revision)) {
        return Nothing{};
    }
    Revision revision;
    revision.cause = Cause::Start;
    revision.who = "gateway";
    return keep(std::move(revision), m_text);
}

void ConfigKeeper::publish()
{
    auto state = std::make_shared<ConfigState>();
    state->text = m_text;
    state->revision = m_revision;
    state->file = m_options.file;
    state->whyFixed = m_options.file.empty() ? std::string() : whyNotReplaceable(m_options.file);
    state->past.assign(m_store.all().rbegin(), m_store.all().rend());
    m_state.publish(std::move(state));
}

} // namespace signalbox::runtime
