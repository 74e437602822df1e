// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/compose_panel.h"

#include "ui/theme/theme.h"
#include "ui/widgets/json_edit.h"
#include "ui/widgets/parameter_form.h"
#include "ui/widgets/segments.h"

#include <QFormLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

QWidget *scrolled(QWidget *content)
{
    auto *area = new QScrollArea;
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    return area;
}

} // namespace

ComposePanel::ComposePanel(QWidget *parent)
    : QWidget(parent)
    , m_views(new Segments(tr("What goes with the prompt"),
                           {tr("Parameters"), tr("Variables"), tr("Tools"), tr("Schema")},
                           this))
    , m_stack(new QStackedWidget(this))
    , m_summary(new QLabel(this))
    , m_tools(new JsonEdit(u"playground.tools"_s, tr("Tools as JSON"), faultOfTools, this))
    , m_schema(
          new JsonEdit(u"playground.schema"_s, tr("Schema of the answer"), faultOfSchema, this))
{
    setObjectName(u"playground.compose"_s);
    m_views->setObjectName(u"playground.compose.views"_s);
    m_tools->setHint(tr("[{\"type\": \"function\", \"function\": {\"name\": …}}]\n"
                        "Functions the model may ask for; you answer its calls by hand."));
    m_schema->setHint(tr("{\"type\": \"object\", \"properties\": …}\n"
                         "What the answer has to look like; empty: any text."));
    m_stack->addWidget(scrolled(buildParameters()));
    m_stack->addWidget(scrolled(buildVariables()));
    m_stack->addWidget(m_tools);
    m_stack->addWidget(m_schema);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGap);
    auto *choices = new QHBoxLayout;
    choices->setContentsMargins(kGap, 0, kGap, 0);
    choices->addWidget(m_views);
    choices->addStretch();
    column->addLayout(choices);
    column->addWidget(m_stack, 1);
    m_summary->setObjectName(u"playground.compose.summary"_s);
    m_summary->setFont(themeFont(TypeRole::Caption));
    m_summary->setForegroundRole(QPalette::PlaceholderText);
    m_summary->setContentsMargins(kGap, 0, kGap, 0);
    column->addWidget(m_summary);
    connect(this, &ComposePanel::extrasChanged, this, &ComposePanel::refreshSummary);
    refreshSummary();
    connect(m_views, &Segments::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
    for (JsonEdit *edit : {m_tools, m_schema}) {
        connect(edit, &JsonEdit::changed, this, &ComposePanel::extrasChanged);
    }
    m_views->setCurrent(Parameters);
    refreshRows();
}

QWidget *ComposePanel::buildParameters()
{
    auto *page = new QWidget;
    m_parameters = new ParameterForm(u"playground.parameters"_s, tr("the model's own"), page);
    m_repeat = new QSpinBox(page);
    m_repeat->setObjectName(u"playground.repeat"_s);
    m_repeat->setRange(1, kRepeatsMax);
    m_repeat->setAccessibleName(tr("Runs of each column"));
    m_repeat->setToolTip(
        tr("Each column asks so many times, one after the other, and tells the mean "
           "and how far its answers lie apart. Each is billed."));
    m_parameters->addRow(tr("Repeat"), m_repeat);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_parameters);
    column->addStretch();
    connect(m_parameters, &ParameterForm::changed, this, &ComposePanel::parametersChanged);
    connect(m_repeat, &QSpinBox::valueChanged, this, &ComposePanel::extrasChanged);
    return page;
}

QWidget *ComposePanel::buildVariables()
{
    auto *page = new QWidget;
    m_none = new QLabel(tr("Write {{name}} in the prompt: its value is asked for here."), page);
    m_none->setObjectName(u"playground.variables.none"_s);
    m_none->setFont(themeFont(TypeRole::Caption));
    m_none->setForegroundRole(QPalette::PlaceholderText);
    m_none->setWordWrap(true);
    m_form = new QFormLayout;
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setHorizontalSpacing(kPad);
    m_form->setVerticalSpacing(kHalfGap);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(kGap, 0, kGap, 0);
    column->setSpacing(kHalfGap);
    column->addWidget(m_none);
    column->addLayout(m_form);
    column->addStretch();
    return page;
}

