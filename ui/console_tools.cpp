// SPDX-License-Identifier: GPL-3.0-or-later
// The row over the page: range, zone, palette, live or paused. All of it is in the menus too.
#include "ui/console_window.h"
#include "ui/frame/console_actions.h"
#include "ui/pages/live_series.h"
#include "ui/text/range_text.h"
#include "ui/theme/console_style.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

QToolButton *makeButton(QWidget *row, QAction *action, Qt::ToolButtonStyle style)
{
    auto *button = new QToolButton(row);
    button->setObjectName(u"tool."_s + action->objectName());
    button->setDefaultAction(action);
    button->setAccessibleName(QString(action->text()).remove(u'&'));
    button->setToolButtonStyle(style);
    button->setIconSize(QSize(16, 16));
    button->setFocusPolicy(Qt::StrongFocus);
    button->setFont(themeFont(TypeRole::Caption));
    button->setMinimumHeight(button->fontMetrics().height() + kPad);
    row->layout()->addWidget(button);
    return button;
}

} // namespace

void ConsoleWindow::buildTools(QWidget *row)
{
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(kWide, kPad, kWide, kPad);
    line->setSpacing(kHalfGap);
    m_title = new QLabel(row);
    m_title->setFont(themeFont(TypeRole::Title));
    line->addWidget(m_title, 1);
    makeButton(row, m_actions->earlier, Qt::ToolButtonIconOnly);
    m_rangeButton = makeButton(row, m_actions->chooseRange, Qt::ToolButtonTextBesideIcon);
    makeButton(row, m_actions->later, Qt::ToolButtonIconOnly);
    makeButton(row, m_actions->zoomOut, Qt::ToolButtonIconOnly);
    makeButton(row, m_actions->zoomIn, Qt::ToolButtonIconOnly);
    line->addSpacing(kHalfGap);
    m_zoneButton = new QToolButton(row);
    m_zoneButton->setObjectName(u"tool.zone"_s);
    m_zoneButton->setIcon(themeIcon(u"globe"_s));
    m_zoneButton->setMenu(m_actions->zoneMenu);
    m_zoneButton->setPopupMode(QToolButton::InstantPopup);
    m_zoneButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_zoneButton->setFocusPolicy(Qt::StrongFocus);
    m_zoneButton->setFont(themeFont(TypeRole::Caption));
    m_zoneButton->setMinimumHeight(m_rangeButton->minimumHeight());
    m_zoneButton->setToolTip(tr("The zone of all times"));
    line->addWidget(m_zoneButton);
    m_paletteButton = makeButton(row, m_actions->palette, Qt::ToolButtonTextBesideIcon);
    line->addSpacing(kHalfGap);
    QToolButton *pause = makeButton(row, m_actions->pause, Qt::ToolButtonTextBesideIcon);
    pause->setObjectName(u"pause"_s);
    const QString keys = m_actions->palette->shortcut().toString(QKeySequence::NativeText);
    m_actions->palette->setIconText(keys);
}

void ConsoleWindow::refreshRange()
{
    const TimeRange &range = m_view.range();
    const QString text = rangeText(range);
    m_actions->chooseRange->setIconText(text);
    setTip(m_actions->chooseRange, tr("Range: %1").arg(text));
    m_rangeButton->setAccessibleName(tr("Range: %1").arg(text));
    const QList<qint64> &spans = presetSpans();
    for (qsizetype i = 0; i < spans.size(); ++i) {
        m_actions->ranges[i]->setChecked(range.isLive() && spans[i] == range.spanMs);
    }
    m_actions->later->setEnabled(!range.isLive());
    m_actions->zoomReset->setEnabled(!range.isLive());
    m_actions->zoomIn->setEnabled(range.spanMs > kShortestRangeMs);
    m_actions->zoomOut->setEnabled(range.spanMs < m_retentionMs);
}

/// Ranges that reach back further than the gateway remembers cannot be chosen, and say why.
void ConsoleWindow::refreshRetention()
{
    const qint64 kept = retentionMs(*m_state.snapshot());
    if (kept == m_retentionMs) {
        return;
    }
    m_retentionMs = kept;
    const QString why = tr("The gateway keeps %1").arg(spanText(kept));
    const QList<qint64> &spans = presetSpans();
    for (qsizetype i = 0; i < spans.size(); ++i) {
        QAction *action = m_actions->ranges[i];
        action->setEnabled(spans[i] <= kept);
        action->setStatusTip(spans[i] <= kept ? QString() : why);
        setTip(action, spans[i] <= kept ? QString() : why);
    }
    refreshRange();
}

void ConsoleWindow::refreshZone()
{
    const QString name = text::zoneName(newest());
    m_zoneButton->setText(name);
    m_zoneButton->setAccessibleName(tr("Zone of all times: %1").arg(name));
    m_actions->zones[static_cast<int>(text::zone())]->setChecked(true);
}

} // namespace signalbox::ui
