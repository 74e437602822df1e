// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/key_keeper.h"

#include "app/console/config_writer.h"

#include "core/config/notation.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::app {

namespace {

using Store = SecretRef::Store;

QString qt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

ui::KeyPlace placeOf(Store store)
{
    switch (store) {
    case Store::Keychain:
        return ui::KeyPlace::Keychain;
    case Store::Vault:
        return ui::KeyPlace::Vault;
    case Store::Session:
        return ui::KeyPlace::Session;
    case Store::Env:
        return ui::KeyPlace::Environment;
    case Store::File:
        return ui::KeyPlace::File;
    }
    return ui::KeyPlace::Environment;
}

Store storeOf(ui::KeyPlace place)
{
    switch (place) {
    case ui::KeyPlace::Keychain:
        return Store::Keychain;
    case ui::KeyPlace::Vault:
        return Store::Vault;
    case ui::KeyPlace::Session:
        return Store::Session;
    case ui::KeyPlace::Environment:
        return Store::Env;
    case ui::KeyPlace::File:
        return Store::File;
    }
    return Store::Env;
}

/// A header can carry nothing else.
bool isVisible(char c)
{
    return c > 0x20 && c < 0x7F;
}

bool isTyped(const SecretRef &ref)
{
    return ref.store == Store::Keychain || ref.store == Store::Vault || ref.store == Store::Session;
}

ui::VaultView::State stateOf(VaultDesk::State state)
{
    using State = ui::VaultView::State;
    switch (state) {
    case VaultDesk::State::Absent:
        return State::Absent;
    case VaultDesk::State::Locked:
        return State::Locked;
    case VaultDesk::State::Opening:
        return State::Opening;
    case VaultDesk::State::Open:
        return State::Open;
    case VaultDesk::State::Unusable:
        return State::Unusable;
    }
    return State::Unusable;
}

} // namespace

KeyKeeper::KeyKeeper(DesktopSecrets &secrets,
                     Keychain &keychain,
                     VaultDesk &vault,
                     KeeperOptions options,
                     QObject *parent)
    : ui::SettingsSource(parent)
    , m_secrets(secrets)
    , m_store(&secrets)
    , m_keychain(keychain)
    , m_vault(vault)
    , m_options(std::move(options))
    , m_file(m_options.configPath, m_options.text, m_options.stateDir, m_store)
    , m_feed(secrets, keychain)
{
    m_reload.setSingleShot(true);
    connect(&m_reload, &QTimer::timeout, this, [this] {
        m_options.reload();
        readFile();
    });
    connect(&m_feed, &KeyFeed::fetched, this, [this] { m_reload.start(0); });
    connect(&m_keychain, &Keychain::stateChanged, this, &KeyKeeper::keychainChanged);
    connect(&m_vault, &VaultDesk::changed, this, [this] {
        if (m_vault.state() != VaultDesk::State::Opening) {
            m_reload.start(0); // its keys have come, or others
        }
        Q_EMIT changed();
    });
    readFile();
    m_feed.fetchWanted(); // what the gateway asked for before there was anybody to fetch it
}

ui::KeychainView KeyKeeper::keychain() const
{
    using State = ui::KeychainView::State;
    switch (m_keychain.state()) {
    case Keychain::State::Available:
        return {.state = State::Available};
    case Keychain::State::Unavailable:
        return {.state = State::Unavailable, .problem = m_keychain.problem()};
    case Keychain::State::Unknown:
    case Keychain::State::Asking:
        break;
    }
    return {.state = State::Asking};
}

ui::VaultView KeyKeeper::vault() const
{
    if (m_file.isFixed()) {
        return {};
    }
    ui::VaultView view{.state = stateOf(m_vault.state()),
                       .path = m_vault.path(),
                       .problem = m_vault.problem()};
    for (const ui::ProviderKeys &provider : m_providers) {
        const auto waits = [](const ui::StoredKey &key) {
            return key.place == ui::KeyPlace::Vault && key.masked.isEmpty();
        };
        view.waiting += static_cast<int>(std::ranges::count_if(provider.keys, waits));
    }
    return view;
}

void KeyKeeper::openVault(quint64 id, const Secret &passphrase)
{
    m_vault.open(passphrase, [this, id](const QString &problem) {
        Q_EMIT finished(id, problem.isEmpty(), problem);
    });
}

ui::FilesView KeyKeeper::files() const
{
    return {.configuration = qt(m_options.configPath),
            .ledger = qt(m_options.ledger),
            .log = qt(m_options.log),
            .revisions = qt(revisionsDir(m_options.stateDir)),
            .keepRequestsDays = m_file.configuration() == nullptr
                                    ? 0
                                    : m_file.configuration()->ledger.keepRequestsDays,
            .keepBodiesDays = m_file.configuration() == nullptr
                                  ? 0
                                  : m_file.configuration()->ledger.keepBodiesDays};
}

