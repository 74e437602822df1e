// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/batch_panel.h"

#include "ui/models/batch_totals.h"
#include "ui/models/playground_text.h"
#include "ui/pages/batch_form.h"
#include "ui/pages/playground_session.h"
#include "ui/text/numbers.h"
#include "ui/widgets/fill_bar.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/section.h"

#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

using State = BatchSession::State;

constexpr int kNoticeMs = 6'000;
constexpr int kRefreshMs = 250;

QString withInterval(const Proportion &share)
{
    return share.trials == 0 ? text::dash()
                             : u"%1  (%2–%3)"_s.arg(text::percent(share.value),
                                                    text::percent(share.within.low),
                                                    text::percent(share.within.high));
}

QString latencyText(const std::optional<Middle> &median)
{
    if (!median) {
        return text::dash();
    }
    const QString value = text::latency(median->value);
    return median->within ? u"%1  (%2–%3)"_s.arg(value,
                                                 text::latency(median->within->low),
                                                 text::latency(median->within->high))
                          : value;
}

QString costText(const ColumnTotals &totals)
{
    if (!totals.costUsd) {
        return totals.unknownPrices > 0 ? BatchPanel::tr("n/a") : text::dash();
    }
    const QString value = text::money(totals.costUsd->value);
    return totals.costUsd->within ? u"%1  (%2–%3)"_s.arg(value,
                                                         text::money(totals.costUsd->within->low),
                                                         text::money(totals.costUsd->within->high))
                                  : value;
}

QString spentText(Money spent, int unknown)
{
    const QString known = text::money(spent);
    return unknown == 0 ? known
                        : u"%1 + %2"_s.arg(known, BatchPanel::tr("%n × n/a", nullptr, unknown));
}

std::vector<TextCell> totalsRow(int column, const BatchPlan &plan, const ColumnTotals &totals)
{
    const QString failed = totals.failed > 0 ? BatchPanel::tr("%n failed", nullptr, totals.failed)
                                             : QString();
    QStringList checks;
    for (std::size_t i = 0; i < totals.checks.size(); ++i) {
        checks << u"%1: %2"_s.arg(textOf(plan.checks[i]), withInterval(totals.checks[i]));
    }
    const QString judged =
        totals.judged == 0
            ? QString()
            : BatchPanel::tr("won %1, tied %2, lost %3 against A; points as in chess: %4")
                  .arg(totals.wins)
                  .arg(totals.ties)
                  .arg(totals.losses)
                  .arg(totals.strength ? std::lround(eloPoints(totals.strength->value)) : 0);
    return {{columnLetter(column)},
            {plan.columns[static_cast<std::size_t>(column)].model},
            {text::count(totals.answered)},
            {failed.isEmpty() ? u"0"_s : text::count(totals.failed),
             failed,
             totals.failed > 0 ? RequestsModel::Bad : RequestsModel::Plain},
            {plan.checks.empty() ? text::dash() : withInterval(totals.all), checks.join(u'\n')},
            {latencyText(totals.latencyMs)},
            {costText(totals)},
            {spentText(totals.spent, totals.unknownPrices)},
            {withInterval(totals.rate), judged}};
}

} // namespace

BatchPanel::BatchPanel(BatchSession &batch,
                       PlaygroundSession &session,
                       NoticeBar &notice,
                       QWidget *parent)
    : QWidget(parent)
    , m_batch(batch)
    , m_session(session)
    , m_notice(notice)
    , m_form(new BatchForm(this))
    , m_totals({tr("Col"),
                tr("Model"),
                tr("Answered"),
                tr("Failed"),
                tr("Passed"),
                tr("Median latency"),
                tr("Mean cost"),
                tr("Spent"),
                tr("Better than A")},
               2)
    , m_export(batch)
{
    setObjectName(u"batch"_s);
    m_refreshing.setSingleShot(true);
    m_refreshing.setInterval(kRefreshMs);
    build();
    connectBatch();
    refresh();
}

