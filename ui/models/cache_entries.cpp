// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/cache_entries.h"

#include "ui/models/cache_text.h"
#include "ui/models/requests_model.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

bool isRight(int column)
{
    return column >= CacheEntries::Hits;
}

} // namespace

void CacheEntries::look(CacheQuery query)
{
    m_query = std::move(query);
    m_query.limit = kPageRows;
    ask(0);
}

void CacheEntries::clear()
{
    m_asked.takeBack();
    beginResetModel();
    m_entries.clear();
    m_shown.clear();
    m_matching = m_read = 0;
    endResetModel();
    become(State::Idle);
}

void CacheEntries::ask(std::size_t offset)
{
    become(State::Reading);
    m_query.offset = offset;
    m_asked = m_source->view(m_query, [this, offset](const CacheAnswer<CacheView> &answer) {
        take(answer, offset);
    });
}

void CacheEntries::take(const CacheAnswer<CacheView> &answer, std::size_t offset)
{
    if (!answer) {
        return become(State::Failed, answer.error());
    }
    m_matching = answer->matching;
    m_read = offset + answer->entries.size();
    if (offset == 0) {
        beginResetModel();
        m_entries = answer->entries;
        arrange();
        endResetModel();
    } else {
        append(answer->entries);
    }
    const bool more = !answer->entries.empty() && m_read < m_matching;
    const bool full = m_entries.size() >= static_cast<std::size_t>(kRowsMax);
    become(!more ? State::All : full ? State::Full : State::More);
    Q_EMIT viewArrived(*answer);
}

/// What came or went between two pages moves the others: one that was read already is left out.
void CacheEntries::append(const std::vector<CacheEntry> &entries)
{
    QSet<QString> known;
    for (const CacheEntry &entry : m_entries) {
        known.insert(text::fromUtf8(entry.id));
    }
    std::vector<std::size_t> added;
    for (const CacheEntry &entry : entries) {
        const QString id = text::fromUtf8(entry.id);
        if (!known.contains(id)) {
            if (!m_hidden.contains(id)) {
                added.push_back(m_entries.size());
            }
            m_entries.push_back(entry);
        }
    }
    if (added.empty()) {
        return;
    }
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(added.size()) - 1);
    m_shown.insert(m_shown.end(), added.begin(), added.end());
    endInsertRows();
}

void CacheEntries::arrange()
{
    m_shown.clear();
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        if (!m_hidden.contains(text::fromUtf8(m_entries[i].id))) {
            m_shown.push_back(i);
        }
    }
}

void CacheEntries::become(State state, const QString &problem)
{
    m_state = state;
    m_problem = problem;
    Q_EMIT stateChanged();
}

const CacheEntry &CacheEntries::entryAt(int row) const
{
    return m_entries[m_shown[static_cast<std::size_t>(row)]];
}

void CacheEntries::hide(const QSet<QString> &ids)
{
    if (ids == m_hidden) {
        return;
    }
    beginResetModel();
    m_hidden = ids;
    arrange();
    endResetModel();
    Q_EMIT stateChanged();
}

void CacheEntries::setPinned(const QString &id, bool pinned)
{
    const std::string wanted = id.toStdString();
    for (int row = 0; row < rowCount(); ++row) {
        CacheEntry &entry = m_entries[m_shown[static_cast<std::size_t>(row)]];
        if (entry.id == wanted) {
            entry.pinned = pinned;
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
    }
}

int CacheEntries::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int CacheEntries::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

bool CacheEntries::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_state == State::More;
}

void CacheEntries::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent)) {
        ask(m_read);
    }
}

QVariant CacheEntries::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const CacheEntry &entry = entryAt(index.row());
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return textOf(entry, column);
    case Qt::ToolTipRole:
        return tipOf(entry, column);
    case Qt::TextAlignmentRole:
        return int((isRight(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case RequestsModel::ToneRole:
        return column == Question || column == Hits ? RequestsModel::Plain : RequestsModel::Quiet;
    default:
        return {};
    }
}

QString CacheEntries::textOf(const CacheEntry &entry, int column) const
{
    switch (column) {
    case Question:
        return text::fromUtf8(entry.question);
    case Route:
        return text::fromUtf8(entry.route);
    case Client:
        return entry.client.empty() ? tr("all", "clients") : text::fromUtf8(entry.client);
    case Target:
        return text::fromUtf8(entry.target.name());
    case Made:
        return text::ago(m_now, entry.made);
    case Used:
        return entry.usedLast ? text::ago(m_now, *entry.usedLast) : text::dash();
    case Expires:
        return entry.pinned            ? tr("pinned")
               : entry.expires > m_now ? tr("in %1").arg(
                     text::span(std::chrono::duration_cast<Micros>(entry.expires - m_now)))
                                       : tr("expired");
    case Hits:
        return text::count(static_cast<std::int64_t>(entry.hits));
    case Saved:
        return entry.hits == 0 ? text::dash() : text::money(entry.saved);
    case Size:
        return cacheSize(entry.bytes);
    default:
        return {};
    }
}

QString CacheEntries::tipOf(const CacheEntry &entry, int column) const
{
    switch (column) {
    case Question:
        return text::fromUtf8(entry.question);
    case Target:
        return tr("%1, for the request %2")
            .arg(text::fromUtf8(entry.target.name()), text::fromUtf8(entry.requestId));
    case Made:
        return text::fullTime(entry.made);
    case Used:
        return entry.usedLast ? text::fullTime(*entry.usedLast) : tr("It was not given again yet");
    case Expires:
        return entry.pinned ? tr("It neither makes room nor expires")
                            : text::fullTime(entry.expires);
    default:
        return {};
    }
}

QVariant CacheEntries::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int((isRight(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    const QStringList titles{tr("Question"),
                             tr("Route"),
                             tr("Client"),
                             tr("Answered by"),
                             tr("Made"),
                             tr("Used last"),
                             tr("Expires"),
                             tr("Hits"),
                             tr("Saved"),
                             tr("Size")};
    return titles.at(section);
}

} // namespace signalbox::ui
