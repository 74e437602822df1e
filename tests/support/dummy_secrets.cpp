// SPDX-License-Identifier: Apache-2.0
#include "tests/support/dummy_secrets.h"

#include "core/config/read.h"

#include <QtGlobal>

#include <utility>

namespace signalbox::tests {

using gateway::Credentials;

std::shared_ptr<const Configuration> configurationOf(const std::string &toml)
{
    auto loaded = config::read(toml, "0123456789ab");
    if (!loaded) {
        qFatal("%s", config::toLine(loaded.error().front(), "test").c_str());
    }
    return std::make_shared<const Configuration>(std::move(loaded->configuration));
}

namespace {

Secret secretOf(const SecretRef &ref)
{
    return ref.name == "GONE" ? Secret() : Secret(ref.name + "-secret");
}

} // namespace

Credentials credentialsOf(const Configuration &configuration)
{
    Credentials credentials;
    for (const ProviderSettings &provider : configuration.providers) {
        Credentials::ProviderKeys keys{provider.id, {}};
        for (const SecretRef &ref : provider.keys) {
            keys.keys.push_back(secretOf(ref));
        }
        credentials.providers.push_back(std::move(keys));
    }
    credentials.consoles.emplace_back("CONSOLE-secret");
    for (const ClientSettings &client : configuration.clients) {
        credentials.clients.push_back({client.id, secretOf(client.key)});
    }
    return credentials;
}

} // namespace signalbox::tests
