// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/key_keeper.h"

#include "app/console/config_writer.h"

#include "core/config/edit.h"
#include "core/config/notation.h"

#include <QFile>

#include <algorithm>
#include <set>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::app {

namespace {

using Store = SecretRef::Store;

constexpr const char *kFirstRoute = "default";

QString qt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

ui::KeyPlace placeOf(Store store)
{
    switch (store) {
    case Store::Keychain:
        return ui::KeyPlace::Keychain;
    case Store::Session:
    case Store::Vault:
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
    return ref.store == Store::Keychain || ref.store == Store::Session;
}

} // namespace

KeyKeeper::KeyKeeper(DesktopSecrets &secrets,
                     Keychain &keychain,
                     KeeperOptions options,
                     QObject *parent)
    : ui::SettingsSource(parent)
    , m_secrets(secrets)
    , m_store(&secrets)
    , m_keychain(keychain)
    , m_options(std::move(options))
{
    m_reload.setSingleShot(true);
    connect(&m_reload, &QTimer::timeout, this, [this] {
        m_options.reload();
        readFile();
    });
    connect(&m_secrets,
            &DesktopSecrets::wanted,
            this,
            &KeyKeeper::fetchWanted,
            Qt::QueuedConnection);
    connect(&m_keychain, &Keychain::stateChanged, this, &KeyKeeper::keychainChanged);
    readFile();
    fetchWanted(); // what the gateway asked for before there was anybody to fetch it
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

ui::FilesView KeyKeeper::files() const
{
    return {.configuration = qt(m_options.configPath),
            .ledger = qt(m_options.ledger),
            .log = qt(m_options.log),
            .revisions = qt(revisionsDir(m_options.stateDir)),
            .keepRequestsDays = m_configuration == nullptr
                                    ? 0
                                    : m_configuration->ledger.keepRequestsDays};
}

QString KeyKeeper::whyFixed() const
{
    return m_options.configPath.empty() ? tr("The demo's configuration is in no file.")
                                        : m_fileProblem;
}

bool KeyKeeper::isFresh() const
{
    return !m_options.configPath.empty() && !QFile::exists(qt(m_options.configPath));
}

void KeyKeeper::lookAgain()
{
    readFile();
    m_keychain.probe();
}

Result<std::string, std::string> KeyKeeper::currentText() const
{
    if (m_options.configPath.empty()) {
        return m_options.text;
    }
    QFile file(qt(m_options.configPath));
    if (!file.exists()) {
        return m_options.text;
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return Failure{m_options.configPath
                       + " cannot be read: " + file.errorString().toStdString()};
    }
    return file.readAll().toStdString();
}

/// What the file says now. A faulty one leaves what was last known, and says so.
void KeyKeeper::readFile()
{
    const auto text = currentText();
    auto ready = text ? runtime::readConfigurationText(*text, m_options.configPath, m_store)
                      : Result<runtime::ReadyConfiguration, runtime::Problems>(
                          Failure{runtime::Problems{text.error()}});
    m_fileProblem = ready ? QString() : qt(ready.error().front());
    if (!ready) {
        return Q_EMIT changed();
    }
    m_configuration = ready->configuration;
    m_providers.clear();
    for (const ProviderSettings &provider : m_configuration->providers) {
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
        m_providers.push_back(std::move(view));
    }
    Q_EMIT changed();
}

/// No entry is asked for before the keychain has shown that it works.
void KeyKeeper::fetchWanted()
{
    if (m_keychain.state() != Keychain::State::Available) {
        return m_keychain.probe();
    }
    for (const SecretRef &ref : m_secrets.takeWanted()) {
        fetch(ref);
    }
}

void KeyKeeper::fetch(const SecretRef &ref)
{
    m_keychain.read(qt(ref.name), [this, ref](const KeychainAnswer &answer) {
        switch (answer.kind) {
        case KeychainAnswer::Kind::Ok:
            m_secrets.put(ref, answer.secret);
            break;
        case KeychainAnswer::Kind::Missing:
            m_secrets.setProblem(ref, "the keychain has no such entry");
            break;
        case KeychainAnswer::Kind::Failed:
            m_secrets.setProblem(ref,
                                 "the keychain is unavailable: " + answer.problem.toStdString());
            break;
        }
        m_reload.start(0);
    });
}

void KeyKeeper::keychainChanged()
{
    if (m_keychain.state() == Keychain::State::Available) {
        m_secrets.forgetProblems();
        fetchWanted();
    } else if (m_keychain.state() == Keychain::State::Unavailable) {
        for (const SecretRef &ref : m_secrets.takeWanted()) {
            m_secrets.setProblem(ref,
                                 "the keychain is unavailable: "
                                     + m_keychain.problem().toStdString());
        }
        readFile();
    }
    Q_EMIT changed();
}

const ProviderSettings *KeyKeeper::provider(const QString &id) const
{
    return m_configuration == nullptr ? nullptr : m_configuration->provider(id.toStdString());
}

/// The provider's id, with a number where its other keys or other providers have that name.
QString KeyKeeper::unusedName(Store store, const QString &provider) const
{
    std::set<std::string> used;
    const bool added = !m_afterAdding.empty() && m_lastAdded == provider;
    for (const ProviderSettings &settings : m_configuration->providers) {
        const bool replaced = added && settings.id == provider.toStdString();
        for (const SecretRef &ref : settings.keys) {
            if (ref.store == store && !replaced) {
                used.insert(ref.name);
            }
        }
    }
    QString name = provider;
    for (int i = 2; used.contains(name.toStdString()); ++i) {
        name = u"%1-%2"_s.arg(provider).arg(i);
    }
    return name;
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
                    : SecretRef{store, unusedName(store, key.provider).toStdString()};
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
    keepSecret(*ref, key.secret, [this, id, provider = settings->id, keys](const QString &problem) {
        if (!problem.isEmpty()) {
            return Q_EMIT finished(id, false, problem);
        }
        applyNewKey(id, provider, keys);
    });
}

/// \p then is called with an empty problem once the secret is where its reference says. What stays
/// outside, in a variable or a file, is there already.
void KeyKeeper::keepSecret(const SecretRef &ref,
                           const Secret &secret,
                           std::function<void(const QString &problem)> then)
{
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
    const QString problem = apply(provider, keys);
    Q_EMIT finished(id,
                    problem.isEmpty(),
                    problem.isEmpty() ? tr("The key of %1 is kept and in use.").arg(qt(provider))
                                      : problem);
}

QString KeyKeeper::apply(const std::string &provider, const std::vector<SecretRef> &keys)
{
    const auto text = currentText();
    if (!text) {
        return qt(text.error());
    }
    const auto edited = config::withProviderKeys(*text, provider, keys);
    if (!edited) {
        return qt(edited.error());
    }
    const ProviderSettings *known = this->provider(qt(provider));
    if (known == nullptr || known->keys != keys) {
        const auto written = replaceConfiguration(m_options.configPath,
                                                  *edited,
                                                  m_options.stateDir);
        if (!written) {
            return qt(written.error());
        }
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
    if (const QString problem = apply(settings->id, keys); !problem.isEmpty()) {
        return Q_EMIT finished(id, false, problem);
    }
    m_secrets.forget(ref);
    const QString name = qt(ref.toString());
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
    if (m_configuration == nullptr) {
        return {};
    }
    for (const ClientSettings &client : m_configuration->clients) {
        const auto secret = m_store.read(client.key);
        if (client.routes.empty() && secret) {
            return *secret;
        }
    }
    return {};
}

/// What a provider is added to: not to itself, where it was added a moment ago.
std::string KeyKeeper::baseFor(const std::string &text, const QString &provider) const
{
    return text == m_afterAdding && provider == m_lastAdded ? m_beforeAdding : text;
}

QString KeyKeeper::writeProvider(const ui::NewProvider &provider,
                                 const std::vector<SecretRef> &keys)
{
    const auto text = currentText();
    if (!text) {
        return qt(text.error());
    }
    const std::string before = baseFor(*text, provider.id);
    const auto edited = config::withProvider(before,
                                             {.id = provider.id.toStdString(),
                                              .kind = provider.kind,
                                              .baseUrl = provider.address.toStdString(),
                                              .keys = keys,
                                              .model = provider.model.toStdString()},
                                             kFirstRoute);
    if (!edited) {
        return qt(edited.error());
    }
    const auto written = replaceConfiguration(m_options.configPath, *edited, m_options.stateDir);
    if (!written) {
        return qt(written.error());
    }
    m_beforeAdding = before;
    m_afterAdding = *edited;
    m_lastAdded = provider.id;
    m_options.reload();
    readFile();
    return {};
}

void KeyKeeper::addProvider(quint64 id, const ui::NewProvider &provider)
{
    readFile();
    if (!whyFixed().isEmpty()) {
        return Q_EMIT finished(id, false, whyFixed());
    }
    const auto write = [this, id, provider](const std::vector<SecretRef> &keys) {
        const QString problem = writeProvider(provider, keys);
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
    keepSecret(*ref, key.secret, [this, id, write, ref = *ref](const QString &problem) {
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
