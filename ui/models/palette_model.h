// SPDX-License-Identifier: GPL-3.0-or-later
// What the command palette offers, ranked by what was typed.
#pragma once

#include <QAbstractListModel>
#include <QString>

#include <functional>
#include <vector>

namespace signalbox::ui {

struct PaletteEntry
{
    QString title; ///< `Drain mistral/mistral-large`
    QString group; ///< where else it is found: `View`
    QString keys = {}; ///< its shortcut
    QString unable = {}; ///< why it cannot be done now; empty: it can
    std::function<void()> run = {};
};

/// Entries that answer the query, best first, those that can be done before those that cannot.
class PaletteModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        GroupRole = Qt::UserRole,
        KeysRole,
        UnableRole
    };

    static constexpr std::size_t kRowsMax = 60;

    using QAbstractListModel::QAbstractListModel;

    void setEntries(std::vector<PaletteEntry> entries);
    void setQuery(const QString &query);
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] const PaletteEntry &entry(int row) const;

private:
    std::vector<PaletteEntry> m_entries;
    std::vector<std::size_t> m_rows;
};

} // namespace signalbox::ui
