// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/condition_editor.h"

#include "ui/text/names.h"
#include "ui/text/routing_text.h"
#include "ui/theme/console_style.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include "core/domain/task.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kFactCount = static_cast<int>(Fact::Metadata) + 1;
constexpr double kTokensMax = 10'000'000;

bool isNumber(Fact fact)
{
    return text::isShare(fact) || fact == Fact::PromptTokens || fact == Fact::MaxOutputTokens
           || fact == Fact::Hour;
}

bool isFlag(Fact fact)
{
    return fact == Fact::HasTools || fact == Fact::HasImages || fact == Fact::WantsJson
           || fact == Fact::WantsReasoning || fact == Fact::Stream;
}

bool isKeyed(Fact fact)
{
    return fact == Fact::Header || fact == Fact::Metadata;
}

QString plainText(Fact fact, const Literal &literal)
{
    if (const auto *number = std::get_if<double>(&literal)) {
        return QLocale::c().toString(text::isShare(fact) ? *number * 100 : *number, 'g', 12);
    }
    const auto *words = std::get_if<std::string>(&literal);
    return words == nullptr ? QString() : text::fromUtf8(*words);
}

} // namespace

Condition ConditionEditor::fresh(Fact fact)
{
    Condition condition{.fact = fact, .key = {}, .matcher = {}};
    if (fact == Fact::Hour) {
        condition.matcher = Range{8, 18};
    } else if (fact == Fact::BudgetLeft) {
        condition.matcher = Comparison{Comparison::Operator::Less, 0.1};
    } else if (fact == Fact::CjkShare) {
        condition.matcher = Comparison{Comparison::Operator::Greater, 0.4};
    } else if (isNumber(fact)) {
        condition.matcher = Comparison{Comparison::Operator::Greater, 1000};
    } else if (isFlag(fact)) {
        condition.matcher = Literal(true);
    } else if (fact == Fact::Task) {
        condition.matcher = Literal(std::string(toString(Task::Code)));
    } else if (fact == Fact::Language) {
        condition.matcher = Literal(std::string("zh"));
    } else {
        condition.matcher = Literal(std::string());
    }
    return condition;
}

ConditionEditor::ConditionEditor(const QStringList &clients, QWidget *parent)
    : QWidget(parent)
    , m_clients(clients)
    , m_fact(new QComboBox(this))
    , m_key(new QLineEdit(this))
    , m_how(new QComboBox(this))
    , m_from(new QDoubleSpinBox(this))
    , m_and(new QLabel(tr("to under"), this))
    , m_to(new QDoubleSpinBox(this))
    , m_words(new QLineEdit(this))
    , m_pick(new QToolButton(this))
    , m_remove(new QToolButton(this))
{
    setObjectName(u"condition"_s);
    buildChoices();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kGap);
    for (QWidget *field : QList<QWidget *>{m_fact, m_key, m_how, m_from, m_and, m_to}) {
        row->addWidget(field);
    }
    row->addWidget(m_words, 1);
    row->addWidget(m_pick);
    row->addStretch();
    row->addWidget(m_remove);
    connect(m_fact, &QComboBox::activated, this, &ConditionEditor::changeFact);
    connect(m_how, &QComboBox::activated, this, &ConditionEditor::changeHow);
    connect(m_key, &QLineEdit::editingFinished, this, &ConditionEditor::take);
    connect(m_words, &QLineEdit::editingFinished, this, &ConditionEditor::take);
    connect(m_from, &QDoubleSpinBox::valueChanged, this, &ConditionEditor::take);
    connect(m_to, &QDoubleSpinBox::valueChanged, this, &ConditionEditor::take);
    connect(m_pick, &QToolButton::clicked, this, &ConditionEditor::openWords);
    connect(m_remove, &QToolButton::clicked, this, &ConditionEditor::removeAsked);
    setCondition(fresh(Fact::CjkShare));
    refresh();
}