QString KeyKeeper::whyFixed() const
{
    return m_file.isFixed() ? tr("This configuration is in no file: its providers are simulated.")
                            : qt(m_file.problem());
}

bool KeyKeeper::isFresh() const
{
    return m_file.isMissing();
}

void KeyKeeper::lookAgain()
{
    readFile();
    m_vault.look();
    m_keychain.probe();
}

/// A faulty file leaves what was last known, and says so.
void KeyKeeper::readFile()
{
    if (!m_file.read()) {
        return Q_EMIT changed();
    }
    m_providers.clear();
    for (const ProviderSettings &provider : m_file.configuration()->providers) {
        m_providers.push_back(viewOf(provider));
    }
    Q_EMIT changed();
}

ui::ProviderKeys KeyKeeper::viewOf(const ProviderSettings &provider)
{
    ui::ProviderKeys view{.provider = qt(provider.id),
                          .kind = qt(toString(provider.kind)),
                          .target = {},
                          .keys = {}};
    if (!provider.models.empty()) {
        view.target = qt(provider.id + "/" + provider.models.front().name);
    }
    for (const SecretRef &ref : provider.keys) {
        const auto secret = m_store.read(ref);
        view.keys.push_back({.ref = qt(ref.toString()),
                             .place = placeOf(ref.store),
                             .masked = secret ? qt(secret->masked()) : QString(),
                             .problem = secret ? QString() : qt(secret.error().message)});
    }
    return view;
}

void KeyKeeper::keychainChanged()
{
    if (m_keychain.state() == Keychain::State::Unavailable) {
        readFile(); // what was asked of it has got a problem
    }
    Q_EMIT changed();
}

const ProviderSettings *KeyKeeper::provider(const QString &id) const
{
    const Configuration *known = m_file.configuration();
    return known == nullptr ? nullptr : known->provider(id.toStdString());
}

/// What the file is to say. A variable or file must be there already, and readable.
Result<SecretRef, QString> KeyKeeper::refFor(const ui::NewKey &key,
                                             const std::vector<SecretRef> &keys)
{
    const Store store = storeOf(key.place);
    if (isTyped({store, {}})) {
        if (key.secret.isEmpty()) {
            return Failure{tr("Type the key first.")};
        }
        if (!std::ranges::all_of(key.secret.expose(), isVisible)) {
            return Failure{tr("The key contains blanks or other characters that no key has.")};
        }
        const bool same = key.replaces >= 0
                          && keys[static_cast<std::size_t>(key.replaces)].store == store;
        return same ? keys[static_cast<std::size_t>(key.replaces)]
                    : SecretRef{store, m_file.unusedName(store, key.provider.toStdString())};
    }
    const SecretRef named{store, key.name.trimmed().toStdString()};
    const auto ref = config::parseSecretRef(named.toString());
    if (!ref) {
        return Failure{tr("The name must be %1").arg(qt(ref.error()))};
    }
    if (const auto secret = m_store.read(*ref); !secret) {
        return Failure{qt(secret.error().message)};
    }
    return *ref;
}

void KeyKeeper::saveKey(quint64 id, const ui::NewKey &key)
{
    readFile();
    if (!whyFixed().isEmpty()) {
        return Q_EMIT finished(id, false, whyFixed());
    }
    const ProviderSettings *settings = provider(key.provider);
    if (settings == nullptr || key.replaces >= static_cast<int>(settings->keys.size())) {
        return Q_EMIT finished(id, false, tr("The configuration has changed; look again."));
    }
    std::vector<SecretRef> keys = settings->keys;
    const auto ref = refFor(key, keys);
    if (!ref) {
        return Q_EMIT finished(id, false, ref.error());
    }
    if (key.replaces >= 0) {
        keys[static_cast<std::size_t>(key.replaces)] = *ref;
    } else {
        keys.push_back(*ref);
    }
    keepSecret(*ref, key, [this, id, provider = settings->id, keys](const QString &problem) {
        if (!problem.isEmpty()) {
            return Q_EMIT finished(id, false, problem);
        }
        applyNewKey(id, provider, keys);
    });
}

/// \p then is called with an empty problem once the secret is where its reference says. What stays
/// outside, in a variable or a file, is there already.
void KeyKeeper::keepSecret(const SecretRef &ref,
                           const ui::NewKey &key,
                           std::function<void(const QString &problem)> then)
{
    const Secret secret = key.secret;
    if (ref.store == Store::Vault) {
        return m_vault.put(ref.name, secret, key.passphrase, std::move(then));
    }
    if (ref.store == Store::Session) {
        m_secrets.put(ref, secret);
    }
    if (ref.store != Store::Keychain) {
        return then({});
    }
    const auto written = [this, ref, secret, then](const KeychainAnswer &answer) {
        if (answer.kind != KeychainAnswer::Kind::Ok) {
            return then(tr("The keychain did not take the key: %1").arg(answer.problem));
        }
        m_secrets.put(ref, secret);
        then({});
    };
    m_keychain.write(qt(ref.name), secret, written);
}

