// SPDX-License-Identifier: GPL-3.0-or-later
// How the window was left: kept between runs, forgotten on demand.
#pragma once

#include <QString>
#include <QVariant>

class QMainWindow;
class QSettings;
class QWidget;

namespace signalbox::ui {

/// Without settings it keeps nothing and every answer is the fallback. What is there from another
/// version or is damaged is passed over.
class LayoutStore
{
public:
    explicit LayoutStore(QSettings *settings)
        : m_settings(settings)
    {}

    [[nodiscard]] QVariant value(const QString &key, const QVariant &fallback = {}) const;
    void setValue(const QString &key, const QVariant &value);

    /// Geometry and docks of \p window, columns of the tables in it, series hidden in its charts.
    void save(const QMainWindow &window);
    void restore(QMainWindow &window) const;
    /// Forgets all of it, and the given \p keys.
    void forget(const QStringList &keys);

private:
    QSettings *m_settings;
};

} // namespace signalbox::ui
