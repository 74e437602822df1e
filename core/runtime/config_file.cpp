// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/config_file.h"

#include "core/base/bounds.h"
#include "core/runtime/ledger/ledger_place.h"
#include "core/runtime/ledger/zone_buckets.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <fstream>
#include <openssl/evp.h>
#include <sstream>
#include <utility>

namespace signalbox::runtime {

namespace {

Result<std::string, Problems> readText(const std::string &path)
{
    auto text = readConfigText(path);
    if (!text) {
        return Failure{Problems{path + ":1:1: " + text.error()}};
    }
    return std::move(*text);
}

Problems linesOf(const Faults &faults, const std::string &name)
{
    Problems problems;
    for (const config::Fault &fault : faults) {
        problems.push_back(config::toLine(fault, name));
    }
    return problems;
}

QTimeZone zoneNamed(std::string_view name)
{
    return QTimeZone(QByteArray(name.data(), static_cast<qsizetype>(name.size())));
}

config::ReadOptions readOptions()
{
    config::ReadOptions options;
    options.zoneExists = [](std::string_view name) { return zoneNamed(name).isValid(); };
    options.isServerUrl = [](std::string_view url) { return isServerUrl(std::string(url)); };
    return options;
}

Result<config::Loaded, Faults> load(const std::string &text)
{
    return config::read(text, revisionOf(text), readOptions());
}

/// A header cannot carry control characters; a key that has them was copied wrongly.
bool isSendable(const Secret &secret)
{
    return std::ranges::all_of(secret.expose(), [](char c) {
        return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) != 0x7F;
    });
}

/// Reads secrets one by one and remembers what went wrong with each.
class SecretReader
{
public:
    SecretReader(const config::Loaded &loaded, const std::string &file, SecretStore &store)
        : m_loaded(loaded)
        , m_file(file)
        , m_store(store)
    {}

    Secret read(const SecretRef &ref)
    {
        auto secret = m_store.read(ref);
        if (!secret) {
            complain(ref, secret.error().message);
            return {};
        }
        if (!isSendable(*secret)) {
            complain(ref, ref.toString() + " contains blanks or control characters");
            return {};
        }
        return std::move(*secret);
    }
    std::vector<std::string> takeProblems() { return std::exchange(m_problems, {}); }

private:
    void complain(const SecretRef &ref, const std::string &message)
    {
        for (const config::SecretUse &use : m_loaded.secrets) {
            if (use.ref == ref) {
                const config::Fault fault{use.line, use.column, use.use + ": " + message};
                const std::string line = config::toLine(fault, m_file);
                if (std::ranges::find(m_problems, line) == m_problems.end()) {
                    m_problems.push_back(line);
                }
            }
        }
    }

    const config::Loaded &m_loaded;
    const std::string &m_file;
    SecretStore &m_store;
    std::vector<std::string> m_problems;
};

ReadyConfiguration withSecrets(config::Loaded loaded,
                               std::string text,
                               const std::string &file,
                               SecretStore &store)
{
    SecretReader reader(loaded, file, store);
    ReadyConfiguration ready;
    for (const ProviderSettings &provider : loaded.configuration.providers) {
        gateway::Credentials::ProviderKeys keys{provider.id, {}};
        for (const SecretRef &ref : provider.keys) {
            keys.keys.push_back(reader.read(ref));
        }
        ready.credentials.providers.push_back(std::move(keys));
    }
    for (const ClientSettings &client : loaded.configuration.clients) {
        ready.credentials.clients.push_back({client.id, reader.read(client.key)});
    }
    if (loaded.configuration.server.adminToken) {
        ready.operators.push_back({"admin",
                                   OperatorRole::Operator,
                                   reader.read(*loaded.configuration.server.adminToken)});
    }
    for (const OperatorSettings &person : loaded.configuration.operators) {
        ready.operators.push_back({person.id, person.role, reader.read(person.token)});
    }
    if (loaded.configuration.ledger.password) {
        ready.ledgerPassword = reader.read(*loaded.configuration.ledger.password);
    }
    if (loaded.configuration.cache.key) {
        ready.cacheKey = reader.read(*loaded.configuration.cache.key);
    }
    ready.secretProblems = reader.takeProblems();
    ready.text = std::move(text);
    ready.configuration = std::make_shared<const Configuration>(std::move(loaded.configuration));
    return ready;
}

config::Fault faultOf(const config::FileUse &use, const std::string &message)
{
    return {use.line, use.column, use.use + ": " + message};
}

const config::FileUse *useOf(const config::Loaded &loaded, std::string_view use)
{
    const auto found = std::ranges::find(loaded.files, use, &config::FileUse::use);
    return found == loaded.files.end() ? nullptr : &*found;
}

/// The listener's TLS, and what is wrong with any file of certificates.
Result<ServerTls, Faults> readCertificates(const config::Loaded &loaded)
{
    Faults problems;
    ServerTls tls;
    const config::FileUse *certificate = useOf(loaded, "server.tls_certificate");
    const config::FileUse *key = useOf(loaded, "server.tls_key");
    if (certificate != nullptr && key != nullptr) {
        auto read = loadServerTls(certificate->path, key->path);
        if (read) {
            tls = std::move(*read);
        } else {
            const config::FileUse &at = read.error().inKey ? *key : *certificate;
            problems.push_back(faultOf(at, read.error().message));
        }
    }
    for (const config::FileUse &use : loaded.files) {
        if (!use.use.ends_with(" ca_file")) {
            continue;
        }
        if (const std::string why = whyNoAuthorities(use.path); !why.empty()) {
            problems.push_back(faultOf(use, why));
        }
    }
    if (!problems.empty()) {
        return Failure{std::move(problems)};
    }
    return tls;
}

} // namespace

