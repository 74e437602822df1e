// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/palette_model.h"

#include "ui/text/fuzzy.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

void PaletteModel::setEntries(std::vector<PaletteEntry> entries)
{
    m_entries = std::move(entries);
    setQuery({});
}

void PaletteModel::setQuery(const QString &query)
{
    struct Hit
    {
        std::size_t entry = 0;
        int score = 0;
    };
    std::vector<Hit> hits;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const PaletteEntry &entry = m_entries[i];
        const auto title = text::fuzzyScore(query, entry.title);
        const auto both = title ? title : text::fuzzyScore(query, entry.title + u' ' + entry.group);
        if (both) {
            const int penalty = entry.unable.isEmpty() ? 0 : 1000;
            hits.push_back({.entry = i, .score = *both - penalty});
        }
    }
    if (!query.trimmed().isEmpty()) {
        std::stable_sort(hits.begin(), hits.end(), [](const Hit &a, const Hit &b) {
            return a.score > b.score;
        });
    }
    beginResetModel();
    m_rows.clear();
    for (std::size_t i = 0; i < std::min(hits.size(), kRowsMax); ++i) {
        m_rows.push_back(hits[i].entry);
    }
    endResetModel();
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

const PaletteEntry &PaletteModel::entry(int row) const
{
    return m_entries[m_rows[static_cast<std::size_t>(row)]];
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const PaletteEntry &one = entry(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return one.title;
    case Qt::AccessibleTextRole:
        return one.unable.isEmpty() ? one.title : u"%1, %2"_s.arg(one.title, one.unable);
    case GroupRole:
        return one.group;
    case KeysRole:
        return one.keys;
    case UnableRole:
        return one.unable;
    default:
        return {};
    }
}

} // namespace signalbox::ui
