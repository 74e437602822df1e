// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/rule_card.h"

#include "ui/text/names.h"
#include "ui/text/routing_text.h"
#include "ui/theme/console_style.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/condition_editor.h"

#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kStrategyCount = static_cast<int>(Strategy::Balanced) + 1;

} // namespace

RuleCard::RuleCard(const QStringList &clients, QWidget *parent)
    : Card(parent)
{
    m_content.clients = clients;
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kGap, kHalfGap, kGap, kHalfGap);
    column->setSpacing(kHalfGap);
    buildHead(*column);
    m_warning = new QLabel(this);
    m_warning->setObjectName(u"ruleWarning"_s);
    m_warning->setWordWrap(true);
    m_warning->hide();
    column->addWidget(m_warning);
    buildBody(*column);
    setOpen(false);
}

QToolButton *RuleCard::tool(const QString &name, const QString &icon, const QString &tip)
{
    auto *button = new QToolButton(this);
    button->setObjectName(name);
    button->setIcon(themeIcon(icon));
    button->setToolTip(tip);
    button->setProperty(kDressProperty, u"quiet"_s);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

void RuleCard::buildHead(QVBoxLayout &column)
{
    m_toggle = tool(u"toggleRule"_s, u"later"_s, tr("Show or hide what this rule says"));
    m_number = new QLabel(this);
    m_number->setForegroundRole(QPalette::PlaceholderText);
    m_name = new QLineEdit(this);
    m_name->setObjectName(u"ruleName"_s);
    m_name->setFixedWidth(150);
    m_name->setFont(themeFont(TypeRole::Strong));
    m_summary = new QLabel(this);
    m_summary->setObjectName(u"ruleSummary"_s);
    m_summary->setForegroundRole(QPalette::PlaceholderText);
    m_summary->setWordWrap(true);
    m_summary->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_up = tool(u"ruleUp"_s, u"up"_s, tr("Try it earlier (Alt+Up)"));
    m_down = tool(u"ruleDown"_s, u"down"_s, tr("Try it later (Alt+Down)"));
    m_remove = tool(u"removeRule"_s, u"close"_s, tr("Remove this rule"));
    auto *row = new QHBoxLayout;
    row->setSpacing(kGap);
    row->addWidget(m_toggle);
    row->addWidget(m_number);
    row->addWidget(m_name);
    row->addWidget(m_summary, 1);
    row->addWidget(m_up);
    row->addWidget(m_down);
    row->addWidget(m_remove);
    column.addLayout(row);
    connect(m_toggle, &QToolButton::clicked, this, [this] { setOpen(!m_open); });
    connect(m_up, &QToolButton::clicked, this, [this] { Q_EMIT moveAsked(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { Q_EMIT moveAsked(1); });
    connect(m_remove, &QToolButton::clicked, this, &RuleCard::removeAsked);
    connect(m_name, &QLineEdit::editingFinished, this, [this] {
        const std::string name = m_name->text().trimmed().toStdString();
        if (name != m_content.rule.name) {
            Q_EMIT edited(
                tr("Rename a rule"), [name](RuleSettings &rule, Locks &) { rule.name = name; }, 0);
        }
    });
}

void RuleCard::buildBody(QVBoxLayout &column)
{
    m_body = new QWidget(this);
    auto *inner = new QVBoxLayout(m_body);
    inner->setContentsMargins(kWide + kGap, kHalfGap, 0, kHalfGap);
    inner->setSpacing(kGap - 2);
    auto *when = new QLabel(tr("When all of these hold"), m_body);
    when->setFont(themeFont(TypeRole::Caption));
    when->setForegroundRole(QPalette::PlaceholderText);
    m_conditionBox = new QVBoxLayout;
    m_conditionBox->setSpacing(kHalfGap);
    m_addCondition = new QToolButton(m_body);
    m_addCondition->setObjectName(u"addCondition"_s);
    m_addCondition->setText(tr("Add Condition"));
    m_addCondition->setFont(themeFont(TypeRole::Caption));
    m_addCondition->setFocusPolicy(Qt::StrongFocus);
    m_strategy = new QComboBox(m_body);
    m_strategy->setObjectName(u"ruleStrategy"_s);
    for (int i = 0; i < kStrategyCount; ++i) {
        m_strategy->addItem(text::strategyName(static_cast<Strategy>(i)));
        m_strategy->setItemData(i, text::strategyHint(static_cast<Strategy>(i)), Qt::ToolTipRole);
    }
    m_targets = new TargetsEditor(m_body);
    auto *then = new QHBoxLayout;
    then->setSpacing(kGap);
    auto *ask = new QLabel(tr("Then ask first, by"), m_body);
    ask->setFont(themeFont(TypeRole::Caption));
    ask->setForegroundRole(QPalette::PlaceholderText);
    ask->setBuddy(m_strategy);
    then->addWidget(ask);
    then->addWidget(m_strategy);
    then->addStretch();
    inner->addWidget(when);
    inner->addLayout(m_conditionBox);
    inner->addWidget(m_addCondition, 0, Qt::AlignLeft);
    inner->addLayout(then);
    inner->addWidget(m_targets);
    column.addWidget(m_body);
    connect(m_addCondition, &QToolButton::clicked, this, &RuleCard::addCondition);
    connect(m_targets,
            &TargetsEditor::edited,
            this,
            [this](const QString &step, const TierBox::Change &change, quint64 gesture) {
                Q_EMIT edited(
                    step,
                    [change](RuleSettings &rule, Locks &locks) { change(rule.targets, locks); },
                    gesture);
            });
    connect(m_strategy, &QComboBox::activated, this, [this](int index) {
        Q_EMIT edited(
            tr("Choose a rule's strategy"),
            [index](RuleSettings &rule, Locks &) { rule.strategy = static_cast<Strategy>(index); },
            0);
    });
}

void RuleCard::setOpen(bool open)
{
    m_open = open;
    m_body->setVisible(open);
    m_summary->setVisible(true);
    m_toggle->setIcon(themeIcon(open ? u"down"_s : u"later"_s));
}

/// A fact that no condition of the rule asks for yet.
void RuleCard::addCondition()
{
    Fact fact = Fact::CjkShare;
    for (int i = 0; i <= static_cast<int>(Fact::BudgetLeft); ++i) {
        const auto asks = [i](const Condition &condition) {
            return static_cast<int>(condition.fact) == i;
        };
        if (std::ranges::none_of(m_content.rule.when, asks)) {
            fact = static_cast<Fact>(i);
            break;
        }
    }
    Q_EMIT edited(
        tr("Add a condition"),
        [fact](RuleSettings &rule, Locks &) { rule.when.push_back(ConditionEditor::fresh(fact)); },
        0);
}

void RuleCard::setContent(const RuleContent &content, const LiveTargets &live)
{
    m_content = content;
    refreshHead();
    refreshConditions();
    m_strategy->setCurrentIndex(static_cast<int>(content.rule.strategy));
    m_strategy->setEnabled(!content.readOnly);
    m_addCondition->setEnabled(!content.readOnly);
    m_targets->setContent({.owner = tr("rule %1").arg(text::fromUtf8(content.rule.name)),
                           .strategy = content.rule.strategy,
                           .targets = content.rule.targets,
                           .locks = content.locks,
                           .inForce = content.inForce,
                           .all = content.all,
                           .compares = false,
                           .readOnly = content.readOnly},
                          live);
}

void RuleCard::refreshHead()
{
    const RuleSettings &rule = m_content.rule;
    const QString name = text::fromUtf8(rule.name);
    QStringList targets;
    for (const TargetChoice &choice : rule.targets) {
        targets << text::fromUtf8(choice.target.name());
    }
    const QString when = rule.when.empty() ? tr("no condition yet") : text::whenText(rule);
    const QString then = targets.isEmpty() ? tr("no target yet") : targets.join(u", "_s);
    m_summary->setText(u"%1  →  %2"_s.arg(when, then));
    m_summary->setToolTip(m_summary->text());
    m_number->setText(u"%1."_s.arg(m_content.number));
    if (!m_name->hasFocus() || !m_name->isModified()) {
        m_name->setText(name);
    }
    m_name->setReadOnly(m_content.readOnly);
    m_name->setAccessibleName(tr("Name of rule %1").arg(m_content.number));
    m_toggle->setAccessibleName(tr("Open rule %1").arg(name));
    m_up->setAccessibleName(tr("Try rule %1 earlier").arg(name));
    m_down->setAccessibleName(tr("Try rule %1 later").arg(name));
    m_remove->setAccessibleName(tr("Remove rule %1").arg(name));
    m_addCondition->setAccessibleName(tr("Add a condition to rule %1").arg(name));
    m_strategy->setAccessibleName(tr("Strategy of rule %1").arg(name));
    m_up->setEnabled(!m_content.readOnly && !m_content.first);
    m_down->setEnabled(!m_content.readOnly && !m_content.last);
    m_remove->setEnabled(!m_content.readOnly);
    m_warning->setText(u"▲ "_s + m_content.warning);
    m_warning->setVisible(!m_content.warning.isEmpty());
    setAccessibleName(tr("Rule %1: %2").arg(name, m_summary->text()));
}

void RuleCard::refreshConditions()
{
    const auto &when = m_content.rule.when;
    while (m_conditions.size() > when.size()) {
        delete m_conditions.back();
        m_conditions.pop_back();
    }
    while (m_conditions.size() < when.size()) {
        auto *editor = new ConditionEditor(m_content.clients, m_body);
        const std::size_t index = m_conditions.size();
        connect(editor, &ConditionEditor::edited, this, [this, index](const Condition &wanted) {
            Q_EMIT edited(
                tr("Change a condition"),
                [index, wanted](RuleSettings &rule, Locks &) { rule.when.at(index) = wanted; },
                0);
        });
        connect(editor, &ConditionEditor::removeAsked, this, [this, index] {
            Q_EMIT edited(
                tr("Remove a condition"),
                [index](RuleSettings &rule, Locks &) {
                    rule.when.erase(rule.when.begin() + static_cast<std::ptrdiff_t>(index));
                },
                0);
        });
        m_conditionBox->addWidget(editor);
        m_conditions.push_back(editor);
    }
    for (std::size_t i = 0; i < when.size(); ++i) {
        m_conditions[i]->setCondition(when[i]);
        m_conditions[i]->setReadOnly(m_content.readOnly);
    }
}

void RuleCard::keyPressEvent(QKeyEvent *event)
{
    if (event->modifiers() == Qt::AltModifier
        && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)) {
        Q_EMIT moveAsked(event->key() == Qt::Key_Up ? -1 : 1);
        return;
    }
    Card::keyPressEvent(event);
}

} // namespace signalbox::ui
