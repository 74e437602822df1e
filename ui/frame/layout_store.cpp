// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/layout_store.h"

#include "ui/charts/time_chart.h"
#include "ui/widgets/list_view.h"

#include <QHeaderView>
#include <QMainWindow>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kLayoutVersion = 2;

} // namespace

QVariant LayoutStore::value(const QString &key, const QVariant &fallback) const
{
    return m_settings == nullptr ? fallback : m_settings->value(key, fallback);
}

void LayoutStore::setValue(const QString &key, const QVariant &value)
{
    if (m_settings != nullptr) {
        m_settings->setValue(key, value);
    }
}

void LayoutStore::save(const QMainWindow &window)
{
    setValue(u"layout/version"_s, kLayoutVersion);
    setValue(u"layout/geometry"_s, window.saveGeometry());
    if (const auto *stage = window.findChild<const QMainWindow *>(u"stage"_s)) {
        setValue(u"layout/docks"_s, stage->saveState(kLayoutVersion));
    }
    const auto lists = window.findChildren<const ListView *>();
    for (const ListView *list : lists) {
        setValue(u"layout/columns/"_s + list->objectName(), list->horizontalHeader()->saveState());
    }
    const auto charts = window.findChildren<const TimeChart *>();
    for (const TimeChart *chart : charts) {
        const QSet<QString> &hidden = chart->hiddenSeries();
        setValue(u"layout/hidden/"_s + chart->objectName(),
                 QStringList(hidden.begin(), hidden.end()));
        setValue(u"layout/legend/"_s + chart->objectName(), static_cast<int>(chart->legendOrder()));
    }
}

void LayoutStore::restore(QMainWindow &window) const
{
    if (value(u"layout/version"_s).toInt() != kLayoutVersion) {
        return;
    }
    window.restoreGeometry(value(u"layout/geometry"_s).toByteArray());
    if (auto *stage = window.findChild<QMainWindow *>(u"stage"_s)) {
        stage->restoreState(value(u"layout/docks"_s).toByteArray(), kLayoutVersion);
    }
    const auto lists = window.findChildren<ListView *>();
    for (ListView *list : lists) {
        const QByteArray state = value(u"layout/columns/"_s + list->objectName()).toByteArray();
        if (!state.isEmpty()) {
            list->restoreColumns(state);
        }
    }
    const auto charts = window.findChildren<TimeChart *>();
    for (TimeChart *chart : charts) {
        const QStringList hidden = value(u"layout/hidden/"_s + chart->objectName()).toStringList();
        chart->setHiddenSeries(QSet<QString>(hidden.begin(), hidden.end()));
        const int order = value(u"layout/legend/"_s + chart->objectName()).toInt();
        const bool known = order > 0 && order < kLegendOrderCount;
        chart->setLegendOrder(known ? static_cast<LegendOrder>(order) : LegendOrder::AsGiven);
    }
}

void LayoutStore::forget(const QStringList &keys)
{
    if (m_settings == nullptr) {
        return;
    }
    m_settings->remove(u"layout"_s);
    for (const QString &key : keys) {
        m_settings->remove(key);
    }
}

} // namespace signalbox::ui
