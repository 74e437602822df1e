// SPDX-License-Identifier: GPL-3.0-or-later
// The menus, and the Help menu's two windows: non-modal, closed with Esc.
#include "ui/console_window.h"
#include "ui/pages/page.h"
#include "ui/theme/theme.h"

#include <QActionGroup>
#include <QDialog>
#include <QFormLayout>
#include <QLabel>
#include <QMenuBar>
#include <QStackedWidget>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

QDialog *makeHelp(QWidget *parent, const QString &title)
{
    auto *dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    return dialog;
}

} // namespace

void ConsoleWindow::buildMenus()
{
    QMenu *file = menuBar()->addMenu(tr("&File"));
    QAction *quit = file->addAction(tr("&Quit"), this, &QWidget::close);
    quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));

    QMenu *view = menuBar()->addMenu(tr("&View"));
    buildThemeMenu(view->addMenu(tr("&Theme")));
    m_pause = view->addAction(tr("&Pause Live View"));
    m_pause->setCheckable(true);
    m_pause->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_L));
    m_pauseButton->setDefaultAction(m_pause);
    connect(m_pause, &QAction::toggled, &m_state, &ConsoleState::setPaused);

    QMenu *go = menuBar()->addMenu(tr("&Go"));
    for (int index = 0; index < m_pages->count(); ++index) {
        QAction *action = go->addAction(pageAt(index)->title());
        action->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + index)));
        connect(action, &QAction::triggered, this, [this, index] { showPageAt(index); });
    }

    QMenu *help = menuBar()->addMenu(tr("&Help"));
    QAction *shortcuts = help->addAction(tr("&Keyboard Shortcuts"),
                                         this,
                                         &ConsoleWindow::showShortcuts);
    shortcuts->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Question));
    help->addAction(tr("&About Signalbox"), this, &ConsoleWindow::showAbout);
}

void ConsoleWindow::buildThemeMenu(QMenu *menu)
{
    auto *group = new QActionGroup(menu);
    const QStringList names{tr("&System"), tr("&Light"), tr("&Dark")};
    for (int index = 0; index < names.size(); ++index) {
        QAction *action = menu->addAction(names[index]);
        action->setCheckable(true);
        group->addAction(action);
        m_themeActions[index] = action;
        connect(action, &QAction::triggered, this, [this, index] {
            setThemeChoice(static_cast<ThemeChoice>(index));
        });
    }
    m_themeActions[0]->setChecked(true);
}

void ConsoleWindow::showAbout()
{
    QDialog *dialog = makeHelp(this, tr("About Signalbox"));
    auto *mark = new QLabel(dialog);
    mark->setPixmap(applicationIcon().pixmap(QSize(64, 64), devicePixelRatioF()));
    auto *name = new QLabel(tr("Signalbox %1").arg(m_options.version).trimmed(), dialog);
    name->setFont(themeFont(TypeRole::Title));
    auto *text = new QLabel(tr("A gateway for calls to large language models, and the room from "
                               "which its operator sees every one of them.\n\n"
                               "The console is free software under GPL-3.0-or-later."),
                            dialog);
    text->setWordWrap(true);
    auto *column = new QVBoxLayout(dialog);
    column->setContentsMargins(2 * kPad, 2 * kPad, 2 * kPad, 2 * kPad);
    column->setSpacing(kGap);
    column->addWidget(mark);
    column->addWidget(name);
    column->addWidget(text);
    dialog->setFixedWidth(380);
    dialog->show();
}

void ConsoleWindow::showShortcuts()
{
    QDialog *dialog = makeHelp(this, tr("Keyboard Shortcuts"));
    auto *form = new QFormLayout(dialog);
    form->setContentsMargins(2 * kPad, 2 * kPad, 2 * kPad, 2 * kPad);
    form->setHorizontalSpacing(2 * kPad);
    form->setVerticalSpacing(kGap);
    const QList<QAction *> actions = findChildren<QAction *>();
    for (const QAction *action : actions) {
        if (!action->shortcut().isEmpty()) {
            form->addRow(action->shortcut().toString(QKeySequence::NativeText),
                         new QLabel(QString(action->text()).remove(u'&'), dialog));
        }
    }
    form->addRow(tr("← / →"),
                 new QLabel(tr("Move the crosshair of a chart; with Shift by ten"), dialog));
    form->addRow(tr("Space"),
                 new QLabel(tr("Hide or show a series; with Ctrl show it alone"), dialog));
    form->addRow(tr("Esc"), new QLabel(tr("Close a popover, take the crosshair away"), dialog));
    dialog->show();
}

} // namespace signalbox::ui
