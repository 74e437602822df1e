// SPDX-License-Identifier: GPL-3.0-or-later
// The Help menu's two windows; both are non-modal and close with Esc.
#include "ui/console_window.h"
#include "ui/theme/theme.h"

#include <QDialog>
#include <QFormLayout>
#include <QLabel>

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
        if (!action->shortcut().isEmpty())
            form->addRow(action->shortcut().toString(QKeySequence::NativeText),
                         new QLabel(QString(action->text()).remove(u'&'), dialog));
    }
    form->addRow(tr("← / →"),
                 new QLabel(tr("Move the crosshair of a chart; with Shift by ten"), dialog));
    form->addRow(tr("Space"),
                 new QLabel(tr("Hide or show a series; with Ctrl show it alone"), dialog));
    form->addRow(tr("Esc"), new QLabel(tr("Close a popover, take the crosshair away"), dialog));
    dialog->show();
}

} // namespace signalbox::ui
