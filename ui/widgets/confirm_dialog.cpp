// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/confirm_dialog.h"

#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

ConfirmDialog::ConfirmDialog(const QString &title,
                             const QString &text,
                             const QString &verb,
                             QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"confirm"_s);
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    auto *name = new QLabel(title, this);
    name->setFont(themeFont(TypeRole::Strong));
    auto *words = new QLabel(text, this);
    words->setWordWrap(true);
    auto *act = new QPushButton(verb, this);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    act->setObjectName(u"act"_s);
    act->setAutoDefault(false);
    cancel->setObjectName(u"cancel"_s);
    cancel->setDefault(true);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(act);
    buttons->addWidget(cancel);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kWide, kWide, kWide, kWide);
    column->setSpacing(kPad);
    column->addWidget(name);
    column->addWidget(words);
    column->addLayout(buttons);
    setMinimumWidth(420);
    connect(act, &QPushButton::clicked, this, &QDialog::accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    cancel->setFocus();
}

} // namespace signalbox::ui
