// SPDX-License-Identifier: Apache-2.0
#include "core/limits/concurrency.h"

#include "core/base/check.h"

#include <utility>

namespace signalbox::limits {

ConcurrencyPermit::ConcurrencyPermit(ConcurrencyGate &gate)
    : m_gate(&gate)
{
    gate.enter();
}

ConcurrencyPermit::ConcurrencyPermit(ConcurrencyPermit &&other) noexcept
    : m_gate(std::exchange(other.m_gate, nullptr))
{}

ConcurrencyPermit &ConcurrencyPermit::operator=(ConcurrencyPermit &&other) noexcept
{
    if (this != &other) {
        release();
        m_gate = std::exchange(other.m_gate, nullptr);
    }
    return *this;
}

ConcurrencyPermit::~ConcurrencyPermit()
{
    release();
}

void ConcurrencyPermit::release()
{
    if (m_gate != nullptr) {
        std::exchange(m_gate, nullptr)->leave();
    }
}

ConcurrencyGate::ConcurrencyGate(std::optional<std::int64_t> limit)
    : m_limit(limit)
{}

ConcurrencyGate::~ConcurrencyGate()
{
    SB_CHECK(m_inUse == 0);
}

std::optional<ConcurrencyPermit> ConcurrencyGate::tryEnter()
{
    if (!hasRoom()) {
        return std::nullopt;
    }
    return ConcurrencyPermit(*this);
}

void ConcurrencyGate::leave()
{
    SB_CHECK(m_inUse > 0);
    --m_inUse;
}

} // namespace signalbox::limits
