// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/judge_panel.h"

#include "ui/pages/vote_keeper.h"
#include "ui/text/numbers.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_panel.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/section.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSaveFile>
#include <QSignalBlocker>

#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kNoticeMs = 6'000;
constexpr int kUndoMs = 10'000;

QString within(const Interval &interval)
{
    return JudgePanel::tr("%1 to %2")
        .arg(text::percent(interval.low), text::percent(interval.high));
}

QString points(double strength)
{
    const auto rounded = std::lround(eloPoints(strength));
    return (rounded < 0 ? u"−"_s : u"+"_s) + text::count(std::abs(rounded));
}

} // namespace

JudgePanel::JudgePanel(VoteKeeper &votes, NoticeBar &notice, QWidget *parent)
    : QWidget(parent)
    , m_votes(votes)
    , m_notice(notice)
    , m_models(
          {tr("Rank"), tr("Model"), tr("Strength"), tr("90 % interval"), tr("Wins"), tr("Votes")},
          2)
    , m_pairs({tr("Model"),
               tr("Against"),
               tr("Won"),
               tr("Tied"),
               tr("Lost"),
               tr("Wins"),
               tr("90 % interval")},
              2)
    , m_empty(new EmptyPanel(this))
    , m_modelsView(new ListView(u"judge.models"_s, tr("Standings"), this))
    , m_pairsView(new ListView(u"judge.pairs"_s, tr("Pair by pair"), this))
{
    setObjectName(u"judge"_s);
    m_modelsView->setModel(&m_models);
    m_modelsView->setColumnWidths({5, 0, 10, 18, 8, 8});
    m_pairsView->setModel(&m_pairs);
    m_pairsView->setColumnWidths({34, 0, 7, 7, 7, 8, 18});
    m_modelsSection = new Section(tr("Standings"), m_modelsView, this);
    m_modelsSection->setNote(
        tr("points as in chess: 400 above another are odds of ten to one; 0 is the mean"));
    m_pairsSection = new Section(tr("Pair by Pair"), m_pairsView, this);
    m_pairsSection->setNote(tr("a tie is half a win to both"));
    m_empty->say(tr("No votes yet"),
                 tr("Judge answers blind: the columns are shuffled, names and figures stay hidden "
                    "until you have chosen. What you prefer adds up here, for each class of task."),
                 tr("Judge Blind"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kPad);
    column->addWidget(buildTools());
    column->addWidget(m_empty);
    column->addWidget(m_modelsSection, 1);
    column->addWidget(m_pairsSection, 1);
    column->addStretch();
    connect(m_empty, &EmptyPanel::pressed, this, &JudgePanel::compareAsked);
    connect(&m_votes, &VoteKeeper::changed, this, &JudgePanel::refresh);
    refresh();
}

QWidget *JudgePanel::buildTools()
{
    auto *tools = new QWidget(this);
    m_task = new QComboBox(tools);
    m_task->setObjectName(u"judge.task"_s);
    m_task->setAccessibleName(tr("Class of task"));
    m_task->addItem(tr("All tasks"), QString());
    m_counts = new QLabel(tools);
    m_counts->setObjectName(u"judge.counts"_s);
    m_counts->setFont(themeFont(TypeRole::Caption));
    m_counts->setForegroundRole(QPalette::PlaceholderText);
    m_veto = new QPushButton(tr("Veto in Routing…"), tools);
    m_veto->setObjectName(u"judge.veto"_s);
    m_copy = new QPushButton(tr("Copy Veto List"), tools);
    m_copy->setObjectName(u"judge.vetoes"_s);
    m_export = new QPushButton(tr("Export…"), tools);
    m_export->setObjectName(u"judge.export"_s);
    m_forget = new QPushButton(tr("Forget Votes"), tools);
    m_forget->setObjectName(u"judge.forget"_s);
    auto *row = new QHBoxLayout(tools);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kGap);
    row->addWidget(m_task);
    row->addWidget(m_counts, 1);
    for (QPushButton *button : {m_veto, m_copy, m_export, m_forget}) {
        button->setFont(themeFont(TypeRole::Caption));
        row->addWidget(button);
    }
    connect(m_task, &QComboBox::activated, this, &JudgePanel::refresh);
    connect(m_veto, &QPushButton::clicked, this, &JudgePanel::askForVetoes);
    connect(m_copy, &QPushButton::clicked, this, &JudgePanel::copyVetoes);
    connect(m_export, &QPushButton::clicked, this, &JudgePanel::askWhereToExport);
    connect(m_forget, &QPushButton::clicked, this, &JudgePanel::forget);
    return tools;
}

