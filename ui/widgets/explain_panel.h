// SPDX-License-Identifier: GPL-3.0-or-later
// Why one request went where it went: its attempts on a time line and the explanation as a tree.
#pragma once

#include "ui/widgets/card.h"

#include "core/domain/record.h"

class QLabel;
class QTreeWidget;

namespace signalbox::ui {

class AttemptsView;

class ExplainPanel : public Card
{
    Q_OBJECT

public:
    explicit ExplainPanel(QWidget *parent = nullptr);

    void setRecord(const RequestRecord &record);
    [[nodiscard]] QString id() const { return m_id; }
    [[nodiscard]] QTreeWidget *tree() const { return m_tree; }

Q_SIGNALS:
    void closed();

private:
    void copy();

    QString m_id;
    QString m_text;
    QLabel *m_title;
    AttemptsView *m_attempts;
    QTreeWidget *m_tree;
};

} // namespace signalbox::ui
