// SPDX-License-Identifier: Apache-2.0
// Puts a changed configuration on trial for a share of the traffic, and does what comes of it.
#pragma once

#include "core/gateway/gateway.h"
#include "core/runtime/config_keeper.h"
#include "core/runtime/doors.h"
#include "core/runtime/trials.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace signalbox::runtime {

/// Used on the loop's thread, but for what says otherwise. While a trial runs the file says what was
/// before it: whatever happens to the program, that is in force at the next start.
class TrialKeeper
{
public:
    /// A share from one hundredth to one half, for ten seconds to a day.
    static constexpr double kShareMin = 0.01;
    static constexpr double kShareMax = 0.5;
    static constexpr Millis kPeriodMin{10'000};
    static constexpr Millis kPeriodMax{86'400'000};

    struct Doors
    {
        std::function<std::shared_ptr<const ConfigState>()> state;
        std::function<bool(std::string text, ConfigKeeper::Done)> check;
        std::function<bool(ConfigChange, ConfigKeeper::Done)> change;
        /// What happened to a trial, `config.trial` and the like: for log and audit.
        std::function<void(const std::string &action, const TrialView &trial)> tell;
        /// That the book could not be written.
        std::function<void(const std::string &problem)> complain;
    };

    /// \p file is the book, empty: in memory. One that ran when the program ended is told of at once.
    TrialKeeper(gateway::Gateway &gateway, const std::string &file, Doors doors, SystemTime now);

    /// Checks \p change and puts it on trial; the outcome's `trial` is its number then. False when too
    /// much waits already: \p done is not called. \pre change.restore is 0
    [[nodiscard]] bool begin(ConfigChange change, TrialTerms terms, ConfigKeeper::Done done);
    /// The former configuration serves all again. False: no trial runs.
    bool rollBack(const std::string &who, const std::string &why, SystemTime now);
    /// It serves all from now on, as any applied change. False: no trial runs, or it takes over already.
    bool takeOver(const std::string &who, const std::string &why, ConfigKeeper::Done done);
    /// To be called some times a second: ends what has been decided.
    void tick(Now now);
    /// The configuration \p revision has come into force.
    void configured(const std::string &revision, SystemTime now);

    /// Oldest first; one that runs is the last.
    [[nodiscard]] const std::deque<TrialView> &all() const { return m_book.all(); }
    /// From any thread: the newest, running or ended; null: none is known.
    [[nodiscard]] std::shared_ptr<const TrialView> newest() const { return m_newest.read(); }

private:
    struct Running
    {
        TrialView view;
        std::string text;
        std::int64_t proposal = 0; ///< that the change takes over
        std::optional<TrialEnd> takesOverAs; ///< it is being applied
    };

    void start(const ConfigChange &change,
               TrialTerms terms,
               SystemTime now,
               const ConfigKeeper::Done &done);
    void refresh();
    void apply(TrialEnd as,
               const std::string &who,
               const std::string &why,
               const ConfigKeeper::Done &done);
    void end(TrialEnd end, const std::string &who, SystemTime now);
    void publish(const TrialView &view);
    void save();

    gateway::Gateway &m_gateway;
    Doors m_doors;
    TrialBook m_book;
    std::optional<Running> m_running;
    SteadyTime m_refreshAt{};
    Latest<TrialView> m_newest;
};

} // namespace signalbox::runtime