void JudgePanel::refreshTasks()
{
    for (const KeptVote &vote : m_votes.votes()) {
        if (!vote.task.isEmpty() && m_task->findData(vote.task) < 0) {
            m_task->addItem(vote.task, vote.task);
        }
    }
}

void JudgePanel::refresh()
{
    refreshTasks();
    m_standings = standingsOf(m_votes.votes(), m_task->currentData().toString());
    std::vector<std::vector<TextCell>> rows;
    for (std::size_t i = 0; i < m_standings.models.size(); ++i) {
        const ModelStanding &one = m_standings.models[i];
        const QString sure =
            tr("%1 to %2").arg(points(one.strength.within.low), points(one.strength.within.high));
        rows.push_back({{QString::number(i + 1)},
                        {one.model},
                        {points(one.strength.value)},
                        {sure, tr("With 90 % certainty between %1 points").arg(sure)},
                        {text::percent(one.rate.value),
                         tr("%1 of its meetings won: between %2 with 90 % certainty")
                             .arg(text::percent(one.rate.value), within(one.rate.within))},
                        {text::count(one.votes)}});
    }
    m_models.show(std::move(rows));
    rows.clear();
    for (const PairStanding &pair : m_standings.pairs) {
        rows.push_back({{pair.first},
                        {pair.second},
                        {text::count(pair.wins)},
                        {text::count(pair.ties)},
                        {text::count(pair.losses)},
                        {text::percent(pair.rate.value)},
                        {within(pair.rate.within)}});
    }
    m_pairs.show(std::move(rows));
    const bool any = !m_votes.votes().empty();
    const QString counted = tr("%n votes count", nullptr, m_standings.votes);
    const QString seen = tr("%n were not blind and do not count", nullptr, m_standings.notBlind);
    m_counts->setText(!any                        ? QString()
                      : m_standings.notBlind == 0 ? counted
                                                  : counted + u" · "_s + seen);
    m_empty->setVisible(!any);
    m_modelsSection->setVisible(any);
    m_pairsSection->setVisible(any);
    const QString vetoes = vetoText(qualityOf(m_standings));
    const QString none = tr("No target with 20 votes or more is surely below the mean.");
    m_veto->setEnabled(!vetoes.isEmpty());
    m_veto->setToolTip(
        vetoes.isEmpty() ? none
                         : tr("Puts %1 into the draft of each route whose weights are proposed and "
                              "that asks these targets.")
                               .arg(vetoes));
    m_copy->setEnabled(!vetoes.isEmpty());
    m_copy->setToolTip(vetoes.isEmpty()
                           ? none
                           : tr("Copies %1 for the table “propose” of a route: the weekly proposal "
                                "of weights gives "
                                "these targets no more than they have.")
                                 .arg(vetoes));
    m_export->setEnabled(any);
    m_forget->setEnabled(any);
}

void JudgePanel::askForVetoes()
{
    QStringList targets;
    for (const QualityWord &word : qualityOf(m_standings)) {
        if (word.veto) {
            targets << word.target;
        }
    }
    Q_EMIT vetoesAsked(targets);
}

void JudgePanel::copyVetoes()
{
    QApplication::clipboard()->setText(vetoText(qualityOf(m_standings)));
    m_notice.say(NoticeBar::Tone::Info,
                 tr("Copied. Paste it into the table “propose” of the route in the configuration."),
                 {},
                 {},
                 kNoticeMs);
}

void JudgePanel::askWhereToExport()
{
    auto *dialog = new QFileDialog(this, tr("Export the Standings"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"csv"_s);
    dialog->setNameFilter(u"*.csv"_s);
    dialog->selectFile(u"signalbox-standings.csv"_s);
    connect(dialog, &QFileDialog::fileSelected, this, &JudgePanel::write);
    dialog->open();
}

void JudgePanel::write(const QString &path)
{
    QSaveFile file(path);
    const QByteArray content = standingsAsCsv(m_standings);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()
        || !file.commit()) {
        return m_notice.say(NoticeBar::Tone::Bad,
                            tr("%1 was not written: %2").arg(path, file.errorString()),
                            tr("Retry"),
                            [this] { askWhereToExport(); });
    }
    m_notice.say(NoticeBar::Tone::Info, tr("Written to %1").arg(path), {}, {}, kNoticeMs);
}

void JudgePanel::forget()
{
    const std::vector<KeptVote> before = m_votes.votes();
    m_votes.forget();
    m_notice.offerUndo(
        tr("Forgot %n votes.", nullptr, static_cast<int>(before.size())),
        [this, before] { m_votes.putBack(before); },
        kUndoMs);
}

} // namespace signalbox::ui
