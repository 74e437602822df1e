// SPDX-License-Identifier: GPL-3.0-or-later
// A batch's answers as a matrix: a row for each prompt, a column for each column.
#pragma once

#include "ui/models/batch_run.h"

#include <QAbstractTableModel>

namespace signalbox::ui {

class BatchModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Number,
        Prompt, ///< its first variable
        Answers ///< the first of them
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Null: nothing. \p run must outlive the next call.
    void setRun(const BatchRun *run);
    /// The cells of \p row are others.
    void refresh(int row);
    /// Of an answer's cell; nothing elsewhere.
    [[nodiscard]] std::optional<BatchPlace> placeAt(const QModelIndex &index) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section,
                                      Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] QString answerText(BatchPlace place) const;
    [[nodiscard]] int toneOf(BatchPlace place) const;
    [[nodiscard]] QString told(BatchPlace place) const;

    const BatchRun *m_run = nullptr;
};

/// How an answer stands with its checks and the judge, in words: `all 3 checks passed · better than A`.
[[nodiscard]] QString standText(const BatchRun &run, BatchPlace place);

} // namespace signalbox::ui
