// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/routing_page.h"

#include "ui/pages/draft_bar.h"
#include "ui/pages/matrix_view.h"
#include "ui/pages/preview_panel.h"
#include "ui/pages/prompt_tester.h"
#include "ui/pages/route_editor.h"
#include "ui/pages/routes_view.h"
#include "ui/pages/routing_conflict.h"
#include "ui/pages/routing_history.h"
#include "ui/pages/routing_import.h"
#include "ui/pages/routing_review.h"
#include "ui/pages/trial_bar.h"
#include "ui/text/numbers.h"
#include "ui/theme/theme.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/segments.h"

#include <QFileDialog>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kSettleMs = 120;

void say(NoticeBar *bar, NoticeBar::Tone tone, const QString &words)
{
    if (words.isEmpty()) {
        bar->hide();
    } else if (bar->text() != words) {
        bar->say(tone, words);
    }
}

} // namespace

RoutingPage::RoutingPage(ConsoleState &state,
                         ConfigSource *config,
                         LedgerSource *ledger,
                         QWidget *parent)
    : Page(state, tr("Routing"), parent)
    , m_config(config)
    , m_ledger(ledger)
{
    setObjectName(u"routing"_s);
    if (m_config == nullptr) {
        auto *none = new QLabel(tr("The gateway's configuration cannot be reached from here."),
                                this);
        none->setAlignment(Qt::AlignCenter);
        none->setForegroundRole(QPalette::PlaceholderText);
        auto *column = new QVBoxLayout(this);
        column->addWidget(none);
        return;
    }
    m_draft = new RoutingDraft(*m_config, this);
    build();
    connectParts();
    refresh();
    settle();
}

void RoutingPage::build()
{
    m_choice = new Segments(tr("View"),
                            {tr("Routes"), tr("Try a Prompt"), tr("Cost Matrix"), tr("Revisions")},
                            this);
    m_choice->setObjectName(u"routingView"_s);
    m_bar = new DraftBar(*m_draft, this);
    m_fixed = new NoticeBar(u"routingFixed"_s, this);
    m_overtaken = new NoticeBar(u"routingOvertaken"_s, this);
    m_fault = new NoticeBar(u"routingFault"_s, this);
    m_outcome = new NoticeBar(u"routingOutcome"_s, this);
    m_trialEnd = new NoticeBar(u"routingTrialEnd"_s, this);
    m_trial = new TrialBar(this);
    m_views = new QStackedWidget(this);
    m_routes = new RoutesView(m_state, *m_draft, this);
    m_tester = new PromptTester(*m_config, *m_draft, this);
    m_matrix = new MatrixView(m_state, *m_config, *m_draft, m_ledger, this);
    m_history = new RoutingHistory(*m_config, this);
    m_review = new RoutingReview(*m_config, *m_draft, this);
    m_conflict = new RoutingConflict(*m_config, *m_draft, this);
    m_import = new RoutingImport(*m_config, *m_draft, this);
    for (QWidget *view : QList<QWidget *>{
             m_routes, m_tester, m_matrix, m_history, m_review, m_conflict, m_import}) {
        m_views->addWidget(view);
    }
    auto *head = new QHBoxLayout;
    head->setSpacing(kPad);
    head->addWidget(m_choice);
    head->addStretch();
    head->addWidget(m_bar);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kWide, 2, kWide, 0);
    column->setSpacing(kPad);
    column->addLayout(head);
    column->addWidget(m_trial);
    for (NoticeBar *bar : {m_trialEnd, m_fixed, m_overtaken, m_fault, m_outcome}) {
        bar->hide();
        column->addWidget(bar);
    }
    column->addWidget(m_views, 1);
}

