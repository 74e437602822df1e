// SPDX-License-Identifier: GPL-3.0-or-later
// The one moment that all charts of a page point at.
#pragma once

#include <QObject>

#include <optional>

namespace signalbox::ui {

class Crosshair : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] std::optional<qint64> at() const { return m_at; }
    /// \p by is the chart that moves it: only that one shows the values.
    void moveTo(std::optional<qint64> at, const QObject *by);
    [[nodiscard]] bool isMovedBy(const QObject *chart) const { return m_by == chart; }

Q_SIGNALS:
    void moved();

private:
    std::optional<qint64> m_at;
    const QObject *m_by = nullptr;
};

} // namespace signalbox::ui
