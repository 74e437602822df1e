// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/keys_panel.h"

#include "ui/text/key_text.h"
#include "ui/text/names.h"
#include "ui/theme/theme.h"
#include "ui/widgets/confirm_dialog.h"
#include "ui/widgets/key_form.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/provider_keys_box.h"
#include "ui/widgets/vault_box.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

KeysPanel::KeysPanel(SettingsSource &source, QWidget *parent)
    : QWidget(parent)
    , m_source(source)
    , m_keychainBad(new NoticeBar(u"keychainNotice"_s, this))
    , m_keychainWell(new QLabel(this))
    , m_vault(new VaultBox(this))
    , m_fixed(new NoticeBar(u"fixedNotice"_s, this))
    , m_none(new QLabel(tr("No providers are configured."), this))
    , m_boxes(new QVBoxLayout)
    , m_form(new KeyForm(this))
{
    setObjectName(u"keys"_s);
    m_keychainWell->setObjectName(u"keychainState"_s);
    m_keychainWell->setForegroundRole(QPalette::PlaceholderText);
    m_keychainWell->setContentsMargins(kGap, 0, kGap, 0);
    m_none->setContentsMargins(kGap, kGap, kGap, kGap);
    m_boxes->setSpacing(0);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kHalfGap);
    column->addWidget(m_keychainWell);
    column->addWidget(m_keychainBad);
    column->addWidget(m_vault);
    column->addWidget(m_fixed);
    column->addWidget(m_none);
    column->addLayout(m_boxes);
    connect(&m_source, &SettingsSource::changed, this, &KeysPanel::refresh);
    connect(&m_source, &SettingsSource::finished, this, &KeysPanel::finished);
    connect(m_vault, &VaultBox::lookAsked, &m_source, &SettingsSource::lookAgain);
    connect(m_vault, &VaultBox::unlockAsked, this, [this](const Secret &passphrase) {
        m_source.openVault(++m_last, passphrase); // how it went is in the vault's state
    });
    connect(m_form, &KeyForm::submitted, this, &KeysPanel::save);
    connect(m_form, &KeyForm::dismissed, this, [this] {
        if (m_openedFrom != nullptr) {
            m_openedFrom->setFocus(Qt::OtherFocusReason);
        }
    });
    refresh();
}

ProviderKeysBox *KeysPanel::box(const QString &provider) const
{
    const auto found = std::ranges::find_if(m_all, [&](const ProviderKeysBox *box) {
        return box->keys().provider == provider;
    });
    return found == m_all.end() ? nullptr : *found;
}

void KeysPanel::refresh()
{
    refreshKeychain();
    const std::vector<ProviderKeys> providers = m_source.providers();
    const bool same = std::ranges::equal(providers,
                                         m_all,
                                         {},
                                         &ProviderKeys::provider,
                                         [](const ProviderKeysBox *box) {
                                             return box->keys().provider;
                                         });
    if (!same) {
        rebuild(providers);
    }
    const QString fixed = m_source.whyFixed();
    for (std::size_t i = 0; i < m_all.size(); ++i) {
        m_all[i]->setKeys(providers[i]);
        m_all[i]->setFixed(fixed);
    }
    if (fixed.isEmpty()) {
        m_fixed->hide();
    } else if (m_fixed->text() != fixed) {
        m_fixed->say(NoticeBar::Tone::Warning, fixed);
    }
    m_none->setVisible(providers.empty());
}

void KeysPanel::refreshKeychain()
{
    const KeychainView keychain = m_source.keychain();
    const bool bad = keychain.state == KeychainView::State::Unavailable;
    const QString sentence = text::keychainSentence(keychain);
    m_keychainWell->setText(sentence);
    m_keychainWell->setVisible(!bad && !sentence.isEmpty());
    if (!bad) {
        m_keychainBad->hide();
    } else if (m_keychainBad->text() != sentence) {
        m_keychainBad->say(NoticeBar::Tone::Warning, sentence, tr("Check Again"), [this] {
            m_source.lookAgain();
        });
    }
    const VaultView vault = m_source.vault();
    m_vault->setVault(vault);
    m_form->setVault(vault);
    m_form->setKeychain(keychain);
}

