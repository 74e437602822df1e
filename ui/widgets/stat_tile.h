// SPDX-License-Identifier: GPL-3.0-or-later
// One number of the present with the shape of its last minutes.
#pragma once

#include "ui/widgets/card.h"

#include <QList>

namespace signalbox::ui {

struct Stat
{
    QString value; ///< `41.2`
    QString unit; ///< `req/s`
    QString note; ///< what else is to be known; may be empty
    QString change; ///< against the period before, `▲ 12 %`; empty: not known
    QString changeNote; ///< the same in a sentence
    QList<double> history; ///< oldest first; NaN: no data
    bool alarming = false;

    friend bool operator==(const Stat &, const Stat &) = default;
};

/// A click, Return or Space asks for what is behind the number.
class StatTile : public Card
{
    Q_OBJECT

public:
    StatTile(const QString &name, QString title, QWidget *parent = nullptr);

    void setStat(const Stat &stat);
    /// What was set is not the present any more: a dash stands for it, and \p words say since when.
    /// Empty: it is.
    void setVeil(const QString &words);
    [[nodiscard]] const Stat &stat() const { return m_stat; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void pressed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void tell();
    [[nodiscard]] QString lastValue() const;
    void paintChange(QPainter &painter, const QRectF &title) const;
    void paintHistory(QPainter &painter, const QRectF &where) const;

    QString m_title;
    Stat m_stat;
    QString m_veil;
};

} // namespace signalbox::ui
