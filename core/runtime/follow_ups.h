// SPDX-License-Identifier: Apache-2.0
// Looks up what happened after changes for which something was foretold, until a day has passed.
#pragma once

#include "core/runtime/config_keeper.h"
#include "core/runtime/ledger/ledger_reader.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::runtime {

/// Which requests a change is judged by.
struct FollowUpQuestion
{
    std::vector<std::string> routes;
    std::vector<std::string> revisions; ///< of the configurations that served them
    SystemTime since{};
    SystemTime until{};
};

/// Of a busy day's requests the newest are enough.
inline constexpr std::int64_t kReadMax = 500'000;

/// What they came to, counted as a trial counts requests (gateway::effectOf). Nothing when \p goOn,
/// asked after each page, says no. Reads up to kReadMax requests: for a thread that may wait.
[[nodiscard]] Result<std::optional<EffectFigures>, LedgerError> figuresOf(
    LedgerReader &reader, const FollowUpQuestion &question, const std::function<bool()> &goOn);

/// When what happened after \p past[index] is over: when a later change is of one of the same routes,
/// at the latest after FollowUps::kLongest. \p past newest first.
[[nodiscard]] SystemTime followedUntil(const std::vector<Revision> &past, std::size_t index);

/// A state machine on the loop's thread: what it found is kept with the revision at once, and looked
/// up again ever more seldom, so that a restart loses nothing but a look.
class FollowUps
{
public:
    static constexpr Seconds kLongest = std::chrono::hours(24);
    static constexpr Seconds kEnoughTime{3600}; ///< then a few requests say something too
    static constexpr std::int64_t kEnoughRequests = 100;
    static constexpr Seconds kInTheAir{600}; ///< who arrived before the end may end so much later
    static constexpr Seconds kLookFirst{60}; ///< after it came into force

    using Found = std::function<void(std::optional<EffectFigures>)>;
    struct Doors
    {
        std::function<std::shared_ptr<const ConfigState>()> state;
        /// Answers later, on the loop, nothing where it cannot be read. False: too much waits.
        std::function<bool(FollowUpQuestion, Found)> read;
        std::function<void(std::int64_t number, const FollowUp &followUp)> keep;
    };

    explicit FollowUps(Doors doors)
        : m_doors(std::move(doors))
    {}

    /// To be called some times a second.
    void tick(SystemTime now);

private:
    void look(const std::vector<Revision> &past, std::size_t index, SystemTime now);

    Doors m_doors;
    std::map<std::int64_t, SystemTime> m_lookAt; ///< by the revision's number
    SystemTime m_tickAt{};
    bool m_asking = false;
};

} // namespace signalbox::runtime
