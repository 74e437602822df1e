// SPDX-License-Identifier: GPL-3.0-or-later
// The cost matrix as a table: a row for each task class, a column for each target.
#pragma once

#include "core/domain/cost_matrix.h"

#include <QAbstractTableModel>

#include <optional>
#include <string>
#include <vector>

namespace signalbox::ui {

/// What the cells say.
enum class MatrixMeasure {
    Cost, ///< USD per answer
    Time, ///< seconds per answer
    Failures, ///< share of the calls
};

class MatrixModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role {
        BandRole = Qt::UserRole, ///< `$0.0011–0.0013`, empty where there is none
        CountRole, ///< `n = 412`
        HeatRole, ///< 0 (the best of its task) to 1 (the worst); negative: nothing to compare
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setCells(std::vector<MatrixCell> cells);
    void setMeasure(MatrixMeasure measure);
    [[nodiscard]] MatrixMeasure measure() const { return m_measure; }
    [[nodiscard]] const std::vector<MatrixCell> &cells() const { return m_cells; }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section,
                                      Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] const MatrixCell *cellAt(const QModelIndex &index) const;
    [[nodiscard]] std::optional<double> figureOf(const MatrixCell &cell) const;
    [[nodiscard]] QString figureText(const MatrixCell &cell) const;
    [[nodiscard]] QString bandText(const MatrixCell &cell) const;
    [[nodiscard]] double heatOf(const MatrixCell &cell) const;
    [[nodiscard]] QString wordsOf(const MatrixCell &cell) const;

    std::vector<MatrixCell> m_cells;
    std::vector<std::string> m_tasks;
    std::vector<TargetId> m_targets;
    MatrixMeasure m_measure = MatrixMeasure::Cost;
};

} // namespace signalbox::ui
