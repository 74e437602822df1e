// SPDX-License-Identifier: GPL-3.0-or-later
// A table as the console shows them: quiet rows, our own cells, no jumping under the reader.
#pragma once

#include <QTableView>

namespace signalbox::ui {

class ListView : public QTableView
{
    Q_OBJECT

public:
    ListView(const QString &name, const QString &title, QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    /// Widths in characters of the body type; the column with 0 takes the rest.
    void setColumnWidths(const QList<int> &characters);
    /// Columns as QHeaderView::saveState gave them; of another number of columns: no change.
    void restoreColumns(const QByteArray &state);
    /// Back to the widths that were set.
    void resetColumns();
    /// Rows of little height, to see more of them.
    void setDense(bool dense);
    [[nodiscard]] bool isDense() const { return m_dense; }
    [[nodiscard]] int rowPitch() const;
    [[nodiscard]] int heightFor(int rows) const;

private:
    /// New rows come in on top: whoever has scrolled down keeps reading the same ones.
    void keepPlace(int first, int last);

    bool m_dense = false;
    QByteArray m_columns; ///< as they were set
};

} // namespace signalbox::ui
