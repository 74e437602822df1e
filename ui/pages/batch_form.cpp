// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/batch_form.h"

#include "ui/text/numbers.h"
#include "ui/theme/console_style.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/section.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kChecksMax = 12;
constexpr int kBudgetChars = 9;
constexpr qsizetype kVariablesShown = 4;

QLabel *caption(const QString &text, QWidget *buddy, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setFont(themeFont(TypeRole::Caption));
    label->setBuddy(buddy);
    return label;
}

QString placeholderFor(CheckKind kind)
{
    switch (kind) {
    case CheckKind::Contains:
    case CheckKind::Lacks:
        return BatchForm::tr("a text, whatever its case");
    case CheckKind::Matches:
        return u"^\\d+$"_s;
    case CheckKind::Schema:
        return u"{\"type\": \"object\", \"required\": […]}"_s;
    case CheckKind::LengthMax:
        return u"280"_s;
    case CheckKind::MillisMax:
        return u"2000"_s;
    case CheckKind::CostMax:
        return u"0.002"_s;
    }
    return {};
}

} // namespace

std::optional<Money> budgetFrom(const QString &text)
{
    QString digits = text.trimmed();
    digits.remove(u'$').remove(u',');
    const auto money = Money::fromDecimal(digits.trimmed().toStdString());
    return money && *money > Money() ? money : std::nullopt;
}

BatchForm::BatchForm(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"batch.form"_s);
    auto *below = new QHBoxLayout;
    below->setSpacing(kPad);
    auto *checks = new Section(tr("Checks"), buildChecks(), this);
    checks->setNote(tr("of every answer"));
    auto *judge = new Section(tr("Judge"), buildJudge(), this);
    judge->setNote(tr("every column against A, both ways round"));
    below->addWidget(checks, 1);
    below->addWidget(judge, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kPad);
    column->addWidget(buildFile());
    column->addLayout(below);
    setFile({});
}

QWidget *BatchForm::buildFile()
{
    auto *box = new QWidget(this);
    m_open = new QPushButton(tr("Open Prompts…"), box);
    m_open->setObjectName(u"batch.open"_s);
    m_open->setToolTip(
        tr("JSON Lines with an object a line, or CSV with a header: its names are the "
           "variables of the prompt, as in {{name}}"));
    m_fileText = new QLabel(box);
    m_fileText->setObjectName(u"batch.file"_s);
    m_fileText->setTextFormat(Qt::PlainText);
    m_fileText->setForegroundRole(QPalette::PlaceholderText);
    m_atOnce = new QSpinBox(box);
    m_atOnce->setObjectName(u"batch.atOnce"_s);
    m_atOnce->setRange(1, kAtOnceMax);
    m_atOnce->setValue(BatchPlan().atOnce);
    m_atOnce->setAccessibleName(tr("Requests at once"));
    m_budget = new QLineEdit(box);
    m_budget->setObjectName(u"batch.budget"_s);
    m_budget->setAccessibleName(tr("Budget in US dollars"));
    m_budget->setPlaceholderText(tr("no limit"));
    m_budget->setToolTip(
        tr("Nothing more is sent once so much is spent; what is in the air then is "
           "still billed"));
    m_budget->setMaximumWidth(m_budget->fontMetrics().horizontalAdvance(u'0') * kBudgetChars
                              + 2 * kWide);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kGap);
    row->addWidget(m_open);
    row->addWidget(m_fileText, 1);
    row->addWidget(caption(tr("At once"), m_atOnce, box));
    row->addWidget(m_atOnce);
    row->addSpacing(kGap);
    row->addWidget(caption(tr("Budget, USD"), m_budget, box));
    row->addWidget(m_budget);
    connect(m_open, &QPushButton::clicked, this, &BatchForm::openAsked);
    connect(m_atOnce, &QSpinBox::valueChanged, this, &BatchForm::changed);
    connect(m_budget, &QLineEdit::textChanged, this, &BatchForm::changed);
    return box;
}

