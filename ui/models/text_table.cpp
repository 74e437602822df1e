// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/text_table.h"

#include <utility>

namespace signalbox::ui {

TextTable::TextTable(QStringList titles, int texts, QObject *parent)
    : QAbstractTableModel(parent)
    , m_titles(std::move(titles))
    , m_texts(texts)
{}

void TextTable::setTitles(const QStringList &titles)
{
    if (titles != m_titles) {
        beginResetModel();
        m_titles = titles;
        m_rows.clear();
        endResetModel();
    }
}

void TextTable::show(std::vector<std::vector<TextCell>> rows)
{
    if (rows == m_rows) {
        return;
    }
    if (rows.size() == m_rows.size() && !rows.empty()) {
        m_rows = std::move(rows);
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int TextTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int TextTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_titles.size());
}

QVariant TextTable::data(const QModelIndex &index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const auto &row = m_rows[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<std::size_t>(index.column());
    const TextCell cell = column < row.size() ? row[column] : TextCell();
    switch (role) {
    case Qt::DisplayRole:
        return cell.text;
    case Qt::ToolTipRole:
        return cell.tip;
    case Qt::AccessibleTextRole:
        return cell.tip.isEmpty() ? cell.text : cell.tip;
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (index.column() < m_texts ? Qt::AlignLeft : Qt::AlignRight));
    case RequestsModel::ToneRole:
        return cell.tone;
    default:
        return {};
    }
}

QVariant TextTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int(Qt::AlignVCenter | (section < m_texts ? Qt::AlignLeft : Qt::AlignRight));
    }
    return role == Qt::DisplayRole ? QVariant(m_titles.value(section)) : QVariant();
}

} // namespace signalbox::ui
