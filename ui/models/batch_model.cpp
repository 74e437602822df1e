// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/batch_model.h"

#include "ui/models/batch_totals.h"
#include "ui/models/playground_text.h"
#include "ui/models/requests_model.h"
#include "ui/text/numbers.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct MatrixText
{
    Q_DECLARE_TR_FUNCTIONS(MatrixText)
};

constexpr qsizetype kShownMax = 160; ///< of an answer, in its cell

QString verdictText(const std::optional<PairVerdict> &verdict)
{
    if (!verdict) {
        return {};
    }
    switch (*verdict) {
    case PairVerdict::OtherWins:
        return MatrixText::tr("better than A");
    case PairVerdict::FirstWins:
        return MatrixText::tr("worse than A");
    case PairVerdict::Tie:
        return MatrixText::tr("as good as A");
    case PairVerdict::Unclear:
        return MatrixText::tr("no clear verdict");
    }
    return {};
}

} // namespace

QString standText(const BatchRun &run, BatchPlace place)
{
    const std::vector<CheckResult> &results = run.results(place);
    QStringList failed;
    int unknown = 0;
    for (std::size_t i = 0; i < results.size(); ++i) {
        if (results[i] == CheckResult::Failed) {
            failed << textOf(run.plan().checks[i]);
        }
        unknown += results[i] == CheckResult::Unknown ? 1 : 0;
    }
    QStringList parts;
    if (!failed.isEmpty()) {
        parts << MatrixText::tr("not: %1").arg(failed.join(u"; "_s));
    } else if (!results.empty() && unknown == 0) {
        parts << MatrixText::tr("all checks passed");
    }
    if (unknown > 0) {
        parts << MatrixText::tr("%n checks are not known", nullptr, unknown);
    }
    parts << verdictText(run.verdict(place.row, place.column));
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

void BatchModel::setRun(const BatchRun *run)
{
    beginResetModel();
    m_run = run;
    endResetModel();
}

void BatchModel::refresh(int row)
{
    Q_EMIT dataChanged(index(row, Answers), index(row, columnCount() - 1));
}

std::optional<BatchPlace> BatchModel::placeAt(const QModelIndex &index) const
{
    return m_run != nullptr && index.isValid() && index.column() >= Answers
               ? std::optional(BatchPlace{index.row(), index.column() - Answers})
               : std::nullopt;
}

int BatchModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || m_run == nullptr ? 0 : m_run->plan().prompts();
}

int BatchModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() || m_run == nullptr
               ? 0
               : Answers + static_cast<int>(m_run->plan().columns.size());
}

QString BatchModel::answerText(BatchPlace place) const
{
    const BatchAnswer *answer = m_run->answer(place);
    if (answer == nullptr) {
        return m_run->isInAir(place) ? u"…"_s : QString();
    }
    return (answer->isAnswered() ? answer->text : answer->failure).left(kShownMax).simplified();
}

/// A disc: it passed all there is to pass. A triangle: a check is not known. A cross: one failed.
int BatchModel::toneOf(BatchPlace place) const
{
    const BatchAnswer *answer = m_run->answer(place);
    if (answer == nullptr) {
        return RequestsModel::Quiet;
    }
    const std::vector<CheckResult> &results = m_run->results(place);
    if (!answer->isAnswered()) {
        return RequestsModel::Bad;
    }
    const CheckResult all = together(results);
    return results.empty()               ? RequestsModel::Plain
           : all == CheckResult::Failed  ? RequestsModel::Bad
           : all == CheckResult::Unknown ? RequestsModel::Warning
                                         : RequestsModel::Good;
}

/// Everything of the cell in words, for tooltips and for who listens.
QString BatchModel::told(BatchPlace place) const
{
    const BatchAnswer *answer = m_run->answer(place);
    if (answer == nullptr) {
        return m_run->isInAir(place) ? MatrixText::tr("on its way")
                                     : MatrixText::tr("not asked yet");
    }
    const QString stand = standText(*m_run, place);
    const QString figures = u"%1, %2"_s.arg(text::latency(answer->totalMs),
                                            text::cost({answer->cost, false}));
    const QString how = answer->isAnswered() ? MatrixText::tr("answered")
                                             : MatrixText::tr("failed");
    return QStringList{how + (stand.isEmpty() ? QString() : u" · "_s + stand),
                       figures,
                       answerText(place)}
        .join(u'\n');
}

QVariant BatchModel::data(const QModelIndex &index, int role) const
{
    if (m_run == nullptr || !index.isValid()) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int(Qt::AlignVCenter | (index.column() == Number ? Qt::AlignRight : Qt::AlignLeft));
    }
    const auto place = placeAt(index);
    const QStringList &row = m_run->plan().file.rows[static_cast<std::size_t>(index.row())];
    if (!place) {
        const bool shown = role == Qt::DisplayRole;
        return !shown                     ? QVariant()
               : index.column() == Number ? QVariant(QString::number(index.row() + 1))
                                          : QVariant(row.value(0).left(kShownMax).simplified());
    }
    switch (role) {
    case Qt::DisplayRole:
        return answerText(*place);
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return told(*place);
    case RequestsModel::ToneRole:
        return toneOf(*place);
    default:
        return {};
    }
}

QVariant BatchModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (m_run == nullptr || orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int(Qt::AlignVCenter | (section == Number ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    const BatchPlan &plan = m_run->plan();
    return section == Number ? tr("No.")
           : section == Prompt
               ? plan.file.variables.value(0)
               : u"%1  %2"_s.arg(columnLetter(section - Answers),
                                 plan.columns[static_cast<std::size_t>(section - Answers)].model);
}

} // namespace signalbox::ui
