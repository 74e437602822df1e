// SPDX-License-Identifier: GPL-3.0-or-later
// A rule of a route: when it hits, and which targets it asks first.
#pragma once

#include "ui/widgets/card.h"
#include "ui/widgets/targets_editor.h"

#include <functional>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;
class QVBoxLayout;

namespace signalbox::ui {

class ConditionEditor;

struct RuleContent
{
    RuleSettings rule;
    int number = 1; ///< the order they are tried in
    bool first = false;
    bool last = false;
    Locks locks;
    Targets inForce;
    std::vector<TargetId> all;
    QStringList clients;
    QString warning; ///< what it says in vain, or what is wrong; may be empty
    bool readOnly = false;
};

/// Closed it is one line; opened, everything can be edited. Alt+Up and Alt+Down move it.
class RuleCard : public Card
{
    Q_OBJECT

public:
    using Change = std::function<void(RuleSettings &, Locks &)>;

    explicit RuleCard(const QStringList &clients, QWidget *parent = nullptr);

    void setContent(const RuleContent &content, const LiveTargets &live);
    [[nodiscard]] bool isOpen() const { return m_open; }
    void setOpen(bool open);

Q_SIGNALS:
    void edited(const QString &step,
                const signalbox::ui::RuleCard::Change &change,
                quint64 gesture);
    void moveAsked(int by);
    void removeAsked();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void buildHead(QVBoxLayout &column);
    void buildBody(QVBoxLayout &column);
    QToolButton *tool(const QString &name, const QString &icon, const QString &tip);
    void refreshHead();
    void refreshConditions();
    void addCondition();

    RuleContent m_content;
    bool m_open = false;
    QToolButton *m_toggle = nullptr;
    QLabel *m_number = nullptr;
    QLineEdit *m_name = nullptr;
    QLabel *m_summary = nullptr;
    QToolButton *m_up = nullptr;
    QToolButton *m_down = nullptr;
    QToolButton *m_remove = nullptr;
    QLabel *m_warning = nullptr;
    QWidget *m_body = nullptr;
    QVBoxLayout *m_conditionBox = nullptr;
    std::vector<ConditionEditor *> m_conditions;
    QToolButton *m_addCondition = nullptr;
    QComboBox *m_strategy = nullptr;
    TargetsEditor *m_targets = nullptr;
};

} // namespace signalbox::ui