PlaygroundParameters ComposePanel::parameters() const
{
    return m_parameters->parameters();
}

void ComposePanel::setParameters(const PlaygroundParameters &parameters)
{
    m_parameters->setParameters(parameters);
}

PlaygroundExtras ComposePanel::extras() const
{
    PlaygroundExtras extras{.tools = m_tools->text(),
                            .schema = m_schema->text(),
                            .repeat = m_repeat->value()};
    for (const PlaygroundVariable &variable : m_values) {
        if (m_names.contains(variable.name)) {
            extras.variables.push_back(variable);
        }
    }
    return extras;
}

void ComposePanel::setExtras(const PlaygroundExtras &extras)
{
    {
        const QSignalBlocker quiet(this);
        m_tools->setText(extras.tools);
        m_schema->setText(extras.schema);
        m_repeat->setValue(extras.repeat);
        for (const PlaygroundVariable &variable : extras.variables) {
            std::erase_if(m_values, [&variable](const PlaygroundVariable &old) {
                return old.name == variable.name;
            });
            m_values.push_back(variable);
        }
        m_rows.clear();
        while (m_form->rowCount() > 0) {
            m_form->removeRow(0);
        }
        refreshRows();
    }
    Q_EMIT extrasChanged();
}

void ComposePanel::setNames(const QStringList &names)
{
    if (names == m_names) {
        return;
    }
    m_names = names;
    refreshRows();
    Q_EMIT extrasChanged();
}

/// As many rows as there are names; the first ones stay, so that nobody loses the field they type in.
void ComposePanel::refreshRows()
{
    while (static_cast<qsizetype>(m_rows.size()) > m_names.size()) {
        m_rows.pop_back();
        m_form->removeRow(m_form->rowCount() - 1);
    }
    while (static_cast<qsizetype>(m_rows.size()) < m_names.size()) {
        const std::size_t number = m_rows.size();
        Row row{.title = new QLabel(this), .value = new QLineEdit(this)};
        row.value->setObjectName(u"playground.variable.%1"_s.arg(number));
        row.title->setBuddy(row.value);
        m_form->addRow(row.title, row.value);
        m_rows.push_back(row);
        connect(row.value, &QLineEdit::textEdited, this, [this, number](const QString &text) {
            const QString name = m_names.value(static_cast<qsizetype>(number));
            std::erase_if(m_values,
                          [&name](const PlaygroundVariable &old) { return old.name == name; });
            m_values.push_back({.name = name, .value = text});
            Q_EMIT extrasChanged();
        });
    }
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const QString name = m_names[static_cast<qsizetype>(i)];
        const auto known = std::ranges::find(m_values, name, &PlaygroundVariable::name);
        m_rows[i].title->setText(u"{{%1}}"_s.arg(name));
        m_rows[i].value->setAccessibleName(tr("Value of %1").arg(name));
        const QString value = known == m_values.end() ? QString() : known->value;
        if (m_rows[i].value->text() != value) {
            m_rows[i].value->setText(value);
        }
    }
    m_none->setVisible(m_rows.empty());
}

void ComposePanel::setView(View view)
{
    m_views->setCurrent(view);
    m_stack->setCurrentIndex(view);
}

/// `2 tools · a schema · 3 runs each`
void ComposePanel::refreshSummary()
{
    QStringList parts;
    const qsizetype tools = m_tools->fault()
                                ? 0
                                : QJsonDocument::fromJson(m_tools->text().toUtf8()).array().size();
    if (tools > 0) {
        parts << tr("%n tool(s)", nullptr, static_cast<int>(tools));
    }
    if (!m_schema->text().trimmed().isEmpty() && !m_schema->fault()) {
        parts << tr("a schema");
    }
    if (m_tools->fault() || m_schema->fault()) {
        parts << tr("faulty JSON");
    }
    if (m_repeat->value() > 1) {
        parts << tr("%1 runs each").arg(m_repeat->value());
    }
    m_summary->setText(parts.join(u" · "_s));
    m_summary->setVisible(!parts.isEmpty());
}

} // namespace signalbox::ui
