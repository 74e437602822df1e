// SPDX-License-Identifier: GPL-3.0-or-later
// One thing that needs attention: a press leads to where it can be seen and mended.
#pragma once

#include "ui/models/attention.h"

#include <QAbstractButton>

namespace signalbox::ui {

class AttentionRow : public QAbstractButton
{
    Q_OBJECT

public:
    explicit AttentionRow(QWidget *parent);

    [[nodiscard]] const AttentionItem &item() const { return m_item; }
    void setItem(const AttentionItem &item);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    AttentionItem m_item;
};

} // namespace signalbox::ui
