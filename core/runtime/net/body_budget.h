// SPDX-License-Identifier: Apache-2.0
// What the bodies of all requests together may hold of memory.
#pragma once

#include "core/base/check.h"

#include <cstdint>

namespace signalbox::runtime {

/// Shared by the connections of one loop.
class BodyBudget
{
public:
    explicit BodyBudget(std::uint64_t bytesMax)
        : m_bytesMax(bytesMax)
    {}

    /// False, and nothing taken, when there is no room for so many bytes more.
    [[nodiscard]] bool take(std::uint64_t bytes)
    {
        if (m_bytes + bytes > m_bytesMax) {
            return false;
        }
        m_bytes += bytes;
        return true;
    }
    void giveBack(std::uint64_t bytes)
    {
        SB_CHECK(bytes <= m_bytes);
        m_bytes -= bytes;
    }
    void setBytesMax(std::uint64_t bytes) { m_bytesMax = bytes; }
    [[nodiscard]] std::uint64_t bytes() const { return m_bytes; }

private:
    std::uint64_t m_bytesMax;
    std::uint64_t m_bytes = 0;
};

} // namespace signalbox::runtime
