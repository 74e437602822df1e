// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/page.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace signalbox::ui {

Page::Page(ConsoleState &state, QString title, QWidget *parent)
    : QWidget(parent)
    , m_state(state)
    , m_title(std::move(title))
{
    setAccessibleName(m_title);
}

void Page::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void Page::go(const Place &place)
{
    auto *widget = place.widget.isEmpty() ? nullptr : findChild<QWidget *>(place.widget);
    if (widget != nullptr) {
        widget->setFocus(Qt::ShortcutFocusReason);
    }
}

void Page::repaintTimes()
{
    const auto views = findChildren<QAbstractItemView *>();
    for (QAbstractItemView *view : views) {
        view->viewport()->update();
    }
}

void Page::chainTabs(const QList<QWidget *> &stops)
{
    for (qsizetype i = 1; i < stops.size(); ++i) {
        QWidget::setTabOrder(stops[i - 1], stops[i]);
    }
}

std::vector<TargetSummary> Page::targetSummaries(const telemetry::Snapshot &snapshot) const
{
    auto summaries = summariseTargets(snapshot, m_state.now(), m_state.isStale());
    const QString barred = m_state.source().whyNoCommands();
    for (TargetSummary &summary : summaries) {
        summary.barred = barred;
    }
    return summaries;
}

void Page::recordAround(SystemTime time)
{
    constexpr qint64 beforeMs = 10 * 60'000;
    constexpr qint64 afterMs = 5 * 60'000;
    const auto msOf = [](SystemTime instant) -> qint64 {
        return std::chrono::floor<Millis>(instant.time_since_epoch()).count();
    };
    const qint64 at = msOf(time);
    const qint64 end = std::min(at + afterMs, msOf(m_state.now()));
    Q_EMIT recordAsked(at - beforeMs, std::max(end, at + 1));
}

void Page::scrollOver(QWidget *content)
{
    auto *area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // its room is kept either way
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(content);
    // The area follows the focus only while it moves within.
    connect(qApp, &QApplication::focusChanged, area, [area](QWidget *, QWidget *now) {
        if (now != nullptr && area->widget()->isAncestorOf(now)) {
            area->ensureWidgetVisible(now);
        }
    });
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(area);
}

} // namespace signalbox::ui
