// SPDX-License-Identifier: GPL-3.0-or-later
// How much of something bounded is taken, as a flat bar.
#pragma once

#include <QWidget>

namespace signalbox::ui {

class FillBar : public QWidget
{
    Q_OBJECT

public:
    /// \p name is its accessible name: what is filled.
    explicit FillBar(const QString &name, QWidget *parent = nullptr);

    /// \p share is 0..1; \p words say it too.
    void setShare(double share, const QString &words);
    [[nodiscard]] double share() const { return m_share; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double m_share = 0;
};

} // namespace signalbox::ui
