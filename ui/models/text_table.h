// SPDX-License-Identifier: GPL-3.0-or-later
// A small table of texts that others have made.
#pragma once

#include "ui/models/requests_model.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <vector>

namespace signalbox::ui {

struct TextCell
{
    QString text = {};
    QString tip = {}; ///< the same in a sentence; empty: there is no more to say
    RequestsModel::Tone tone = RequestsModel::Plain;

    friend bool operator==(const TextCell &, const TextCell &) = default;
};

class TextTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// The first \p texts columns are words and stand left, the others are figures and stand right.
    TextTable(QStringList titles, int texts, QObject *parent = nullptr);

    void setTitles(const QStringList &titles);
    /// Keeps the selection where there are as many rows as before.
    void show(std::vector<std::vector<TextCell>> rows);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section,
                                      Qt::Orientation orientation,
                                      int role) const override;

private:
    QStringList m_titles;
    int m_texts;
    std::vector<std::vector<TextCell>> m_rows;
};

} // namespace signalbox::ui
