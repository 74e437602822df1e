// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/crosshair.h"

namespace signalbox::ui {

void Crosshair::moveTo(std::optional<qint64> at, const QObject *by)
{
    if (m_at == at && m_by == by) {
        return;
    }
    m_at = at;
    m_by = by;
    Q_EMIT moved();
}

} // namespace signalbox::ui
