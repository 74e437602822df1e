// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/hold_dialog.h"

#include "ui/theme/theme.h"
#include "ui/widgets/reason_form.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

HoldDialog::HoldDialog(const QString &target, const QString &calculated, QWidget *parent)
    : QDialog(parent)
    , m_form(new ReasonForm(this))
{
    setObjectName(u"holdDialog"_s);
    setWindowTitle(tr("Hold %1 Closed").arg(target));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *title = new QLabel(tr("Hold %1 closed?").arg(target), this);
    title->setFont(themeFont(TypeRole::Strong));
    auto *text = new QLabel(tr("Requests will go there even while it fails. "
                               "By its own count the breaker is %1.")
                                .arg(calculated),
                            this);
    text->setWordWrap(true);
    auto *hold = new QPushButton(tr("Hold Closed"), this);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    hold->setObjectName(u"hold"_s);
    hold->setEnabled(false);
    hold->setAutoDefault(false);
    cancel->setObjectName(u"cancel"_s);
    cancel->setDefault(true);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(hold);
    buttons->addWidget(cancel);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kWide, kWide, kWide, kWide);
    column->setSpacing(kPad);
    column->addWidget(title);
    column->addWidget(text);
    column->addWidget(m_form);
    column->addLayout(buttons);
    setMinimumWidth(420);
    connect(hold, &QPushButton::clicked, this, &QDialog::accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_form, &ReasonForm::reasonChanged, this, [this, hold] {
        hold->setEnabled(!reason().isEmpty());
    });
    m_form->setFocus();
}

QString HoldDialog::reason() const
{
    return m_form->reason();
}

std::optional<Seconds> HoldDialog::duration() const
{
    return m_form->duration();
}

} // namespace signalbox::ui