void KeysPanel::showVault()
{
    m_vault->setFocus(Qt::OtherFocusReason);
}

void KeysPanel::rebuild(const std::vector<ProviderKeys> &providers)
{
    m_openedFrom = nullptr;
    m_form->setParent(this);
    m_form->dismiss();
    qDeleteAll(m_all);
    m_all.clear();
    for (const ProviderKeys &keys : providers) {
        auto *box = new ProviderKeysBox(keys, this);
        connect(box, &ProviderKeysBox::addAsked, this, [this, box] { openForm(box, -1); });
        connect(box, &ProviderKeysBox::replaceAsked, this, [this, box](int index) {
            openForm(box, index);
        });
        connect(box, &ProviderKeysBox::deleteAsked, this, [this, box](int index) {
            askToDelete(box, index);
        });
        connect(box, &ProviderKeysBox::testAsked, this, [this, box] {
            test(box->keys().provider);
        });
        m_boxes->addWidget(box);
        m_all.push_back(box);
    }
    Q_EMIT rebuilt();
}

void KeysPanel::setLive(const telemetry::Snapshot *snapshot, SystemTime now)
{
    for (ProviderKeysBox *box : m_all) {
        const telemetry::ProviderView *live = nullptr;
        if (snapshot != nullptr) {
            const auto found = std::ranges::find_if(snapshot->providers, [&](const auto &view) {
                return text::fromUtf8(view.id) == box->keys().provider;
            });
            live = found == snapshot->providers.end() ? nullptr : &*found;
        }
        box->setLive(live, now);
    }
}

quint64 KeysPanel::remember(Asked asked)
{
    m_asked.insert(++m_last, std::move(asked));
    return m_last;
}

void KeysPanel::openForm(ProviderKeysBox *box, int replaces)
{
    m_openedFrom = focusWidget();
    box->formPlace()->addWidget(m_form);
    const KeyPlace place = replaces < 0
                               ? KeyPlace::Keychain
                               : box->keys().keys[static_cast<std::size_t>(replaces)].place;
    m_form->ask(box->keys().provider, replaces, place);
}

void KeysPanel::add(const QString &provider)
{
    if (ProviderKeysBox *found = box(provider); found != nullptr && m_source.whyFixed().isEmpty()) {
        openForm(found, -1);
    }
}

void KeysPanel::save(const NewKey &key)
{
    m_source.saveKey(remember({.provider = key.provider, .isForm = true}), key);
}

void KeysPanel::test(const QString &provider)
{
    ProviderKeysBox *asked = box(provider);
    if (asked == nullptr || asked->keys().target.isEmpty()) {
        return;
    }
    asked->setTesting(true);
    m_source.test(remember({.provider = provider, .isTest = true}), asked->keys().target);
}

void KeysPanel::askToDelete(ProviderKeysBox *box, int index)
{
    const StoredKey &key = box->keys().keys[static_cast<std::size_t>(index)];
    const bool ours = key.place == KeyPlace::Keychain || key.place == KeyPlace::Vault
                      || key.place == KeyPlace::Session;
    const QString text = ours
                             ? tr("%1 will no longer use %2, and it is gone from where it is kept.")
                             : tr("%1 will no longer use %2. What is there stays there.");
    auto *dialog = new ConfirmDialog(tr("Delete %1?").arg(key.ref),
                                     text.arg(box->keys().provider, key.ref),
                                     tr("Delete Key"),
                                     window());
    connect(dialog, &QDialog::accepted, this, [this, provider = box->keys().provider, index] {
        m_source.deleteKey(remember({.provider = provider}), provider, index);
    });
    dialog->open();
}

void KeysPanel::finished(quint64 id, bool ok, const QString &message)
{
    if (!m_asked.contains(id)) {
        return;
    }
    const Asked asked = m_asked.take(id);
    ProviderKeysBox *told = box(asked.provider);
    if (told == nullptr) {
        return;
    }
    if (asked.isTest) {
        told->setTesting(false);
    }
    if (asked.isForm && !ok) {
        return m_form->complain(message);
    }
    if (asked.isForm) {
        m_form->dismiss();
    }
    told->tell(ok, message);
}

} // namespace signalbox::ui
