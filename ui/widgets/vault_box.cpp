// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/vault_box.h"

#include "ui/text/key_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/notice_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kPassphraseLengthMax = 4096;
constexpr int kFieldWidth = 220;

} // namespace

VaultBox::VaultBox(QWidget *parent)
    : QWidget(parent)
    , m_words(new QLabel(this))
    , m_passphrase(new QLineEdit(this))
    , m_unlock(new QPushButton(tr("Unlock"), this))
    , m_problem(new NoticeBar(u"vaultProblem"_s, this))
{
    setObjectName(u"vault"_s);
    m_words->setObjectName(u"vaultState"_s);
    m_words->setWordWrap(true);
    m_passphrase->setObjectName(u"vaultPassphrase"_s);
    m_passphrase->setAccessibleName(tr("Passphrase of the encrypted file"));
    m_passphrase->setPlaceholderText(tr("Passphrase"));
    m_passphrase->setEchoMode(QLineEdit::Password);
    m_passphrase->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData
                                      | Qt::ImhNoPredictiveText);
    m_passphrase->setMaxLength(kPassphraseLengthMax);
    m_passphrase->setMinimumWidth(kFieldWidth);
    m_unlock->setObjectName(u"unlockVault"_s);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(kGap, 0, kGap, 0);
    row->setSpacing(kGap);
    row->addWidget(m_words, 1);
    row->addWidget(m_passphrase);
    row->addWidget(m_unlock);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kHalfGap);
    column->addLayout(row);
    column->addWidget(m_problem);
    connect(m_passphrase, &QLineEdit::textChanged, this, &VaultBox::refresh);
    connect(m_passphrase, &QLineEdit::returnPressed, this, &VaultBox::submit);
    connect(m_unlock, &QPushButton::clicked, this, &VaultBox::submit);
    setFocusProxy(m_passphrase);
    refresh();
}

void VaultBox::setVault(const VaultView &vault)
{
    if (vault == m_vault) {
        return;
    }
    m_vault = vault;
    const bool unusable = vault.state == VaultView::State::Unusable;
    const QString problem = unusable ? text::vaultSentence(vault) : vault.problem;
    if (problem.isEmpty()) {
        m_problem->hide();
    } else if (unusable) {
        m_problem->say(NoticeBar::Tone::Bad, problem, tr("Check Again"), [this] {
            Q_EMIT lookAsked();
        });
    } else {
        m_problem->say(NoticeBar::Tone::Bad, problem);
    }
    refresh();
}

void VaultBox::submit()
{
    if (!m_unlock->isEnabled()) {
        return;
    }
    const Secret passphrase(m_passphrase->text().toStdString());
    m_passphrase->setText({});
    Q_EMIT unlockAsked(passphrase);
}

void VaultBox::refresh()
{
    const auto state = m_vault.state;
    const bool locked = state == VaultView::State::Locked;
    const bool asks = locked || state == VaultView::State::Opening;
    const bool unusable = state == VaultView::State::Unusable;
    setVisible(asks || unusable || state == VaultView::State::Open);
    m_words->setVisible(!unusable);
    m_words->setText(text::vaultSentence(m_vault));
    m_words->setForegroundRole(asks ? QPalette::WindowText : QPalette::PlaceholderText);
    m_passphrase->setVisible(asks);
    m_passphrase->setEnabled(locked);
    m_unlock->setVisible(asks);
    m_unlock->setEnabled(locked && !m_passphrase->text().isEmpty());
}

} // namespace signalbox::ui
