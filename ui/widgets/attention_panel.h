// SPDX-License-Identifier: GPL-3.0-or-later
// The list of what needs attention, each with its shape, its words, and where it leads.
#pragma once

#include "ui/models/attention.h"
#include "ui/widgets/card.h"

#include <vector>

class QLabel;

namespace signalbox::ui {

class AttentionRow;

/// Hidden while there is nothing to say. Never more than six rows: the last one then counts the rest.
class AttentionPanel : public Card
{
    Q_OBJECT

public:
    explicit AttentionPanel(QWidget *parent = nullptr);

    void setItems(const std::vector<AttentionItem> &items);
    [[nodiscard]] const std::vector<AttentionItem> &items() const { return m_items; }
    [[nodiscard]] QList<QWidget *> tabStops() const;

Q_SIGNALS:
    void chosen(const signalbox::ui::Place &place);
    /// There are other rows now.
    void rowsChanged();

private:
    [[nodiscard]] std::vector<AttentionItem> shown() const;

    std::vector<AttentionItem> m_items;
    std::vector<AttentionRow *> m_rows;
};

} // namespace signalbox::ui
