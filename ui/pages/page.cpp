// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/page.h"

#include <QApplication>
#include <QScrollArea>
#include <QVBoxLayout>

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
