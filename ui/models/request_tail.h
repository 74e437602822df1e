// SPDX-License-Identifier: GPL-3.0-or-later
// The latest requests as they finish, or as they were when the reader looked back.
#pragma once

#include "ui/models/requests_model.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace signalbox::ui {

/// While it is held nothing moves: what comes waits, the newest kRowsMax of it, and is counted.
class RequestTail : public RequestsModel
{
    Q_OBJECT

public:
    using RequestsModel::RequestsModel;

    /// \p records: oldest first.
    void take(const std::vector<std::shared_ptr<const RequestRecord>> &records);
    /// Going on puts what waited on top at once.
    void setHeld(bool held);
    [[nodiscard]] bool isHeld() const { return m_isHeld; }
    /// How many came since it was held.
    [[nodiscard]] std::int64_t waiting() const { return m_count; }

Q_SIGNALS:
    /// isHeld() or waiting() answers differently now.
    void heldChanged();

private:
    bool m_isHeld = false;
    std::int64_t m_count = 0;
    std::vector<std::shared_ptr<const RequestRecord>> m_waiting; ///< oldest first
};

} // namespace signalbox::ui
