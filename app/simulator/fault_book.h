// SPDX-License-Identifier: Apache-2.0
// The faults in force: which request is hit by which, and for how long.
#pragma once

#include "app/simulator/json.h"
#include "app/simulator/scenario.h"

#include "core/base/random.h"
#include "core/base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::simulator {

/// What a request meets: at most one fault, and the product of all slow phases.
struct Trouble
{
    std::optional<Fault> fault;
    std::optional<SteadyTime> endsAt; ///< of the fault's present window
    double slowness = 1;
};

/// Whom a fault must match.
struct FaultTarget
{
    std::string provider;
    std::string model;
    std::optional<int> keySlot;
};

/// In the order they were added, scripted ones first; the first that applies wins.
class FaultBook
{
public:
    FaultBook(std::vector<Fault> scripted, SteadyTime start);

    /// True while an unconditional `refuse` is in force: the provider's own port is closed.
    [[nodiscard]] bool isClosed(const std::string &provider, SteadyTime now) const;
    [[nodiscard]] Json toJson(SteadyTime now) const;

    /// Adds a fault whose seconds count from \p now; nothing when there are too many.
    std::optional<std::uint64_t> add(Fault fault, SteadyTime now);
    /// Removes the faults of one provider (those for every provider stay), or all when empty.
    std::size_t clear(const std::string &provider);
    /// Removes one; false: it is not there any more.
    bool remove(std::uint64_t id);
    /// Draws what happens to a request and uses up counts; `refuse` is not drawn here.
    Trouble draw(const FaultTarget &target, SteadyTime now, Random &random);
    /// The same for `refuse` alone, before anything but the provider is known.
    bool drawRefusal(const std::string &provider, SteadyTime now, Random &random);

private:
    struct Entry
    {
        std::uint64_t id = 0;
        Fault fault;
        SteadyTime origin{};
        int hits = 0;
    };
    struct Window
    {
        bool open = false;
        std::optional<SteadyTime> end;
    };
    static Window windowAt(const Entry &entry, SteadyTime now);
    static bool applies(Entry &entry, SteadyTime now, Random &random);

    std::vector<Entry> m_entries;
    std::uint64_t m_nextId = 1;
};

} // namespace signalbox::simulator
