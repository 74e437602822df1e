// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/near_misses.h"

#include "ui/models/cache_text.h"
#include "ui/models/requests_model.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"

#include <algorithm>
#include <utility>

namespace signalbox::ui {

namespace {

bool isSame(const CacheNearMiss &one, const CacheNearMiss &other)
{
    return one.requestId == other.requestId && one.entry == other.entry && one.at == other.at;
}

} // namespace

void NearMisses::setMisses(std::vector<CacheNearMiss> misses)
{
    if (misses == m_misses) {
        return;
    }
    // What is new stands in front: the rows behind it move down, and the oldest go.
    const auto kept = m_misses.empty()
                          ? misses.end()
                          : std::ranges::find_if(misses, [this](const CacheNearMiss &miss) {
                                return isSame(miss, m_misses.front());
                            });
    const auto fresh = static_cast<std::size_t>(std::distance(misses.begin(), kept));
    const std::size_t same = misses.size() - fresh;
    const bool shifted = kept != misses.end() && same <= m_misses.size()
                         && std::equal(kept, misses.end(), m_misses.begin(), isSame);
    if (!shifted) {
        beginResetModel();
        m_misses = std::move(misses);
        endResetModel();
        return;
    }
    if (m_misses.size() > same) {
        beginRemoveRows({}, static_cast<int>(same), rowCount() - 1);
        m_misses.resize(same);
        endRemoveRows();
    }
    if (fresh > 0) {
        beginInsertRows({}, 0, static_cast<int>(fresh) - 1);
        m_misses = std::move(misses);
        endInsertRows();
    }
}

int NearMisses::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_misses.size());
}

int NearMisses::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant NearMisses::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const CacheNearMiss &miss = m_misses[static_cast<std::size_t>(index.row())];
    const int column = index.column();
    if (role == Qt::TextAlignmentRole) {
        return int((column == Likeness ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role == Qt::ToolTipRole && column == Time) {
        return text::fullTime(miss.at);
    }
    if (role == RequestsModel::ToneRole) {
        return column == Asked || column == Likeness ? RequestsModel::Plain : RequestsModel::Quiet;
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) {
        return {};
    }
    switch (column) {
    case Time:
        return text::clock(miss.at);
    case Route:
        return text::fromUtf8(miss.route);
    case Likeness:
        return likenessText(miss.likeness);
    case Asked:
        return text::fromUtf8(miss.asked);
    case Why:
        return whyApart(miss);
    default:
        return {};
    }
}

QVariant NearMisses::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int((section == Likeness ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    const QStringList titles{tr("Time"),
                             tr("Route"),
                             tr("Likeness"),
                             tr("Asked"),
                             tr("Kept apart because")};
    return titles.at(section);
}

} // namespace signalbox::ui