QWidget *BatchForm::buildChecks()
{
    auto *box = new QWidget(this);
    m_checkList = new QVBoxLayout;
    m_checkList->setSpacing(kHalfGap);
    auto *add = new QPushButton(tr("Add a Check"), box);
    add->setObjectName(u"batch.addCheck"_s);
    add->setFont(themeFont(TypeRole::Caption));
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(kPad, kHalfGap, kPad, kPad);
    column->setSpacing(kGap);
    column->addLayout(m_checkList);
    column->addWidget(add, 0, Qt::AlignLeft);
    column->addStretch();
    connect(add, &QPushButton::clicked, this, [this] {
        addCheck({});
        if (!m_checks.empty()) {
            m_checks.back().value->setFocus();
        }
    });
    return box;
}

QWidget *BatchForm::buildJudge()
{
    auto *box = new QWidget(this);
    m_judge = new QComboBox(box);
    m_judge->setObjectName(u"batch.judge"_s);
    m_judge->setAccessibleName(tr("Who judges"));
    m_judge->addItem(tr("Nobody"), QString());
    m_judge->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_judge->setMinimumContentsLength(12);
    m_criteria = new QLineEdit(box);
    m_criteria->setObjectName(u"batch.criteria"_s);
    m_criteria->setAccessibleName(tr("What makes an answer good"));
    m_criteria->setPlaceholderText(tr("What makes an answer good, in your words"));
    auto *hint = new QLabel(
        tr("Two requests for each answer, billed like the others. A verdict that changes with the "
           "order counts as a tie."),
        box);
    hint->setFont(themeFont(TypeRole::Caption));
    hint->setForegroundRole(QPalette::PlaceholderText);
    hint->setWordWrap(true);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(kPad, kHalfGap, kPad, kPad);
    column->setSpacing(kGap);
    column->addWidget(m_judge);
    column->addWidget(m_criteria);
    column->addWidget(hint);
    column->addStretch();
    m_criteria->setEnabled(false);
    connect(m_judge, &QComboBox::currentIndexChanged, this, [this] {
        m_criteria->setEnabled(!m_judge->currentData().toString().isEmpty());
        onChanged();
    });
    connect(m_criteria, &QLineEdit::textChanged, this, &BatchForm::changed);
    return box;
}