void BatchPanel::connectBatch()
{
    const auto soon = [this] {
        if (!m_refreshing.isActive()) {
            m_refreshing.start();
        }
    };
    connect(&m_refreshing, &QTimer::timeout, this, &BatchPanel::refresh);
    connect(&m_batch, &BatchSession::changed, this, soon);
    connect(&m_batch, &BatchSession::answered, &m_model, &BatchModel::refresh);
    connect(&m_batch, &BatchSession::replaced, this, [this] {
        m_model.setRun(m_batch.run());
        QList<int> widths{5, 22};
        for (int i = BatchModel::Answers; i < m_model.columnCount(); ++i) {
            widths << 28;
        }
        m_matrix->setColumnWidths(widths);
        refresh();
    });
    connect(m_matrix->selectionModel(),
            &QItemSelectionModel::currentChanged,
            this,
            &BatchPanel::showChosen);
    connect(&m_session, &PlaygroundSession::promptChanged, this, soon);
    connect(&m_session, &PlaygroundSession::columnsChanged, this, soon);
    connect(m_form, &BatchForm::changed, this, &BatchPanel::refreshTools);
    connect(m_form, &BatchForm::openAsked, this, &BatchPanel::askForFile);
    connect(m_edit, &QPushButton::clicked, this, &BatchPanel::compareAsked);
    connect(m_start, &QPushButton::clicked, this, &BatchPanel::start);
    connect(m_pause, &QPushButton::clicked, this, &BatchPanel::pause);
    connect(m_retry, &QPushButton::clicked, &m_batch, &BatchSession::retryFailed);
    connect(m_discard, &QPushButton::clicked, this, &BatchPanel::discard);
    connect(&m_export,
            &BatchExport::finished,
            this,
            [this](const QString &path, const QString &problem) {
                const bool written = problem.isEmpty();
                m_notice.say(written ? NoticeBar::Tone::Info : NoticeBar::Tone::Bad,
                             written ? tr("Written to %1").arg(path)
                                     : tr("%1 was not written: %2").arg(path, problem),
                             {},
                             {},
                             written ? kNoticeMs : 0);
            });
}

void BatchPanel::setChoices(const std::vector<PlaygroundChoice> &choices)
{
    m_form->setChoices(choices);
}

BatchPlan BatchPanel::plan() const
{
    BatchPlan plan = m_form->filled({});
    plan.turns = turnsFor(m_session.turns(), plan.file);
    for (int i = 0; i < static_cast<int>(m_session.columns().size()); ++i) {
        const PlaygroundAsk ask = m_session.askOf(i);
        if (!ask.model.isEmpty()) {
            plan.columns.push_back({ask.model, ask.parameters});
        }
    }
    return plan;
}

QString BatchPanel::whyNot() const
{
    const QString barred = m_batch.whyNot();
    if (!barred.isEmpty() || m_batch.run() != nullptr) {
        return barred;
    }
    const QString problem = m_form->file().rows.empty() ? QString() : m_form->problem();
    return problem.isEmpty() ? problemOf(plan()) : problem;
}

void BatchPanel::start()
{
    if (!whyNot().isEmpty()) {
        return refreshTools();
    }
    if (m_batch.run() == nullptr) {
        return m_batch.begin(plan());
    }
    if (m_batch.state() == State::Halted) {
        const QString written = m_newBudget->text().trimmed();
        if (!written.isEmpty() && !budgetFrom(written)) {
            return m_notice.say(NoticeBar::Tone::Warning,
                                tr("The budget is no amount of dollars."),
                                {},
                                {},
                                kNoticeMs);
        }
        m_batch.setBudget(budgetFrom(written));
    }
    m_batch.resume();
}

void BatchPanel::refresh()
{
    refreshTools();
    refreshProgress();
    refreshTotals();
    showChosen();
}

void BatchPanel::refreshTools()
{
    const State state = m_batch.state();
    const bool any = state != State::None;
    const QString why = whyNot();
    m_form->setVisible(!any);
    m_edit->setVisible(!any);
    m_start->setText(any ? tr("Resume") : tr("Start"));
    m_start->setVisible(state != State::Running && state != State::Over);
    m_start->setEnabled(why.isEmpty() && state != State::Pausing);
    m_start->setToolTip(why);
    m_pause->setVisible(state == State::Running);
    m_discard->setVisible(any && state != State::Running);
    m_discard->setToolTip(tr("Forgets this batch: export it first if it is to be kept"));
    m_retry->setVisible(any && state != State::Running && m_batch.run()->failed() > 0);
    const bool halted = state == State::Halted;
    if (halted && !m_newBudget->isVisible()) {
        m_newBudget->clear();
    }
    m_newBudget->setVisible(halted);
    if (!any) {
        m_summary->setText(why);
        return;
    }
    const BatchPlan &plan = m_batch.run()->plan();
    QStringList parts{plan.file.name,
                      tr("%n prompts", nullptr, plan.prompts()),
                      tr("%n columns", nullptr, static_cast<int>(plan.columns.size()))};
    if (!plan.checks.empty()) {
        parts << tr("%n checks", nullptr, static_cast<int>(plan.checks.size()));
    }
    if (!plan.judge.model.isEmpty()) {
        parts << tr("judged by %1").arg(plan.judge.model);
    }
    m_summary->setText(parts.join(u" · "_s));
}