void ConditionEditor::buildChoices()
{
    for (int i = 0; i < kFactCount; ++i) {
        const Fact fact = static_cast<Fact>(i);
        m_fact->addItem(text::factName(fact), i);
        m_fact->setItemData(i, text::factHint(fact), Qt::ToolTipRole);
    }
    m_fact->setObjectName(u"fact"_s);
    m_fact->setAccessibleName(tr("Fact"));
    m_key->setObjectName(u"factKey"_s);
    m_key->setAccessibleName(tr("Name of the header or metadata"));
    m_key->setPlaceholderText(tr("name"));
    m_key->setFixedWidth(130);
    m_how->setObjectName(u"how"_s);
    m_how->setAccessibleName(tr("Comparison"));
    for (QDoubleSpinBox *box : {m_from, m_to}) {
        box->setKeyboardTracking(false);
        box->setMinimumWidth(110);
    }
    m_from->setObjectName(u"bound"_s);
    m_from->setAccessibleName(tr("Compared with"));
    m_to->setObjectName(u"boundTo"_s);
    m_to->setAccessibleName(tr("Up to but not including"));
    m_words->setObjectName(u"words"_s);
    m_words->setAccessibleName(tr("Values, separated by commas"));
    m_pick->setObjectName(u"pick"_s);
    m_pick->setText(tr("Choose…"));
    m_pick->setAccessibleName(tr("Choose the values"));
    m_pick->setFocusPolicy(Qt::StrongFocus);
    m_remove->setObjectName(u"removeCondition"_s);
    m_remove->setIcon(themeIcon(u"close"_s));
    m_remove->setProperty(kDressProperty, u"quiet"_s);
    m_remove->setFocusPolicy(Qt::StrongFocus);
    m_remove->setAccessibleName(tr("Remove this condition"));
    m_remove->setToolTip(tr("Remove this condition"));
}

void ConditionEditor::setCondition(const Condition &condition)
{
    if (condition != m_condition) {
        m_condition = condition;
        refresh();
    }
}

void ConditionEditor::setReadOnly(bool readOnly)
{
    setEnabled(!readOnly);
}

ConditionEditor::How ConditionEditor::howOf(const Condition &condition)
{
    if (const auto *comparison = std::get_if<Comparison>(&condition.matcher)) {
        return static_cast<How>(comparison->op); // in the same order
    }
    if (std::holds_alternative<Range>(condition.matcher)) {
        return How::Between;
    }
    const auto *literal = std::get_if<Literal>(&condition.matcher);
    const bool *flag = literal == nullptr ? nullptr : std::get_if<bool>(literal);
    return flag == nullptr ? How::AnyOf : *flag ? How::Yes : How::No;
}

ConditionEditor::How ConditionEditor::how() const
{
    return static_cast<How>(m_how->currentData().toInt());
}

void ConditionEditor::offerHows(Fact fact)
{
    const auto offer = [this](const QString &words, How how) {
        m_how->addItem(words, static_cast<int>(how));
    };
    m_how->clear();
    if (isNumber(fact)) {
        offer(tr("is over"), How::Greater);
        offer(tr("is at least"), How::GreaterEqual);
        offer(tr("is under"), How::Less);
        offer(tr("is at most"), How::LessEqual);
        offer(tr("is from"), How::Between);
        offer(tr("is one of"), How::AnyOf);
    } else if (isFlag(fact)) {
        offer(tr("yes"), How::Yes);
        offer(tr("no"), How::No);
    } else {
        offer(tr("is one of"), How::AnyOf);
    }
}

QStringList ConditionEditor::choices() const
{
    QStringList all;
    if (m_condition.fact == Fact::Task) {
        for (const Task task : kTasks) {
            all << text::fromUtf8(toString(task));
        }
    } else if (m_condition.fact == Fact::Client) {
        all = m_clients;
    }
    return all;
}

void ConditionEditor::setUnit(QDoubleSpinBox &box, Fact fact) const
{
    box.setDecimals(text::isShare(fact) ? 1 : 0);
    box.setRange(0, text::isShare(fact) ? 100 : fact == Fact::Hour ? 24 : kTokensMax);
    box.setSingleStep(text::isShare(fact) ? 5 : fact == Fact::Hour ? 1 : 100);
    box.setSuffix(text::factUnit(fact));
}

void ConditionEditor::showNumbers(Fact fact)
{
    setUnit(*m_from, fact);
    setUnit(*m_to, fact);
    const double scale = text::isShare(fact) ? 100 : 1;
    if (const auto *comparison = std::get_if<Comparison>(&m_condition.matcher)) {
        m_from->setValue(comparison->bound * scale);
    } else if (const auto *range = std::get_if<Range>(&m_condition.matcher)) {
        m_from->setValue(range->from * scale);
        m_to->setValue(range->to * scale);
    }
}

