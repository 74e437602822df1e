// SPDX-License-Identifier: GPL-3.0-or-later
// The draft of the routes in the frame: its menu, its marks, and what becomes of it at the end.
#include "ui/console_window.h"
#include "ui/frame/console_actions.h"
#include "ui/pages/routes_view.h"
#include "ui/pages/routing_page.h"
#include "ui/widgets/sidebar.h"

#include <QAction>
#include <QCloseEvent>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kKeepDraftMs = 400;

QString draftKey()
{
    return u"routingDraft"_s;
}

} // namespace

void ConsoleWindow::connectRouting()
{
    RoutingDraft *draft = m_routing->draft();
    const ConsoleActions &act = *m_actions;
    for (QAction *action : {act.reviewDraft,
                            act.discardDraft,
                            act.newRoute,
                            act.tryPrompt,
                            act.previewDraft,
                            act.revisions,
                            act.takeOverTrial,
                            act.rollBackTrial,
                            act.importRoutes}) {
        action->setEnabled(draft != nullptr);
        action->setStatusTip(tr("the configuration cannot be reached from here"));
    }
    if (draft == nullptr) {
        return;
    }
    askForPast(*m_options.config);
    draft->restore(m_layout.value(draftKey()).toByteArray());
    const auto lead = [this](const QAction *action, const std::function<void()> &then) {
        connect(action, &QAction::triggered, this, [this, then] {
            showPage(u"routing"_s);
            then();
        });
    };
    lead(act.reviewDraft, [this] { m_routing->reviewOrApply(); });
    lead(act.discardDraft, [draft] { draft->discard(); });
    lead(act.newRoute, [this] {
        m_routing->setView(RoutingPage::Routes);
        m_routing->routes()->addRoute();
    });
    lead(act.tryPrompt, [this] { m_routing->setView(RoutingPage::Try); });
    lead(act.previewDraft, [this] { m_routing->preview(); });
    act.previewDraft->setEnabled(m_options.foresight != nullptr);
    lead(act.revisions, [this] { m_routing->setView(RoutingPage::Revisions); });
    lead(act.takeOverTrial, [this] { m_routing->endTrial(true); });
    lead(act.rollBackTrial, [this] { m_routing->endTrial(false); });
    lead(act.importRoutes, [this] { m_routing->askWhatToImport(); });
    connect(act.redo, &QAction::triggered, &draft->undoStack(), &QUndoStack::redo);
    auto *keep = new QTimer(this);
    keep->setSingleShot(true);
    connect(keep, &QTimer::timeout, this, &ConsoleWindow::keepDraft);
    connect(m_routing, &RoutingPage::draftChanged, this, [this, keep] {
        refreshDraft();
        keep->start(kKeepDraftMs);
    });
    refreshDraft();
}

/// Charts flag what was applied before the console's start, too, as soon as the gateway tells.
void ConsoleWindow::askForPast(ConfigSource &config)
{
    auto *asked = new QObject(this); // gone when it is known
    const quint64 id = nextConfigRequest();
    connect(&config,
            &ConfigSource::revisionsArrived,
            asked,
            [this, asked, id](quint64 answered,
                              const std::vector<ConfigRevision> &revisions,
                              const QString &problem) {
                if (answered != id || !problem.isEmpty()) {
                    return;
                }
                std::vector<AppliedConfiguration> past;
                for (auto one = revisions.rbegin(); one != revisions.rend(); ++one) {
                    if (one->linesAdded + one->linesRemoved > 0) {
                        past.push_back({.at = one->time, .revision = one->revision.toStdString()});
                    }
                }
                m_state.addPast(std::move(past));
                asked->deleteLater();
            });
    connect(&config, &ConfigSource::changed, asked, [&config, id] { config.askRevisions(id); });
    config.askRevisions(id);
}

/// The marks of what is unapplied, and what can be done about it.
void ConsoleWindow::refreshDraft()
{
    RoutingDraft &draft = *m_routing->draft();
    const auto changed = static_cast<int>(draft.changedRoutes().size());
    refreshTitle();
    m_sidebar->setMarked(indexOf(u"routing"_s),
                         changed > 0,
                         tr("%n routes with unapplied changes", nullptr, changed));
    const QString fixed = draft.whyFixed();
    const QString none = changed > 0 ? QString() : tr("nothing is unapplied");
    const auto allow = [](QAction *action, const QString &unable) {
        action->setEnabled(unable.isEmpty());
        action->setStatusTip(unable);
    };
    allow(m_actions->reviewDraft, none);
    allow(m_actions->discardDraft, fixed.isEmpty() ? none : fixed);
    const QString noTrial = m_routing->hasTrial() ? QString() : tr("nothing is on trial");
    allow(m_actions->takeOverTrial, fixed.isEmpty() ? noTrial : fixed);
    allow(m_actions->rollBackTrial, fixed.isEmpty() ? noTrial : fixed);
    allow(m_actions->newRoute, fixed);
    allow(m_actions->importRoutes, fixed);
    refreshUndo();
}

void ConsoleWindow::keepDraft()
{
    m_layout.setValue(draftKey(), m_routing->draft()->save());
}

/// True: nothing is unapplied, or it has been decided what becomes of it.
bool ConsoleWindow::mayClose()
{
    RoutingDraft *draft = m_routing->draft();
    if (draft == nullptr || m_leaving || !draft->isModified()) {
        if (draft != nullptr) {
            keepDraft();
        }
        return true;
    }
    auto *question = new QMessageBox(this);
    question->setObjectName(u"closeQuestion"_s);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setWindowTitle(tr("Unapplied changes"));
    question->setText(tr("The routes have unapplied changes."));
    question->setInformativeText(tr("A kept draft is here again at the next start. The gateway "
                                    "goes on with what runs now."));
    auto *apply = question->addButton(tr("Apply"), QMessageBox::ActionRole);
    auto *keep = question->addButton(tr("Keep Draft"), QMessageBox::ActionRole);
    auto *discard = question->addButton(tr("Discard"), QMessageBox::DestructiveRole);
    question->addButton(QMessageBox::Cancel);
    question->setDefaultButton(keep);
    apply->setEnabled(draft->whyFixed().isEmpty() && draft->edited().problem.isEmpty());
    connect(question, &QMessageBox::buttonClicked, this, [=, this](QAbstractButton *pressed) {
        if (pressed == apply) {
            m_routing->apply({}, [this](bool ok) { closeWith(ok); });
        } else if (pressed == keep) {
            keepDraft();
            closeWith(true);
        } else if (pressed == discard) {
            draft->discard();
            keepDraft();
            closeWith(true);
        }
    });
    question->open();
    return false;
}

/// \p ok: for good; else the page says why not.
void ConsoleWindow::closeWith(bool ok)
{
    if (!ok) {
        return showPage(u"routing"_s);
    }
    m_leaving = true;
    QTimer::singleShot(0, this, &QWidget::close);
}

} // namespace signalbox::ui