void BatchPanel::refreshProgress()
{
    const BatchRun *run = m_batch.run();
    m_bar->setVisible(run != nullptr);
    m_progress->setVisible(run != nullptr);
    if (run == nullptr) {
        return;
    }
    QStringList parts{tr("%1 of %2").arg(text::count(run->done()), text::count(run->total()))};
    switch (m_batch.state()) {
    case State::Pausing:
        parts << tr("pausing: %n in the air", nullptr, run->inAir());
        break;
    case State::Paused:
        parts << tr("paused");
        break;
    case State::Halted:
        parts
            << (run->halt() == BatchRun::Halt::Budget
                    ? tr("stopped: the budget is spent. Write another one, or none, and resume.")
                    : tr(
                        "stopped: an answer's price is not known, so no budget can be held. Resume "
                        "without one if you want to."));
        break;
    case State::Over:
        parts << tr("done");
        break;
    case State::Running:
    case State::None:
        break;
    }
    if (const auto left = m_batch.timeLeft()) {
        parts << tr("~ %1 left").arg(text::span(*left));
    }
    const QString spent = spentText(run->spent(), run->unknownPrices());
    const auto &budget = run->plan().budget;
    parts << (budget ? tr("%1 of %2 spent").arg(spent, text::money(*budget))
                     : tr("%1 spent").arg(spent));
    const auto costLeft = run->costLeft();
    if (costLeft && !run->isOver()) {
        parts << tr("~ %1 to go").arg(text::money(*costLeft));
    }
    if (run->failed() > 0) {
        parts << tr("%n failed", nullptr, run->failed());
    }
    if (!m_batch.problem().isEmpty()) {
        parts << m_batch.problem();
    }
    const QString words = parts.join(u" · "_s);
    m_progress->setText(words);
    m_bar->setShare(run->total() == 0 ? 0 : double(run->done()) / run->total(), words);
}

void BatchPanel::refreshTotals()
{
    const BatchRun *run = m_batch.run();
    m_totalsSection->setVisible(run != nullptr);
    m_answers->setVisible(run != nullptr);
    if (run == nullptr) {
        return m_totals.show({});
    }
    std::vector<std::vector<TextCell>> rows;
    const std::vector<ColumnTotals> totals = totalsOf(*run);
    for (std::size_t i = 0; i < totals.size(); ++i) {
        rows.push_back(totalsRow(static_cast<int>(i), run->plan(), totals[i]));
    }
    const int count = static_cast<int>(rows.size());
    m_totals.show(std::move(rows));
    m_totalsView->setFixedHeight(m_totalsView->heightFor(count));
}

void BatchPanel::showChosen()
{
    const auto place = m_model.placeAt(m_matrix->currentIndex());
    const BatchRun *run = m_batch.run();
    const BatchAnswer *answer = place && run != nullptr ? run->answer(*place) : nullptr;
    QString title;
    QString words;
    if (answer != nullptr) {
        QStringList
            parts{tr("Prompt %1, column %2").arg(place->row + 1).arg(columnLetter(place->column)),
                  answer->target,
                  text::latency(answer->totalMs),
                  text::cost({answer->cost, false}),
                  standText(*run, *place),
                  answer->id.isEmpty() ? QString() : tr("request %1").arg(answer->id)};
        parts.removeAll(QString());
        title = parts.join(u" · "_s);
        words = answer->isAnswered() ? answer->text : answer->failure;
    }
    m_chosenTitle->setText(title);
    m_chosenTitle->setVisible(!title.isEmpty());
    if (m_chosen->toPlainText() != words) {
        m_chosen->setPlainText(words);
    }
}

void BatchPanel::discard()
{
    if (const BatchRun *run = m_batch.run(); run != nullptr) {
        m_form->setFile(run->plan().file);
    }
    m_batch.discard();
}

} // namespace signalbox::ui