void ConditionEditor::refresh()
{
    const Fact fact = m_condition.fact;
    const QSignalBlocker quietFrom(m_from);
    const QSignalBlocker quietTo(m_to);
    m_fact->setCurrentIndex(static_cast<int>(fact));
    m_fact->setToolTip(text::factHint(fact));
    offerHows(fact);
    m_how->setCurrentIndex(std::max(0, m_how->findData(static_cast<int>(howOf(m_condition)))));
    m_key->setVisible(isKeyed(fact));
    m_key->setText(text::fromUtf8(m_condition.key));
    const bool words = how() == How::AnyOf;
    m_how->setVisible(m_how->count() > 1 || !isFlag(fact));
    m_from->setVisible(isNumber(fact) && !words);
    m_to->setVisible(how() == How::Between);
    m_and->setVisible(how() == How::Between);
    m_words->setVisible(words);
    m_words->setPlaceholderText(text::factHint(fact));
    m_words->setToolTip(text::factHint(fact));
    m_pick->setVisible(words && !choices().isEmpty());
    if (isNumber(fact)) {
        showNumbers(fact);
    }
    QStringList all;
    if (const auto *any = std::get_if<std::vector<Literal>>(&m_condition.matcher)) {
        for (const Literal &literal : *any) {
            all << plainText(fact, literal);
        }
    } else if (const auto *literal = std::get_if<Literal>(&m_condition.matcher)) {
        all << plainText(fact, *literal);
    }
    m_words->setText(all.join(u", "_s));
}

void ConditionEditor::changeFact()
{
    const Fact fact = static_cast<Fact>(m_fact->currentIndex());
    if (fact != m_condition.fact) {
        m_condition = fresh(fact);
        refresh();
        tell();
    }
}

void ConditionEditor::changeHow()
{
    const How wanted = how();
    if (wanted == howOf(m_condition)) {
        return;
    }
    const double scale = text::isShare(m_condition.fact) ? 100 : 1;
    const double from = m_from->value() / scale;
    if (wanted == How::Yes || wanted == How::No) {
        m_condition.matcher = Literal(wanted == How::Yes);
    } else if (wanted == How::Between) {
        const double most = m_from->maximum() / scale;
        m_condition.matcher = Range{from, std::min(most, from * 2 + 1 / scale)};
    } else if (wanted == How::AnyOf) {
        m_condition.matcher = Literal(from);
    } else {
        m_condition.matcher = Comparison{static_cast<Comparison::Operator>(wanted), from};
    }
    refresh();
    tell();
}

double ConditionEditor::boundOf(const QDoubleSpinBox &box) const
{
    return text::isShare(m_condition.fact) ? box.value() / 100 : box.value();
}

/// What the words say; of a number fact those that are numbers.
std::vector<Literal> ConditionEditor::literals() const
{
    std::vector<Literal> all;
    const QStringList words = m_words->text().split(u',');
    for (const QString &word : words) {
        const QString value = word.trimmed();
        bool ok = false;
        const double number = QLocale::c().toDouble(value, &ok);
        if (isNumber(m_condition.fact) && ok) {
            all.emplace_back(text::isShare(m_condition.fact) ? number / 100 : number);
        } else if (!isNumber(m_condition.fact) && !value.isEmpty()) {
            all.emplace_back(value.toStdString());
        }
    }
    return all;
}

void ConditionEditor::take()
{
    Condition wanted = m_condition;
    const QString key = m_key->text().trimmed();
    wanted.key = wanted.fact == Fact::Header ? key.toLower().toStdString() : key.toStdString();
    wanted.key = isKeyed(wanted.fact) ? wanted.key : std::string();
    if (how() == How::Between) {
        wanted.matcher = Range{boundOf(*m_from), boundOf(*m_to)};
    } else if (how() == How::AnyOf) {
        std::vector<Literal> all = literals();
        if (all.empty() && isNumber(wanted.fact)) {
            return refresh(); // no number was typed: as it was
        }
        if (all.size() == 1) {
            wanted.matcher = all.front();
        } else if (all.empty()) {
            wanted.matcher = Literal(std::string());
        } else {
            wanted.matcher = std::move(all);
        }
    } else if (how() != How::Yes && how() != How::No) {
        wanted.matcher = Comparison{static_cast<Comparison::Operator>(how()), boundOf(*m_from)};
    }
    if (wanted != m_condition) {
        m_condition = wanted;
        tell();
    }
}

/// The few values that there are, with a mark at those that are meant.
void ConditionEditor::openWords()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QStringList chosen;
    for (const Literal &literal : literals()) {
        chosen << plainText(m_condition.fact, literal);
    }
    const QStringList all = choices();
    for (const QString &choice : all) {
        QAction *action = menu->addAction(choice);
        action->setCheckable(true);
        action->setChecked(chosen.contains(choice));
        connect(action, &QAction::toggled, this, [this, chosen, choice](bool on) mutable {
            on ? chosen.append(choice) : static_cast<void>(chosen.removeAll(choice));
            m_words->setText(chosen.join(u", "_s));
            take();
        });
    }
    menu->popup(m_pick->mapToGlobal(QPoint(0, m_pick->height())));
}

void ConditionEditor::tell()
{
    Q_EMIT edited(m_condition);
}

} // namespace signalbox::ui
