// SPDX-License-Identifier: GPL-3.0-or-later
// The list of what needs attention, each with its shape and its words.
#pragma once

#include "ui/models/attention.h"
#include "ui/widgets/card.h"

namespace signalbox::ui {

/// Hidden while there is nothing to say.
class AttentionPanel : public Card
{
    Q_OBJECT

public:
    explicit AttentionPanel(QWidget *parent = nullptr);

    void setItems(const std::vector<AttentionItem> &items);
    [[nodiscard]] const std::vector<AttentionItem> &items() const { return m_items; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] int rows() const;
    [[nodiscard]] double rowHeight() const;

    std::vector<AttentionItem> m_items;
};

} // namespace signalbox::ui
