// SPDX-License-Identifier: GPL-3.0-or-later
// The dock with one target's details: it follows what the operator looks at.
#include "ui/console_window.h"
#include "ui/frame/console_actions.h"
#include "ui/pages/providers_page.h"
#include "ui/pages/target_details.h"
#include "ui/theme/console_style.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/breaker_tile.h"

#include <QApplication>
#include <QDockWidget>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

QToolButton *headButton(QWidget *head, const QString &name, const QString &icon, const QString &tip)
{
    auto *button = new QToolButton(head);
    button->setObjectName(name);
    button->setIcon(themeIcon(icon));
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setProperty(kDressProperty, u"quiet"_s);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace

void ConsoleWindow::buildDetails()
{
    m_details = new TargetDetails(m_state,
                                  {.desk = *m_desk,
                                   .words = m_words,
                                   .settings = m_options.source,
                                   .playground = m_options.playground});
    m_dock = new QDockWidget(tr("Details"), m_stage);
    m_dock->setObjectName(u"dock.details"_s);
    m_dock->setAllowedAreas(Qt::LeftDockWidgetArea | Qt::RightDockWidgetArea);
    m_dock->setFeatures(QDockWidget::DockWidgetClosable | QDockWidget::DockWidgetMovable);
    auto *head = new QWidget(m_dock);
    auto *title = new QLabel(m_dock->windowTitle(), head);
    title->setFont(themeFont(TypeRole::Strong));
    auto *move =
        headButton(head, u"details.move"_s, u"later"_s, tr("Move the details to the other side"));
    auto *close = headButton(head, u"details.close"_s, u"close"_s, tr("Close the details"));
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(kWide, kGap, kGap, kHalfGap);
    row->setSpacing(kHalfGap);
    row->addWidget(title, 1);
    row->addWidget(move);
    row->addWidget(close);
    m_dock->setTitleBarWidget(head);
    m_dock->setWidget(m_details);
    resetDetails();
    connect(move, &QToolButton::clicked, this, [this] {
        const bool right = m_stage->dockWidgetArea(m_dock) == Qt::RightDockWidgetArea;
        m_stage->addDockWidget(right ? Qt::LeftDockWidgetArea : Qt::RightDockWidgetArea, m_dock);
    });
    connect(close, &QToolButton::clicked, m_dock, &QWidget::hide);
    connect(m_actions->details, &QAction::triggered, this, [this](bool shown) {
        m_dock->setVisible(shown);
        if (QWidget *first = m_details->firstStop(); shown && first != nullptr) {
            first->setFocus(Qt::ShortcutFocusReason);
        }
    });
    connect(m_dock, &QDockWidget::visibilityChanged, this, [this, move] {
        m_actions->details->setChecked(!m_dock->isHidden());
        const bool left = m_stage->dockWidgetArea(m_dock) == Qt::LeftDockWidgetArea;
        move->setIcon(themeIcon(left ? u"later"_s : u"earlier"_s));
    });
    connect(m_dock, &QDockWidget::dockLocationChanged, move, [move](Qt::DockWidgetArea area) {
        move->setIcon(themeIcon(area == Qt::LeftDockWidgetArea ? u"later"_s : u"earlier"_s));
    });
    connect(m_details, &TargetDetails::leads, this, &ConsoleWindow::go);
    auto *providers = new ProvidersPage(m_state, m_view, *m_desk, m_words, m_actions->details);
    connect(providers, &ProvidersPage::chosen, m_details, &TargetDetails::choose);
    addPage(providers);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) {
        for (QWidget *widget = now; widget != nullptr; widget = widget->parentWidget()) {
            auto *tile = qobject_cast<BreakerTile *>(widget);
            if (tile != nullptr && isAncestorOf(tile)) { // in the details: it stays the one
                m_details->choose(tile->summary().target);
            }
        }
    });
}

/// As delivered: closed, at the right.
void ConsoleWindow::resetDetails()
{
    m_stage->addDockWidget(Qt::RightDockWidgetArea, m_dock);
    m_dock->hide();
}

} // namespace signalbox::ui
