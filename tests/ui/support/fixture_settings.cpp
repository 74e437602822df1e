// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/fixture_settings.h"

#include <QTimer>

#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

FixtureSettings::FixtureSettings(QObject *parent)
    : SettingsSource(parent)
{
    const auto key = [](const QString &ref, KeyPlace place, const QString &masked) {
        return StoredKey{.ref = ref,
                         .place = place,
                         .masked = masked,
                         .problem = masked.isEmpty()
                                        ? ref + u": the environment variable is not set"_s
                                        : QString()};
    };
    m_providers =
        {{.provider = u"openai"_s,
          .kind = u"openai"_s,
          .target = u"openai/gpt-4.1"_s,
          .keys = {key(u"keychain:openai"_s, KeyPlace::Keychain, u"••••4f2a"_s),
                   key(u"env:OPENAI_SECOND"_s, KeyPlace::Environment, QString())}},
         {.provider = u"anthropic"_s,
          .kind = u"anthropic"_s,
          .target = u"anthropic/claude-haiku-4-5"_s,
          .keys = {key(u"session:anthropic"_s, KeyPlace::Session, u"••••91bc"_s)}},
         {.provider = u"mistral"_s,
          .kind = u"mistral"_s,
          .target = u"mistral/mistral-large"_s,
          .keys = {key(u"file:/etc/signalbox/mistral.key"_s, KeyPlace::File, u"••••07e1"_s)}},
         {.provider = u"local"_s,
          .kind = u"openai-compatible"_s,
          .target = u"local/tiny"_s,
          .keys = {}}};
}

FilesView FixtureSettings::files() const
{
    return {.configuration = u"/home/ada/.config/signalbox/signalbox.toml"_s,
            .ledger = u"/home/ada/.local/state/signalbox/ledger.sqlite"_s,
            .log = u"/home/ada/.local/state/signalbox/signalbox.log"_s,
            .revisions = u"/home/ada/.local/state/signalbox/revisions"_s,
            .keepRequestsDays = 90,
            .keepBodiesDays = 0};
}

void FixtureSettings::answer(quint64 id, const QString &success)
{
    QTimer::singleShot(0, this, [this, id, success, failure = m_failure] {
        Q_EMIT finished(id, failure.isEmpty(), failure.isEmpty() ? success : failure);
    });
}

void FixtureSettings::saveKey(quint64 id, const NewKey &key)
{
    m_saved.push_back(key);
    m_asked << u"save %1 %2"_s.arg(key.provider).arg(key.replaces);
    answer(id, u"The key of %1 is kept and in use."_s.arg(key.provider));
}

void FixtureSettings::deleteKey(quint64 id, const QString &provider, int index)
{
    m_asked << u"delete %1 %2"_s.arg(provider).arg(index);
    answer(id, u"It is deleted."_s);
}

void FixtureSettings::addProvider(quint64 id, const NewProvider &provider)
{
    m_added.push_back(provider);
    m_asked << u"add %1"_s.arg(provider.id);
    answer(id, u"%1 is configured."_s.arg(provider.id));
}

void FixtureSettings::testGateway(quint64 id)
{
    m_asked << u"test gateway"_s;
    answer(id, u"The gateway answers at http://127.0.0.1:8787."_s);
}

void FixtureSettings::test(quint64 id, const QString &target)
{
    m_asked << u"test %1"_s.arg(target);
    answer(id, u"%1 answered in 412 ms, for $0.000021."_s.arg(target));
}

void FixtureSettings::setKeychain(const KeychainView &keychain)
{
    m_keychain = keychain;
    Q_EMIT changed();
}

void FixtureSettings::openVault(quint64 id, const Secret &passphrase)
{
    m_passphrases.push_back(passphrase);
    answer(id, {});
}

void FixtureSettings::setVault(const VaultView &vault)
{
    m_vault = vault;
    Q_EMIT changed();
}

void FixtureSettings::setFixed(const QString &why)
{
    m_fixed = why;
    Q_EMIT changed();
}

void FixtureSettings::setProviders(std::vector<ProviderKeys> providers)
{
    m_providers = std::move(providers);
    Q_EMIT changed();
}

} // namespace signalbox::ui
