// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked before the window closes.
#include "ui/console_window.h"
#include "ui/widgets/confirm_dialog.h"

#include <QApplication>
#include <QCloseEvent>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

void ConsoleWindow::closeEvent(QCloseEvent *event)
{
    save();
    m_leaving = m_leaving || qApp->property(kEndingProperty).toBool();
    if (!mayClose()) {
        return event->ignore();
    }
    if (const int requests = beingServed(); requests > 0) {
        event->ignore();
        return askToQuit(requests);
    }
    QMainWindow::closeEvent(event);
}

/// By the gateway inside, which ends with this window; those of a rehearsal are nobody's.
int ConsoleWindow::beingServed()
{
    const auto &snapshot = m_state.snapshot();
    const bool inside = m_state.source().connection().state == Connection::State::Inside;
    const bool ours = inside && m_options.rehearsal == nullptr;
    if (!ours || m_mayBreakOff || qApp->property(kEndingProperty).toBool() || snapshot == nullptr) {
        return 0;
    }
    return m_state.isStale() ? 0 : snapshot->totals.inFlight;
}

void ConsoleWindow::askToQuit(int requests)
{
    if (findChild<ConfirmDialog *>(u"quitDialog"_s) != nullptr) {
        return;
    }
    auto *dialog = new ConfirmDialog(tr("Quit Signalbox?"),
                                     tr("The gateway ends with this window, and %n requests that "
                                        "it serves break off.",
                                        nullptr,
                                        requests),
                                     tr("Quit"),
                                     this);
    dialog->setObjectName(u"quitDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this] {
        m_mayBreakOff = true;
        close();
    });
    dialog->open();
}

} // namespace signalbox::ui
