// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/targets_model.h"

#include "ui/models/requests_model.h"
#include "ui/text/names.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

QString textOf(const TargetSummary &row, int column)
{
    switch (column) {
    case TargetsModel::State:
        return row.headline.section(u" ("_s,
                                    0,
                                    0); // what is in parentheses has a column of its own
    case TargetsModel::Target:
        return row.model; // the provider is told by the tag before it
    case TargetsModel::Calculated:
        return row.calculated;
    case TargetsModel::Forced:
        return row.forced;
    case TargetsModel::Rate:
        return row.figures[3].value;
    case TargetsModel::Failed:
        return row.figures[4].value;
    case TargetsModel::P95:
        return row.figures[1].value;
    case TargetsModel::InFlight:
        return row.figures[5].value;
    case TargetsModel::Weight:
        return row.weight;
    case TargetsModel::Measured:
        return row.measured;
    case TargetsModel::Limits:
        return row.limitLeft;
    default:
        return {};
    }
}

QVariant sortKey(const TargetSummary &row, int column)
{
    switch (column) {
    case TargetsModel::State:
        return row.severity;
    case TargetsModel::Rate:
        return row.numbers.attempts;
    case TargetsModel::Failed:
        return row.numbers.failureShare;
    case TargetsModel::P95:
        return row.numbers.p95Ms;
    case TargetsModel::InFlight:
        return row.numbers.inFlight;
    default:
        return textOf(row, column);
    }
}

bool isNumber(int column)
{
    return column >= TargetsModel::Rate && column <= TargetsModel::Limits;
}

} // namespace

void TargetsModel::setSummaries(std::vector<TargetSummary> summaries)
{
    const bool same = std::equal(summaries.begin(),
                                 summaries.end(),
                                 m_rows.begin(),
                                 m_rows.end(),
                                 [](const auto &a, const auto &b) { return a.target == b.target; });
    if (!same) {
        beginResetModel();
        m_rows = std::move(summaries);
        return endResetModel();
    }
    if (m_rows == summaries) {
        return;
    }
    m_rows = std::move(summaries);
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int TargetsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int TargetsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TargetsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const TargetSummary &row = summary(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return textOf(row, index.column());
    case Qt::AccessibleTextRole:
        return index.column() == Target ? text::fromUtf8(row.target.name())
                                        : textOf(row, index.column());
    case Qt::ToolTipRole:
        return text::fromUtf8(row.target.name()) + u": "_s + spoken(row);
    case Qt::TextAlignmentRole:
        return int((isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case SortRole:
        return sortKey(row, index.column());
    case GlyphRole:
        return index.column() == State ? QVariant(static_cast<int>(row.glyph.shape)) : QVariant();
    case ForcedRole:
        return row.glyph.forced;
    case RequestsModel::TagRole:
        return index.column() == Target ? row.tag : QString();
    case RequestsModel::KindRole:
        return row.kind;
    default:
        return {};
    }
}

QVariant TargetsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    return QStringList{tr("State"),
                       tr("Target"),
                       tr("By count"),
                       tr("Forced"),
                       tr("Rate"),
                       tr("Failed"),
                       tr("p95"),
                       tr("In flight"),
                       tr("Weight"),
                       tr("Measured"),
                       tr("Limit left")}
        .at(section);
}

} // namespace signalbox::ui