void RoutingPage::connectParts()
{
    m_settle.setSingleShot(true);
    connect(&m_settle, &QTimer::timeout, this, &RoutingPage::settle);
    connect(m_draft, &RoutingDraft::changed, this, [this] {
        m_settle.start(kSettleMs);
        refresh();
        Q_EMIT draftChanged();
    });
    connect(&m_draft->undoStack(), &QUndoStack::indexChanged, this, [this] {
        m_bar->refresh();
        Q_EMIT draftChanged();
    });
    connect(m_choice, &Segments::currentChanged, this, [this](int index) {
        setView(static_cast<View>(index));
    });
    connect(m_bar, &DraftBar::reviewAsked, this, [this] { setView(Review); });
    connect(m_review, &RoutingReview::backAsked, this, [this] { setView(Routes); });
    connect(m_review,
            &RoutingReview::applyAsked,
            this,
            [this](const QString &why, const std::optional<TrialTerms> &terms) {
                if (terms) {
                    applyToShare(why, *terms);
                } else {
                    apply(why);
                }
            });
    connectTrial();
    connect(m_conflict, &RoutingConflict::backAsked, this, [this] { setView(Routes); });
    connect(m_conflict, &RoutingConflict::carriedOver, this, [this] { setView(Review); });
    connect(m_import, &RoutingImport::reviewAsked, this, [this] { setView(Review); });
    connect(m_import, &RoutingImport::backAsked, this, [this] {
        setView(Routes);
        m_routes->showRoute(m_import->firstRoute());
    });
    connect(m_matrix,
            &MatrixView::accepted,
            this,
            [this](const std::string &route, std::int64_t proposal) {
                m_proposal = proposal;
                m_routes->showRoute(route);
                setView(Review);
            });
    connect(m_matrix,
            &MatrixView::editAsked,
            this,
            [this](const std::string &route, std::int64_t proposal) {
                m_proposal = proposal;
                setView(Routes);
                m_routes->showRoute(route);
            });
    connect(m_matrix, &MatrixView::cellsChanged, this, [this] {
        m_routes->editor()->setMatrix(m_matrix->cells());
    });
    connect(m_routes, &RoutesView::importAsked, this, &RoutingPage::askWhatToImport);
    connect(m_history, &RoutingHistory::rollBackAsked, this, &RoutingPage::rollBack);
    connect(m_history, &RoutingHistory::restoreAsked, this, &RoutingPage::restore);
    connect(m_config,
            &ConfigSource::applied,
            this,
            [this](quint64 id, const ApplyOutcome &outcome) {
                if (id == m_applying && id != 0) {
                    applied(outcome);
                }
            });
}

void RoutingPage::setForesight(ForesightSource *foresight)
{
    if (m_draft != nullptr && foresight != nullptr) {
        m_preview = new PreviewPanel(*foresight, *m_draft);
        m_routes->setBelow(m_preview);
        connect(m_preview, &PreviewPanel::shownChanged, this, [this] {
            m_review->setExpected(expected());
        });
    }
}

std::optional<ExpectedEffect> RoutingPage::expected() const
{
    return m_preview == nullptr ? std::nullopt : m_preview->expectedOf(m_draft->edited().text);
}

void RoutingPage::preview()
{
    if (m_preview != nullptr) {
        setView(Routes);
        m_preview->preview();
    }
}

QUndoStack *RoutingPage::undoStack()
{
    return m_draft == nullptr || !m_draft->whyFixed().isEmpty() ? nullptr : &m_draft->undoStack();
}

RoutingPage::View RoutingPage::view() const
{
    return m_views == nullptr ? Routes : static_cast<View>(m_views->currentIndex());
}

void RoutingPage::setView(View view)
{
    if (m_views == nullptr) {
        return;
    }
    // What has no place among them leads back by any of them.
    m_choice->setCurrent(view <= Revisions ? view : -1);
    if (view == Try && m_views->currentIndex() != Try) {
        m_tester->setRoute(m_routes->current());
    }
    if (view == Review && m_views->currentIndex() != Review) {
        m_review->setFailure({}); // of the last time
    }
    m_views->setCurrentIndex(view);
    refresh();
    settle();
}

void RoutingPage::refresh()
{
    if (m_draft == nullptr) {
        return;
    }
    m_bar->refresh();
    refreshNotices();
    refreshTrial();
    m_routes->refresh();
    m_import->refresh();
    m_matrix->refresh();
    if (isVisible()) {
        m_matrix->askIfOld(); // weights are shared by it, whether it was looked at or not
    }
    if (view() == Revisions) {
        m_history->refreshTimes();
    }
}

void RoutingPage::refreshNotices()
{
    const QString fixed = m_draft->whyFixed();
    say(m_fixed,
        NoticeBar::Tone::Info,
        fixed.isEmpty() ? QString() : tr("Nothing can be edited here: %1").arg(fixed));
    if (!m_draft->isOvertaken() || !m_draft->isModified() || view() >= Review) {
        return m_overtaken->hide();
    }
    const QString words = tr("Plan %1 was applied since this draft was begun on plan %2.")
                              .arg(m_config->running().number)
                              .arg(m_draft->base().number);
    if (m_overtaken->text() != words) {
        m_overtaken->say(NoticeBar::Tone::Warning, words, tr("Compare"), [this] {
            openOvertaken();
        });
    }
}

void RoutingPage::refreshFaults()
{
    const QString problem = m_draft->isModified() ? m_draft->edited().problem : QString();
    const auto &faults = m_draft->checked().faults;
    const QString first = faults.empty() ? QString() : faults.front().message;
    say(m_fault,
        NoticeBar::Tone::Bad,
        view() >= Review    ? QString()
        : problem.isEmpty() ? first
                            : problem);
}

/// What takes longer than a drag's step may.
void RoutingPage::settle()
{
    m_proposal = m_draft->isModified() ? m_proposal : 0;
    refreshFaults();
    m_routes->editor()->refreshWarnings();
    if (view() == Review) {
        m_review->setExpected(expected());
        m_review->refresh();
    }
}

