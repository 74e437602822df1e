// SPDX-License-Identifier: GPL-3.0-or-later
// The legend under a plot: each series with its present value, to be hidden or shown alone.
#pragma once

#include <QAbstractButton>
#include <QColor>
#include <QSet>
#include <QWidget>

#include <vector>

namespace signalbox::ui {

/// One series. A click or Space hides and shows it, with Ctrl it alone is shown.
class LegendEntry : public QAbstractButton
{
    Q_OBJECT

public:
    explicit LegendEntry(QWidget *parent);

    void setContent(const QString &tag, const QString &name, const QString &value);
    void setColour(const QColor &colour);
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void isolateAsked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QString m_tag;
    QString m_value;
    QColor m_colour;
};

class ChartLegend : public QWidget
{
    Q_OBJECT

public:
    struct Item
    {
        QString id;
        QString tag;
        QString name;
        QString value;
        QColor colour;
        double number = 0; ///< of the value; NaN: there is none
    };

    explicit ChartLegend(QWidget *parent = nullptr);

    void setItems(const std::vector<Item> &items);
    [[nodiscard]] const QSet<QString> &hidden() const { return m_hidden; }
    void setHidden(const QSet<QString> &hidden);
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;

    /// In their order; other ones after entriesChanged.
    [[nodiscard]] QList<QWidget *> entries() const;

Q_SIGNALS:
    void hiddenChanged();
    void entriesChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Cell
    {
        QString id;
        LegendEntry *entry = nullptr;
    };

    [[nodiscard]] bool arrange(const std::vector<Item> &items);
    void rebuild(const std::vector<Item> &items);
    void toggle(const QString &id);
    void isolate(const QString &id);
    void place();
    [[nodiscard]] int columns(int width) const;

    std::vector<Cell> m_cells;
    QSet<QString> m_hidden;
    QSize m_cellSize{60, 20};
};

} // namespace signalbox::ui
