// SPDX-License-Identifier: GPL-3.0-or-later
// Why one request went where it went: its attempts on a time line and the explanation as a tree.
#pragma once

#include "ui/widgets/card.h"

#include "core/domain/record.h"

#include <memory>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace signalbox::ui {

class AttemptsView;
class BodiesView;
class ConfigSource;
class LedgerSource;

class ExplainPanel : public Card
{
    Q_OBJECT

public:
    explicit ExplainPanel(QWidget *parent = nullptr);

    /// What the running configuration says of records; from the next one on.
    void setConfig(const ConfigSource *config) { m_config = config; }
    /// Who is asked for bodies; null: they are not to be had. It must outlive the panel.
    void setLedger(LedgerSource *ledger);
    void setRecord(const RequestRecord &record);
    /// Null before the first.
    [[nodiscard]] const std::shared_ptr<const RequestRecord> &record() const { return m_record; }
    [[nodiscard]] QTreeWidget *tree() const { return m_tree; }

Q_SIGNALS:
    void closed();
    void playgroundAsked();
    void curlAsked();

private:
    void copy();
    void showBodies(bool shown);

    std::shared_ptr<const RequestRecord> m_record;
    QString m_text;
    const ConfigSource *m_config = nullptr;
    QLabel *m_title;
    AttemptsView *m_attempts;
    QTreeWidget *m_tree;
    BodiesView *m_bodies;
    QPushButton *m_bodiesButton = nullptr;
};

} // namespace signalbox::ui