void RoutingPage::askWhatToImport()
{
    auto *dialog = new QFileDialog(this, tr("Import from Another Gateway"));
    dialog->setObjectName(u"importDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("LiteLLM or Portkey configuration") + u" (*.yaml *.yml *.json)"_s,
                            tr("All files") + u" (*)"_s});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        setView(Import);
        m_import->takeFile(path);
    });
    dialog->open();
}

void RoutingPage::openOvertaken()
{
    const RunningConfig running = m_config->running();
    m_conflict->setTheirs(running,
                          tr("Plan %1 runs now; your draft began on plan %2.")
                              .arg(running.number)
                              .arg(m_draft->base().number));
    setView(Conflict);
}

void RoutingPage::reviewOrApply()
{
    if (view() == Review) {
        m_review->apply();
    } else {
        setView(Review);
    }
}

void RoutingPage::apply(const QString &why, std::function<void(bool)> done)
{
    m_done = std::move(done);
    beginApplying();
    m_config->apply(m_applying,
                    m_draft->edited().text,
                    m_draft->base().revision,
                    why,
                    {expected(), m_proposal});
}

void RoutingPage::beginApplying()
{
    m_outcome->hide();
    m_review->setFailure({});
    m_review->setBusy(true);
    m_applying = nextConfigRequest();
}

void RoutingPage::rollBack(qint64 number)
{
    m_outcome->hide();
    m_applying = nextConfigRequest();
    m_config->rollBack(m_applying, number, m_config->running().revision, {});
}

void RoutingPage::applied(const ApplyOutcome &outcome)
{
    m_applying = 0;
    m_review->setBusy(false);
    const auto done = std::exchange(m_done, {});
    switch (outcome.kind) {
    case ApplyOutcome::Kind::Applied:
        tellApplied(outcome);
        break;
    case ApplyOutcome::Kind::Conflict:
        openConflict(outcome);
        break;
    case ApplyOutcome::Kind::Faulty:
    case ApplyOutcome::Kind::Failed: {
        QStringList words{outcome.problem};
        for (const ConfigFault &fault : outcome.faults) {
            words << tr("Line %1: %2").arg(fault.line).arg(fault.message);
        }
        words.removeAll(QString());
        if (view() == Review) {
            m_review->setFailure(words.join(u'\n'));
        } else {
            m_outcome->say(NoticeBar::Tone::Bad, words.join(u'\n'));
        }
        break;
    }
    }
    if (done) {
        done(outcome.kind == ApplyOutcome::Kind::Applied);
    }
}

void RoutingPage::tellApplied(const ApplyOutcome &outcome)
{
    m_review->clearReason();
    m_proposal = 0;
    m_matrix->ask(); // by now it is decided what becomes of the proposals that it took over
    if (outcome.trial != 0) {
        return setView(Routes); // the bar above it says the rest
    }
    if (m_draft->isModified() && m_config->running().revision == outcome.revision) {
        m_draft->carryOver(m_config->running(), m_draft->changedRoutes());
    }
    const QString words =
        tr("Plan %1 applied %2.").arg(outcome.number).arg(text::clock(m_state.now()));
    if (view() >= Review) {
        setView(Routes);
    }
    if (outcome.replaced.isEmpty() || outcome.number < 2) {
        return m_outcome->say(NoticeBar::Tone::Info, words);
    }
    m_outcome->say(NoticeBar::Tone::Info,
                   words,
                   tr("Roll Back"),
                   [this, number = outcome.number - 1] { rollBack(number); });
}

void RoutingPage::openConflict(const ApplyOutcome &outcome)
{
    RunningConfig theirs{.text = outcome.theirs,
                         .revision = outcome.revision,
                         .number = outcome.number,
                         .settings = m_config->check(outcome.theirs).settings,
                         .whyFixed = m_config->running().whyFixed};
    const QString story = outcome.time
                              ? tr("%1 applied plan %2 at %3, after your draft was begun on plan "
                                   "%4.")
                                    .arg(outcome.author)
                                    .arg(outcome.number)
                                    .arg(text::clock(*outcome.time))
                                    .arg(m_draft->base().number)
                              : tr("The file was edited by hand, and the gateway has not taken it "
                                   "over yet.");
    if (!m_draft->isModified()) {
        return m_outcome->say(NoticeBar::Tone::Bad, story);
    }
    m_conflict->setTheirs(theirs, story);
    setView(Conflict);
}

void RoutingPage::restore(qint64 number, const QString &text)
{
    const CheckedConfig checked = m_config->check(text);
    if (checked.settings == nullptr) {
        return m_outcome->say(NoticeBar::Tone::Bad,
                              tr("Plan %1 is not valid any more: %2")
                                  .arg(number)
                                  .arg(checked.faults.empty() ? QString()
                                                              : checked.faults.front().message));
    }
    m_draft->take(tr("Restore plan %1").arg(number), *checked.settings);
    setView(m_draft->isModified() ? Review : Routes);
    if (!m_draft->isModified()) {
        m_outcome->say(NoticeBar::Tone::Info,
                       tr("The routes of plan %1 are those that run.").arg(number));
    }
}

} // namespace signalbox::ui
