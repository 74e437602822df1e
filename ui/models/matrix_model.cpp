// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/matrix_model.h"

#include "ui/text/names.h"
#include "ui/text/numbers.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr double kManyFailures = 0.10; ///< as hot as it gets

QString secondsText(double seconds)
{
    return text::latency(seconds * 1000);
}

} // namespace

void MatrixModel::setCells(std::vector<MatrixCell> cells)
{
    beginResetModel();
    m_cells = std::move(cells);
    m_tasks.clear();
    m_targets.clear();
    for (const MatrixCell &cell : m_cells) {
        if (std::ranges::find(m_tasks, cell.task) == m_tasks.end()) {
            m_tasks.push_back(cell.task);
        }
        if (std::ranges::find(m_targets, cell.target) == m_targets.end()) {
            m_targets.push_back(cell.target);
        }
    }
    std::ranges::sort(m_targets);
    endResetModel();
}

void MatrixModel::setMeasure(MatrixMeasure measure)
{
    if (measure != m_measure) {
        m_measure = measure;
        if (!m_cells.empty()) {
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        }
    }
}

int MatrixModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_tasks.size());
}

int MatrixModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_targets.size());
}

const MatrixCell *MatrixModel::cellAt(const QModelIndex &index) const
{
    const std::string &task = m_tasks[std::size_t(index.row())];
    const TargetId &target = m_targets[std::size_t(index.column())];
    const auto found = std::ranges::find_if(m_cells, [&](const MatrixCell &cell) {
        return cell.task == task && cell.target == target;
    });
    return found == m_cells.end() ? nullptr : &*found;
}

std::optional<double> MatrixModel::figureOf(const MatrixCell &cell) const
{
    switch (m_measure) {
    case MatrixMeasure::Cost:
        return cell.costPerAnswer ? std::optional(cell.costPerAnswer->value) : std::nullopt;
    case MatrixMeasure::Time:
        return secondsPerAnswer(cell);
    case MatrixMeasure::Failures:
        break;
    }
    return cell.failureShare.value;
}

QString MatrixModel::figureText(const MatrixCell &cell) const
{
    const auto figure = figureOf(cell);
    if (!figure) {
        return m_measure == MatrixMeasure::Cost && cell.unknownPriceCalls > 0 ? tr("n/a")
                                                                              : text::dash();
    }
    switch (m_measure) {
    case MatrixMeasure::Cost:
        return text::money(*figure);
    case MatrixMeasure::Time:
        return secondsText(*figure);
    case MatrixMeasure::Failures:
        break;
    }
    return text::percent(*figure);
}

/// Of time there is one for the first token alone: what follows depends on the length.
QString MatrixModel::bandText(const MatrixCell &cell) const
{
    if (cell.tooFew) {
        return tr("too few");
    }
    const auto band = [](const QString &low, const QString &high) {
        return low == high ? low : u"%1 – %2"_s.arg(low, high);
    };
    switch (m_measure) {
    case MatrixMeasure::Cost:
        return cell.costPerAnswer ? band(text::money(cell.costPerAnswer->low),
                                         text::money(cell.costPerAnswer->high))
                                  : QString();
    case MatrixMeasure::Time:
        return cell.firstToken ? tr("first token %1")
                                     .arg(band(secondsText(cell.firstToken->low),
                                               secondsText(cell.firstToken->high)))
                               : QString();
    case MatrixMeasure::Failures:
        break;
    }
    return band(text::percent(cell.failureShare.low), text::percent(cell.failureShare.high));
}

/// Tasks are not compared with each other: a summary costs more than a greeting anywhere.
double MatrixModel::heatOf(const MatrixCell &cell) const
{
    const auto own = figureOf(cell);
    if (!own || cell.tooFew) {
        return -1;
    }
    if (m_measure == MatrixMeasure::Failures) {
        return std::min(1.0, *own / kManyFailures);
    }
    double low = *own;
    double high = *own;
    int compared = 0;
    for (const MatrixCell &other : m_cells) {
        const auto figure = other.task == cell.task && !other.tooFew ? figureOf(other)
                                                                     : std::nullopt;
        if (figure) {
            low = std::min(low, *figure);
            high = std::max(high, *figure);
            ++compared;
        }
    }
    return compared < 2 || high <= low ? -1 : (*own - low) / (high - low);
}

QString MatrixModel::wordsOf(const MatrixCell &cell) const
{
    QStringList
        lines{u"%1 · %2"_s.arg(text::fromUtf8(cell.task), text::fromUtf8(cell.target.name())),
              tr("%1 calls, %2 answered").arg(text::count(cell.calls), text::count(cell.answered)),
              tr("%1 in all, with what failed or was abandoned").arg(text::money(cell.cost))};
    if (cell.unknownPriceCalls > 0) {
        lines << tr("of %1 calls the price is not known").arg(text::count(cell.unknownPriceCalls));
    }
    if (cell.firstToken) {
        lines << tr("first token after %1, then %2")
                     .arg(secondsText(cell.firstToken->value),
                          cell.tokensPerSecond ? text::throughput(cell.tokensPerSecond->value)
                                               : text::dash());
    }
    lines << tr("%1 failed, %2 were abandoned")
                 .arg(text::percent(cell.failureShare.value),
                      text::percent(cell.abandonedShare.value));
    return lines.join(u'\n');
}

QVariant MatrixModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const MatrixCell *cell = cellAt(index);
    if (cell == nullptr) {
        return role == Qt::DisplayRole          ? QVariant(text::dash())
               : role == Qt::AccessibleTextRole ? QVariant(tr("never asked for that"))
               : role == Qt::ToolTipRole        ? QVariant(tr("never asked for that"))
               : role == HeatRole               ? QVariant(-1.0)
                                                : QVariant();
    }
    switch (role) {
    case Qt::DisplayRole:
        return figureText(*cell);
    case BandRole:
        return bandText(*cell);
    case CountRole:
        return tr("n = %1").arg(text::count(cell->calls));
    case HeatRole:
        return heatOf(*cell);
    case Qt::ToolTipRole:
        return wordsOf(*cell);
    case Qt::AccessibleTextRole:
        return u"%1, %2, %3"_s.arg(figureText(*cell),
                                   bandText(*cell),
                                   data(index, CountRole).toString());
    default:
        return {};
    }
}

QVariant MatrixModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) {
        return QAbstractTableModel::headerData(section, orientation, role);
    }
    if (orientation == Qt::Vertical) {
        return text::fromUtf8(m_tasks[std::size_t(section)]);
    }
    const TargetId &target = m_targets[std::size_t(section)];
    return role == Qt::ToolTipRole ? text::fromUtf8(target.name()) : text::modelName(target);
}

} // namespace signalbox::ui
