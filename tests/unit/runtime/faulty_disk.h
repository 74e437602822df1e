// SPDX-License-Identifier: Apache-2.0
// A disk that fails on demand, as SQLite sees it.
#pragma once

namespace signalbox::tests {

/// While one lives, every file that SQLite opens goes through it. SQLite's own Unix layer does the
/// work; writes, and syncs, first pass the fault that is set. One at a time.
class FaultyDisk
{
public:
    FaultyDisk();
    ~FaultyDisk();
    FaultyDisk(const FaultyDisk &) = delete;
    FaultyDisk &operator=(const FaultyDisk &) = delete;

    void failFull();
    void failInputOutput();
    void repair();
    /// Writes that were refused since the start.
    [[nodiscard]] int refusals() const;
};

} // namespace signalbox::tests
