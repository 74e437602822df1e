// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/key_form.h"

#include "ui/theme/console_style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/key_fields.h"
#include "ui/widgets/notice_bar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

KeyForm::KeyForm(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_fields(new KeyFields(this))
    , m_problem(new NoticeBar(u"keyProblem"_s, this))
    , m_save(new QPushButton(tr("Save Key"), this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
{
    setObjectName(u"keyForm"_s);
    m_title->setFont(themeFont(TypeRole::Strong));
    m_save->setObjectName(u"saveKey"_s);
    m_save->setProperty(kDressProperty, u"primary"_s);
    m_cancel->setObjectName(u"cancelKey"_s);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(kGap);
    buttons->addWidget(m_save);
    buttons->addWidget(m_cancel);
    buttons->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kGap, kGap, kGap, kGap);
    column->setSpacing(kGap);
    column->addWidget(m_title);
    column->addWidget(m_fields);
    column->addWidget(m_problem);
    column->addLayout(buttons);
    connect(m_save, &QPushButton::clicked, this, &KeyForm::submit);
    connect(m_cancel, &QPushButton::clicked, this, &KeyForm::dismiss);
    connect(m_fields, &KeyFields::submitted, this, &KeyForm::submit);
    connect(m_fields, &KeyFields::changed, this, &KeyForm::refresh);
    refresh();
    hide();
}

KeyPlace KeyForm::place() const
{
    return m_fields->place();
}

void KeyForm::ask(const QString &provider, int replaces, KeyPlace place)
{
    m_replaces = replaces;
    m_title->setText(replaces < 0 ? tr("A key for %1").arg(provider)
                                  : tr("Another key for %1").arg(provider));
    m_busy = false;
    m_problem->hide();
    m_fields->start(provider, place);
    show();
    m_fields->setFocus(Qt::OtherFocusReason);
}

void KeyForm::setKeychain(const KeychainView &keychain)
{
    m_fields->setKeychain(keychain);
}

void KeyForm::setVault(const VaultView &vault)
{
    m_fields->setVault(vault);
}

void KeyForm::complain(const QString &problem)
{
    m_busy = false;
    refresh();
    m_problem->say(NoticeBar::Tone::Bad, problem);
    m_fields->setFocus(Qt::OtherFocusReason);
}

void KeyForm::dismiss()
{
    m_fields->clear();
    hide();
    Q_EMIT dismissed();
}

void KeyForm::submit()
{
    if (!m_save->isEnabled()) {
        return;
    }
    m_problem->hide();
    NewKey key = m_fields->take();
    key.replaces = m_replaces;
    m_busy = true;
    refresh();
    Q_EMIT submitted(key);
}

void KeyForm::refresh()
{
    m_save->setEnabled(!m_busy && m_fields->canBeKept() && !m_fields->isEmpty());
    m_save->setText(m_busy ? tr("Saving…") : tr("Save Key"));
}

void KeyForm::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        return dismiss();
    }
    QWidget::keyPressEvent(event);
}

} // namespace signalbox::ui
