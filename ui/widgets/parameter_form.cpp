// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/parameter_form.h"

#include "ui/theme/theme.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QSignalBlocker>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr double kStep = 0.1;
constexpr double kUnset = -kStep; ///< below what can be meant: shown as words
constexpr int kTokensMax = 1'000'000;
constexpr int kTokensStep = 64;

std::optional<double> fractionIn(const QDoubleSpinBox &box)
{
    return box.value() < 0 ? std::nullopt : std::optional(box.value());
}

} // namespace

ParameterForm::ParameterForm(const QString &name, const QString &unset, QWidget *parent)
    : QWidget(parent)
    , m_form(new QFormLayout(this))
    , m_name(name)
    , m_unset(unset)
    , m_temperature(fraction(u"temperature"_s, 2))
    , m_topP(fraction(u"topP"_s, 1))
    , m_maxTokens(new QSpinBox(this))
    , m_effort(new QComboBox(this))
{
    setObjectName(name);
    m_maxTokens->setObjectName(name + u".maxTokens"_s);
    m_maxTokens->setRange(0, kTokensMax);
    m_maxTokens->setSingleStep(kTokensStep);
    m_maxTokens->setSpecialValueText(unset);
    m_effort->setObjectName(name + u".effort"_s);
    m_effort->addItem(unset, QString());
    for (const auto &[word, value] : {std::pair{tr("low"), u"low"_s},
                                      std::pair{tr("medium"), u"medium"_s},
                                      std::pair{tr("high"), u"high"_s}}) {
        m_effort->addItem(word, value);
    }
    m_form->setContentsMargins(kGap, 0, kGap, 0);
    m_form->setHorizontalSpacing(kPad);
    m_form->setVerticalSpacing(kHalfGap);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (const auto &[title, field] :
         {std::pair{tr("Temperature"), static_cast<QWidget *>(m_temperature)},
          std::pair{tr("Top P"), static_cast<QWidget *>(m_topP)},
          std::pair{tr("Max tokens"), static_cast<QWidget *>(m_maxTokens)},
          std::pair{tr("Reasoning"), static_cast<QWidget *>(m_effort)}}) {
        addRow(title, field);
    }
    connect(m_temperature, &QDoubleSpinBox::valueChanged, this, &ParameterForm::changed);
    connect(m_topP, &QDoubleSpinBox::valueChanged, this, &ParameterForm::changed);
    connect(m_maxTokens, &QSpinBox::valueChanged, this, &ParameterForm::changed);
    connect(m_effort, &QComboBox::currentIndexChanged, this, &ParameterForm::changed);
}

void ParameterForm::addRow(const QString &title, QWidget *field)
{
    if (field->accessibleName().isEmpty()) {
        field->setAccessibleName(title);
    }
    m_form->addRow(title, field);
}

QDoubleSpinBox *ParameterForm::fraction(const QString &name, double max)
{
    auto *box = new QDoubleSpinBox(this);
    box->setObjectName(m_name + u'.' + name);
    box->setRange(kUnset, max);
    box->setSingleStep(kStep);
    box->setDecimals(2);
    box->setSpecialValueText(m_unset);
    box->setValue(kUnset);
    return box;
}

PlaygroundParameters ParameterForm::parameters() const
{
    return {.temperature = fractionIn(*m_temperature),
            .topP = fractionIn(*m_topP),
            .maxTokens = m_maxTokens->value() > 0 ? std::optional(m_maxTokens->value())
                                                  : std::nullopt,
            .effort = m_effort->currentData().toString()};
}

void ParameterForm::setParameters(const PlaygroundParameters &parameters)
{
    if (parameters == this->parameters()) {
        return;
    }
    {
        const QSignalBlocker quiet(this);
        m_temperature->setValue(parameters.temperature.value_or(kUnset));
        m_topP->setValue(parameters.topP.value_or(kUnset));
        m_maxTokens->setValue(parameters.maxTokens.value_or(0));
        m_effort->setCurrentIndex(std::max(0, m_effort->findData(parameters.effort)));
    }
    Q_EMIT changed();
}

} // namespace signalbox::ui
