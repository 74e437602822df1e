// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/reason_popover.h"

#include "ui/theme/console_style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/reason_form.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kWidth = 320;

} // namespace

ReasonPopover::ReasonPopover(QWidget *window)
    : Popover(u"reasonPopover"_s, kWidth, window)
    , m_title(new QLabel(this))
    , m_form(new ReasonForm(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_submit(new QPushButton(this))
{
    m_title->setFont(themeFont(TypeRole::Strong));
    m_title->setWordWrap(true);
    m_submit->setObjectName(u"submit"_s);
    m_submit->setProperty(kDressProperty, u"primary"_s);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(kGap);
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_submit);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kWide + kShadow, kPad + kShadow, kWide + kShadow, kPad + kShadow);
    column->setSpacing(kPad);
    column->addWidget(m_title);
    column->addWidget(m_form);
    column->addLayout(buttons);
    setTabOrder(m_form, m_cancel);
    setTabOrder(m_cancel, m_submit);
    connect(m_cancel, &QPushButton::clicked, this, &ReasonPopover::dismiss);
    connect(m_submit, &QPushButton::clicked, this, &ReasonPopover::submit);
    connect(m_form, &ReasonForm::submitted, this, &ReasonPopover::submit);
    connect(m_form, &ReasonForm::reasonChanged, this, [this] {
        m_submit->setEnabled(!m_form->reason().isEmpty());
    });
}

void ReasonPopover::ask(const QString &title, const QString &verb, QWidget *anchor, Answer answer)
{
    m_answer = std::move(answer);
    m_title->setText(title);
    setAccessibleName(title);
    m_submit->setText(verb);
    m_submit->setEnabled(false);
    m_form->clear();
    openAt(anchor, m_form);
}

void ReasonPopover::submit()
{
    if (m_form->reason().isEmpty()) {
        return;
    }
    const Answer answer = std::exchange(m_answer, {});
    const QString reason = m_form->reason();
    const std::optional<Seconds> duration = m_form->duration();
    dismiss();
    if (answer) {
        answer(reason, duration);
    }
}

void ReasonPopover::dismiss()
{
    m_answer = {};
    Popover::dismiss();
}

} // namespace signalbox::ui
