// SPDX-License-Identifier: GPL-3.0-or-later
// Filters that are worth keeping, in a menu.
#pragma once

#include <QStringList>
#include <QToolButton>

namespace signalbox::ui {

/// A filter is its own name. At most kFiltersMax, the latest first.
class SavedFilters : public QToolButton
{
    Q_OBJECT

public:
    static constexpr int kFiltersMax = 30;

    explicit SavedFilters(QWidget *parent = nullptr);

    [[nodiscard]] const QStringList &filters() const { return m_filters; }
    void setFilters(const QStringList &filters);
    /// What is in the field now, which can be saved; empty: nothing that makes sense.
    void setPresent(const QString &filter) { m_present = filter; }

Q_SIGNALS:
    void chosen(const QString &filter);
    /// Somebody saved one or forgot one.
    void filtersChanged();

private:
    void fill();
    void save();
    void forget(const QString &filter);

    QStringList m_filters;
    QString m_present;
};

} // namespace signalbox::ui
