// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/reason_form.h"

#include "ui/theme/theme.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kReasonLengthMax = 200;

} // namespace

ReasonForm::ReasonForm(QWidget *parent)
    : QWidget(parent)
    , m_reason(new QLineEdit(this))
    , m_duration(new QComboBox(this))
{
    m_reason->setObjectName(u"reason"_s);
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setPlaceholderText(tr("Why? It is kept with the breaker"));
    m_reason->setMaxLength(kReasonLengthMax);
    m_duration->setObjectName(u"duration"_s);
    m_duration->setAccessibleName(tr("For how long"));
    m_duration->addItem(tr("5 minutes"), 300);
    m_duration->addItem(tr("30 minutes"), 1800);
    m_duration->addItem(tr("2 hours"), 7200);
    m_duration->addItem(tr("Until it is reset"), 0);
    m_duration->setCurrentIndex(1);
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setSpacing(kGap);
    form->addRow(tr("&Reason"), m_reason);
    form->addRow(tr("&For"), m_duration);
    setFocusProxy(m_reason);
    connect(m_reason, &QLineEdit::textChanged, this, &ReasonForm::reasonChanged);
    connect(m_reason, &QLineEdit::returnPressed, this, &ReasonForm::submitted);
}

QString ReasonForm::reason() const
{
    return m_reason->text().trimmed();
}

std::optional<Seconds> ReasonForm::duration() const
{
    const int seconds = m_duration->currentData().toInt();
    return seconds == 0 ? std::nullopt : std::optional(Seconds(seconds));
}

void ReasonForm::clear()
{
    m_reason->clear();
    m_duration->setCurrentIndex(1);
}

} // namespace signalbox::ui