void BatchForm::addCheck(const BatchCheck &check)
{
    if (static_cast<int>(m_checks.size()) >= kChecksMax) {
        return;
    }
    CheckRow made{new QWidget(this), new QComboBox, new QLineEdit, new QLabel};
    const int number = m_checksMade++;
    made.kind->setObjectName(u"batch.check.%1.kind"_s.arg(number));
    made.kind->setAccessibleName(tr("Check %1").arg(number + 1));
    for (const CheckKind kind : kCheckKinds) {
        made.kind->addItem(titleOf(kind), static_cast<int>(kind));
    }
    made.kind->setCurrentIndex(made.kind->findData(static_cast<int>(check.kind)));
    made.value->setObjectName(u"batch.check.%1.value"_s.arg(number));
    made.value->setAccessibleName(tr("What check %1 looks for").arg(number + 1));
    made.value->setText(check.value);
    made.problem->setFont(themeFont(TypeRole::Caption));
    made.problem->setObjectName(u"batch.check.%1.problem"_s.arg(number));
    made.problem->setWordWrap(true);
    auto *remove = new QToolButton;
    remove->setObjectName(u"batch.check.%1.remove"_s.arg(number));
    remove->setIcon(themeIcon(u"close"_s));
    remove->setProperty(kDressProperty, u"quiet"_s);
    remove->setFocusPolicy(Qt::StrongFocus);
    remove->setToolTip(tr("Remove this check"));
    remove->setAccessibleName(tr("Remove check %1").arg(number + 1));
    auto *fields = new QHBoxLayout;
    fields->setSpacing(kHalfGap);
    fields->addWidget(made.kind);
    fields->addWidget(made.value, 1);
    fields->addWidget(remove);
    auto *column = new QVBoxLayout(made.widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addLayout(fields);
    column->addWidget(made.problem);
    m_checkList->addWidget(made.widget);
    m_checks.push_back(made);
    connect(made.kind, &QComboBox::currentIndexChanged, this, &BatchForm::onChanged);
    connect(made.value, &QLineEdit::textChanged, this, &BatchForm::onChanged);
    connect(remove, &QToolButton::clicked, this, [this, row = made.widget] { removeCheck(row); });
    onChanged();
}

void BatchForm::removeCheck(QWidget *row)
{
    std::erase_if(m_checks, [row](const CheckRow &check) { return check.widget == row; });
    row->hide();
    row->deleteLater();
    onChanged();
}

std::vector<BatchCheck> BatchForm::checks() const
{
    std::vector<BatchCheck> checks;
    for (const CheckRow &row : m_checks) {
        checks.push_back(
            {static_cast<CheckKind>(row.kind->currentData().toInt()), row.value->text()});
    }
    return checks;
}

void BatchForm::onChanged()
{
    const std::vector<BatchCheck> all = checks();
    for (std::size_t i = 0; i < all.size(); ++i) {
        // Nothing is wrong yet with what nobody has written.
        const QString problem = all[i].value.isEmpty() ? QString() : problemOf(all[i]);
        m_checks[i].value->setPlaceholderText(placeholderFor(all[i].kind));
        m_checks[i].problem->setText(problem);
        m_checks[i].problem->setVisible(!problem.isEmpty());
        QPalette palette = this->palette();
        palette.setColor(QPalette::WindowText, Theme::of(this).open);
        m_checks[i].problem->setPalette(palette);
    }
    Q_EMIT changed();
}

void BatchForm::setFile(PromptFile file)
{
    m_file = std::move(file);
    if (m_file.rows.empty()) {
        m_fileText->setText(tr("JSON Lines or CSV; its columns are the variables of the prompt"));
        return Q_EMIT changed();
    }
    QStringList names;
    for (const QString &name : m_file.variables.mid(0, kVariablesShown)) {
        names << u"{{%1}}"_s.arg(name);
    }
    if (m_file.variables.size() > kVariablesShown) {
        names << u"…"_s;
    }
    m_fileText->setText(
        u"%1 · %2 · %3"_s.arg(m_file.name,
                              tr("%n prompts", nullptr, static_cast<int>(m_file.rows.size())),
                              names.join(u' ')));
    m_fileText->setToolTip(m_file.variables.join(u", "_s));
    Q_EMIT changed();
}

void BatchForm::setChoices(const std::vector<PlaygroundChoice> &choices)
{
    const QSignalBlocker quiet(m_judge);
    const QString current = m_judge->currentData().toString();
    while (m_judge->count() > 1) {
        m_judge->removeItem(1);
    }
    for (const PlaygroundChoice &choice : choices) {
        m_judge->addItem(choice.title, choice.model);
    }
    m_judge->setCurrentIndex(std::max(0, m_judge->findData(current)));
}

BatchPlan BatchForm::filled(BatchPlan plan) const
{
    plan.file = m_file;
    plan.checks = checks();
    plan.judge = {m_judge->currentData().toString(), m_criteria->text().trimmed()};
    plan.atOnce = m_atOnce->value();
    plan.budget = budgetFrom(m_budget->text());
    return plan;
}

QString BatchForm::problem() const
{
    if (!m_budget->text().trimmed().isEmpty() && !budgetFrom(m_budget->text())) {
        return tr("The budget is no amount of dollars.");
    }
    for (const BatchCheck &check : checks()) {
        if (const QString problem = problemOf(check); !problem.isEmpty()) {
            return problem;
        }
    }
    return {};
}

} // namespace signalbox::ui
