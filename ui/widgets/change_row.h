// SPDX-License-Identifier: GPL-3.0-or-later
// One change of a breaker, told in full: when, what, why, and what the provider said.
#pragma once

#include <QAbstractButton>

namespace signalbox::ui {

/// Wraps its cause over as many lines as it takes. A press leads to the requests.
class ChangeRow : public QAbstractButton
{
    Q_OBJECT

public:
    explicit ChangeRow(QWidget *parent);

    void setChange(const QString &time, const QString &change, const QString &cause);
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QString m_time;
    QString m_change;
    QString m_cause;
};

} // namespace signalbox::ui
