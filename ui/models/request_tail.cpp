// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/request_tail.h"

#include <utility>

namespace signalbox::ui {

void RequestTail::take(const std::vector<std::shared_ptr<const RequestRecord>> &records)
{
    if (!m_isHeld) {
        return append(records);
    }
    m_count += static_cast<std::int64_t>(records.size());
    m_waiting.insert(m_waiting.end(), records.begin(), records.end());
    if (m_waiting.size() > kRowsMax) {
        m_waiting.erase(m_waiting.begin(), m_waiting.end() - kRowsMax);
    }
    Q_EMIT heldChanged();
}

void RequestTail::setHeld(bool held)
{
    if (held == m_isHeld) {
        return;
    }
    m_isHeld = held;
    m_count = 0;
    append(std::exchange(m_waiting, {}));
    Q_EMIT heldChanged();
}

} // namespace signalbox::ui