void KeyKeeper::applyNewKey(quint64 id, const std::string &provider, std::vector<SecretRef> keys)
{
    const QString problem = apply(m_file.setKeys(provider, keys));
    Q_EMIT finished(id,
                    problem.isEmpty(),
                    problem.isEmpty() ? tr("The key of %1 is kept and in use.").arg(qt(provider))
                                      : problem);
}

QString KeyKeeper::apply(const Status<std::string> &written)
{
    if (!written) {
        return qt(written.error());
    }
    m_options.reload();
    readFile();
    return {};
}

void KeyKeeper::deleteKey(quint64 id, const QString &provider, int index)
{
    readFile();
    if (!whyFixed().isEmpty()) {
        return Q_EMIT finished(id, false, whyFixed());
    }
    const ProviderSettings *settings = this->provider(provider);
    if (settings == nullptr || index < 0 || index >= static_cast<int>(settings->keys.size())) {
        return Q_EMIT finished(id, false, tr("The configuration has changed; look again."));
    }
    std::vector<SecretRef> keys = settings->keys;
    const SecretRef ref = keys[static_cast<std::size_t>(index)];
    keys.erase(keys.begin() + index);
    const QString problem = apply(m_file.setKeys(settings->id, keys));
    if (!problem.isEmpty()) {
        return Q_EMIT finished(id, false, problem);
    }
    const QString name = qt(ref.toString());
    if (ref.store == Store::Vault) {
        return m_vault.remove(ref.name, [this, id, provider, name](const QString &why) {
            Q_EMIT
            finished(id,
                     why.isEmpty(),
                     why.isEmpty()
                         ? tr("%1 is deleted from the encrypted file.").arg(name)
                         : tr("%1 no longer uses %2, but the encrypted file still has it: %3")
                               .arg(provider, name, why));
        });
    }
    m_secrets.forget(ref);
    if (ref.store != Store::Keychain) {
        return Q_EMIT finished(id, true, tr("%1 no longer uses %2.").arg(provider, name));
    }
    m_keychain.remove(qt(ref.name), [this, id, provider, name](const KeychainAnswer &answer) {
        if (answer.kind == KeychainAnswer::Kind::Failed) {
            return Q_EMIT finished(id,
                                   false,
                                   tr("%1 no longer uses %2, but the keychain still has it: %3")
                                       .arg(provider, name, answer.problem));
        }
        Q_EMIT finished(id, true, tr("%1 is deleted from the keychain.").arg(name));
    });
}

/// Of the first client that may ask for anything; empty where no client needs one.
Secret KeyKeeper::clientKey()
{
    if (m_file.configuration() == nullptr) {
        return {};
    }
    for (const ClientSettings &client : m_file.configuration()->clients) {
        const auto secret = m_store.read(client.key);
        if (client.routes.empty() && secret) {
            return *secret;
        }
    }
    return {};
}

void KeyKeeper::addProvider(quint64 id, const ui::NewProvider &provider)
{
    readFile();
    if (!whyFixed().isEmpty()) {
        return Q_EMIT finished(id, false, whyFixed());
    }
    const auto write = [this, id, provider](const std::vector<SecretRef> &keys) {
        const QString problem = apply(m_file.add({.id = provider.id.toStdString(),
                                                  .kind = provider.kind,
                                                  .baseUrl = provider.address.toStdString(),
                                                  .keys = keys,
                                                  .model = provider.model.toStdString()}));
        Q_EMIT finished(id,
                        problem.isEmpty(),
                        problem.isEmpty() ? tr("%1 is configured.").arg(provider.id) : problem);
    };
    if (!provider.hasKey) {
        return write({});
    }
    ui::NewKey key = provider.key;
    key.provider = provider.id;
    key.replaces = -1;
    const auto ref = refFor(key, {});
    if (!ref) {
        return Q_EMIT finished(id, false, ref.error());
    }
    keepSecret(*ref, key, [this, id, write, ref = *ref](const QString &problem) {
        if (!problem.isEmpty()) {
            return Q_EMIT finished(id, false, problem);
        }
        write({ref});
    });
}

void KeyKeeper::testGateway(quint64 id)
{
    m_test.askGateway(m_options.gateway(), [this, id](bool ok, const QString &words) {
        Q_EMIT finished(id, ok, words);
    });
}

void KeyKeeper::test(quint64 id, const QString &target)
{
    m_test.ask(m_options.gateway(), target, clientKey(), [this, id](bool ok, const QString &words) {
        Q_EMIT finished(id, ok, words);
    });
}

} // namespace signalbox::app
