// SPDX-License-Identifier: Apache-2.0
// The configuration in force, its file and its past: checks, compares, writes and keeps, off the
// gateway's thread.
#pragma once

#include "core/runtime/config_file.h"
#include "core/runtime/doors.h"
#include "core/runtime/job_thread.h"
#include "core/runtime/revision_store.h"

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::runtime {

/// What is in force, as one immutable value.
struct ConfigState
{
    std::string text;
    std::string revision;
    std::string file; ///< empty: it is in none
    std::string whyFixed; ///< why it cannot be changed, in a sentence; empty: it can
    std::vector<Revision> past; ///< newest first; the first is in force, once it is kept

    /// The one in force; null: it is not kept.
    [[nodiscard]] const Revision *present() const
    {
        return !past.empty() && past.front().revision == revision ? &past.front() : nullptr;
    }
};

struct ConfigChange
{
    std::string text; ///< the new one,
    std::int64_t restore = 0; ///< or that of this revision
    std::string base; ///< what the change began with; `*`: whatever is in force
    std::string who;
    std::string why;
    std::optional<ExpectedEffect> foretold = {}; ///< it is followed up then
    std::int64_t proposal = 0; ///< that it takes over, as it was or edited; 0: none
};

struct ConfigOutcome
{
    enum class Kind : std::uint8_t {
        Applied, ///< also where nothing had to change
        Conflict, ///< another one is in force, or stands in the file: `theirs`
        Faulty,
        Failed, ///< see `problem`
    };
    Kind kind = Kind::Failed;
    std::string revision = {}; ///< Applied: the new one; Conflict: theirs
    std::int64_t number = 0; ///< likewise; 0: it is not kept
    std::string replaced = {}; ///< Applied: the revision before
    std::int64_t trial = 0; ///< Applied to a share first, as the trial of this number
    bool changed = false; ///< Applied: there is a new revision
    std::string theirs = {}; ///< Conflict: their text
    std::string author = {}; ///< Conflict: who; `file`: somebody with an editor
    std::optional<SystemTime> time =
        {}; ///< Conflict: when; nothing: it is in the file, not in force
    Faults faults = {}; ///< Faulty
    std::string problem = {}; ///< in a sentence, whenever it was not applied
    std::vector<std::string> warnings = {}; ///< Applied: secrets that cannot be read, and the like
};

/// A revision's text, and what was before it.
struct RevisionText
{
    Revision revision;
    std::string text;
    std::optional<std::string> before; ///< nothing: it is the first that is kept
};

/// Its functions may be called from any thread, but for reload(); what they answer comes on the loop.
class ConfigKeeper
{
public:
    struct Options
    {
        std::string file; ///< empty: changes are in force until the program ends, and in no file
        std::string revisions; ///< the folder of the past; empty: in memory
    };
    using Apply = std::function<void(ReadyConfiguration)>;
    using Done = std::function<void(const ConfigOutcome &)>;
    using Read = std::function<void(const Result<RevisionText, std::string> &)>;
    static constexpr std::size_t kJobsMax = 16; ///< that wait; each is a human's wish

    /// \p text is in force. \p apply puts another in force, on the loop. \p secrets must outlive it.
    ConfigKeeper(boost::asio::io_context &loop,
                 Options options,
                 const std::string &text,
                 SecretStore &secrets,
                 Apply apply);
    ConfigKeeper(const ConfigKeeper &) = delete;
    ConfigKeeper &operator=(const ConfigKeeper &) = delete;

    [[nodiscard]] std::shared_ptr<const ConfigState> state() const { return m_state.read(); }
    /// Checks, compares with what is in force and in the file, writes the file, has it applied and
    /// keeps it: in this order, and nothing has changed where one of them fails. False when too much
    /// waits already; \p done is not called then.
    [[nodiscard]] bool change(ConfigChange change, Done done);
    [[nodiscard]] bool readRevision(std::int64_t number, Read done);
    /// Keeps what came of revision \p number. False when too much waits already; \p done hears a
    /// sentence where it could not be kept.
    [[nodiscard]] bool follow(std::int64_t number,
                              const FollowUp &followUp,
                              std::function<void(const std::string &problem)> done);
    /// The text of a revision at once, for who may wait for the disk: not for the loop's thread.
    [[nodiscard]] Result<std::string, std::string> textOf(std::int64_t number);
    /// Every fault and every secret of \p text that cannot be read; the latter as warnings. Changes
    /// nothing: the outcome is Applied where it could be.
    [[nodiscard]] bool check(std::string text, Done done);

    /// Reads the file again, on the caller's thread, which must be the loop's: it is in force from
    /// then on and the caller applies it. \p who edited it. \pre there is a file
    [[nodiscard]] Result<ReadyConfiguration, Problems> reload(const std::string &who);

private:
    void answer(const Done &done, ConfigOutcome outcome, std::optional<ReadyConfiguration> ready);
    [[nodiscard]] ConfigOutcome perform(const ConfigChange &change,
                                        std::optional<ReadyConfiguration> &ready);
    [[nodiscard]] std::optional<ConfigOutcome> conflict(const ConfigChange &change,
                                                        const std::string &text) const;
    [[nodiscard]] Result<RevisionText, std::string> find(std::int64_t number) const;
    [[nodiscard]] std::vector<std::string> routesChanged(const Configuration &next) const;
    [[nodiscard]] Status<std::string> put(const std::string &text);
    /// Keeps \p text as the newest; with the mutex held, as all below.
    [[nodiscard]] Status<std::string> keep(Revision revision, const std::string &text);
    [[nodiscard]] Status<std::string> keepPresent();
    void publish();

    boost::asio::io_context &m_loop;
    const Options m_options;
    SecretStore &m_secrets;
    const Apply m_apply;
    Latest<ConfigState> m_state;

    std::mutex m_mutex; ///< of what is in force and its past; held while the disk works
    std::string m_text;
    std::string m_revision;
    RevisionStore m_store;

    JobThread m_thread; ///< its end waits for the change that is being made
};

} // namespace signalbox::runtime
