// SPDX-License-Identifier: Apache-2.0
// How many attempts may be in the air at once.
#pragma once

#include <cstdint>
#include <optional>

namespace signalbox::limits {

class ConcurrencyGate;

/// One place in the air; gives itself back when destroyed. The gate must outlive it.
class ConcurrencyPermit
{
public:
    ConcurrencyPermit(ConcurrencyPermit &&other) noexcept;
    ConcurrencyPermit &operator=(ConcurrencyPermit &&other) noexcept;
    ConcurrencyPermit(const ConcurrencyPermit &) = delete;
    ConcurrencyPermit &operator=(const ConcurrencyPermit &) = delete;
    ~ConcurrencyPermit();

    [[nodiscard]] bool isHeld() const { return m_gate != nullptr; }
    /// Gives the place back now.
    void release();

private:
    friend class ConcurrencyGate;
    explicit ConcurrencyPermit(ConcurrencyGate &gate);
    ConcurrencyGate *m_gate;
};

/// Counts the places taken. A permit that is still out when the gate goes is a broken promise and
/// aborts, so that a lost permit cannot stay unseen.
class ConcurrencyGate
{
public:
    /// Nothing means unlimited; permits are counted all the same.
    explicit ConcurrencyGate(std::optional<std::int64_t> limit = std::nullopt);
    ~ConcurrencyGate();
    ConcurrencyGate(const ConcurrencyGate &) = delete;
    ConcurrencyGate &operator=(const ConcurrencyGate &) = delete;

    [[nodiscard]] bool hasRoom() const { return !m_limit || m_inUse < *m_limit; }
    [[nodiscard]] std::int64_t inUse() const { return m_inUse; }
    [[nodiscard]] std::optional<std::int64_t> limit() const { return m_limit; }

    [[nodiscard]] std::optional<ConcurrencyPermit> tryEnter();
    /// A lower limit takes no permit away: it lets nobody in until enough have left.
    void setLimit(std::optional<std::int64_t> limit) { m_limit = limit; }

private:
    friend class ConcurrencyPermit;
    void enter() { ++m_inUse; }
    void leave();

    std::optional<std::int64_t> m_limit;
    std::int64_t m_inUse = 0;
};

} // namespace signalbox::limits