Result<std::string, std::string> readConfigText(const std::string &path)
{
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) {
        return Failure{std::string("the file cannot be read")};
    }
    if (file.tellg() > std::streamoff{bounds::kConfigBytesMax}) {
        return Failure{std::string("the file is larger than 4 MB")};
    }
    file.seekg(0);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

Result<ReadyConfiguration, Faults> makeReady(const std::string &text,
                                             const std::string &name,
                                             SecretStore &secrets)
{
    auto loaded = load(text);
    if (!loaded) {
        return Failure{loaded.error()};
    }
    auto tls = readCertificates(*loaded);
    if (!tls) {
        return Failure{tls.error()};
    }
    ReadyConfiguration ready = withSecrets(std::move(*loaded), text, name, secrets);
    ready.tls = std::move(*tls);
    return ready;
}

Result<Configuration, Faults> settingsOf(const std::string &text)
{
    auto loaded = load(text);
    if (!loaded) {
        return Failure{loaded.error()};
    }
    return std::move(loaded->configuration);
}

Result<ReadyConfiguration, Problems> readConfigurationText(const std::string &text,
                                                           const std::string &name,
                                                           SecretStore &secrets)
{
    auto ready = makeReady(text, name, secrets);
    if (!ready) {
        return Failure{linesOf(ready.error(), name)};
    }
    return std::move(*ready);
}

Result<ReadyConfiguration, Problems> readConfigurationFile(const std::string &path,
                                                           SecretStore &secrets)
{
    const auto text = readText(path);
    if (!text) {
        return Failure{text.error()};
    }
    return readConfigurationText(*text, path, secrets);
}

Problems checkConfigurationFile(const std::string &path, SecretStore *secrets)
{
    const auto text = readText(path);
    if (!text) {
        return text.error();
    }
    auto loaded = load(*text);
    if (!loaded) {
        return linesOf(loaded.error(), path);
    }
    const auto tls = readCertificates(*loaded);
    Problems problems = tls ? Problems() : linesOf(tls.error(), path);
    if (secrets != nullptr) {
        const auto ready = withSecrets(std::move(*loaded), *text, path, *secrets);
        problems.insert(problems.end(), ready.secretProblems.begin(), ready.secretProblems.end());
    }
    return problems;
}

Result<Configuration, Problems> readSettings(const std::string &path)
{
    const auto text = readText(path);
    if (!text) {
        return Failure{text.error()};
    }
    auto settings = settingsOf(*text);
    if (!settings) {
        return Failure{linesOf(settings.error(), path)};
    }
    return std::move(*settings);
}

std::string revisionOf(const std::string &text)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr);
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string revision;
    for (std::size_t i = 0; i < 6; ++i) {
        revision += kDigits[digest[i] >> 4U];
        revision += kDigits[digest[i] & 15U];
    }
    return revision;
}

int hourInZone(SystemTime time, const std::string &zone)
{
    const auto millis = std::chrono::floor<Millis>(time).time_since_epoch().count();
    if (zone == "UTC") {
        return static_cast<int>((millis / 3'600'000) % 24);
    }
    const QTimeZone named = zoneNamed(zone);
    const QDateTime utc = QDateTime::fromMSecsSinceEpoch(millis, Qt::UTC);
    return named.isValid() ? utc.toTimeZone(named).time().hour() : utc.time().hour();
}

SystemTime dayEndInZone(SystemTime time, const std::string &zone)
{
    const auto buckets = ZoneBuckets::create(zone);
    return (buckets ? buckets : ZoneBuckets::create("UTC"))->dayOf(time).end;
}

} // namespace signalbox::runtime
