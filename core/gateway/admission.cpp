// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/admission.h"

#include "core/base/text.h"
#include "core/http/url.h"

#include <algorithm>
#include <utility>

namespace signalbox::gateway {

std::string_view presentedKey(const http::Headers &headers)
{
    constexpr std::string_view kScheme = "bearer ";
    const auto authorization = headers.find("authorization");
    if (authorization && authorization->size() > kScheme.size()
        && equalsIgnoreCase(authorization->substr(0, kScheme.size()), kScheme)) {
        return trimmed(authorization->substr(kScheme.size()));
    }
    return trimmed(headers.find("x-api-key").value_or(""));
}

void Admission::configure(std::shared_ptr<const Configuration> configuration,
                          const Credentials &credentials)
{
    m_configuration = std::move(configuration);
    m_keys = credentials.clients;
    m_consoles = credentials.consoles;
    m_console.id = kConsoleClient;
    auto old = std::exchange(m_limits, {});
    for (const ClientSettings &client : m_configuration->clients) {
        const LimitSettings settings{client.requestsPerMinute,
                                     client.tokensPerMinute,
                                     client.concurrent};
        auto &limits = m_limits[client.id];
        limits = std::move(old[client.id]);
        if (limits) {
            limits->apply(settings);
        } else {
            limits = std::make_shared<limits::ProviderLimits>(settings);
        }
    }
}

/// All are compared, whichever matches: the time must not tell.
bool Admission::isConsole(std::string_view key) const
{
    bool found = false;
    for (const Secret &console : m_consoles) {
        found = (!console.isEmpty() && console.matches(key)) || found;
    }
    return found;
}

Result<const ClientSettings *, ErrorAnswer> Admission::identify(const http::RequestHead &head) const
{
    const std::string_view key = presentedKey(head.headers);
    if (isConsole(key)) {
        return &m_console;
    }
    if (m_configuration->clients.empty()) {
        if (head.headers.has("origin")) {
            return Failure{originRefused("Requests from web pages are refused: with no clients "
                                         "configured anybody's page could spend your money.")};
        }
        if (!isOwnHost(head.authority)) {
            return Failure{originRefused("The Host header does not name this gateway.")};
        }
        return static_cast<const ClientSettings *>(nullptr);
    }
    const ClientSettings *found = nullptr;
    // Every key is compared, whichever matches: the time must not tell.
    for (const Credentials::ClientKey &candidate : m_keys) {
        if (!candidate.key.matches(key)) {
            continue;
        }
        const auto client = std::ranges::find(m_configuration->clients,
                                              candidate.client,
                                              &ClientSettings::id);
        if (client != m_configuration->clients.end()) {
            found = &*client;
        }
    }
    if (found == nullptr) {
        return Failure{invalidApiKey()};
    }
    return found;
}

bool Admission::isOwnHost(std::string_view authority) const
{
    const auto parsed = http::parseAuthority(authority);
    if (!parsed) {
        return false;
    }
    const auto own = http::parseListenAddress(m_configuration->server.listen);
    const std::string host = toLowerAscii(parsed->host);
    return host == "localhost" || host == "127.0.0.1" || host == "::1"
           || (own && host == toLowerAscii(own->host));
}

bool Admission::mayUse(const ClientSettings *client, std::string_view route)
{
    return client == nullptr || client->routes.empty()
           || std::ranges::find(client->routes, route) != client->routes.end();
}

Result<ClientPlace, ErrorAnswer> Admission::takeFromLimits(const ClientSettings *client,
                                                           std::int64_t tokens,
                                                           SteadyTime now)
{
    if (client == nullptr || client == &m_console) {
        return ClientPlace{};
    }
    const auto &limits = m_limits.at(client->id);
    if (auto permit = limits->tryAdmit(tokens, now, now + m_configuration->server.queue)) {
        return ClientPlace{limits, std::move(permit)};
    }
    const auto obstacle = limits->obstacle(tokens, now);
    const std::string owner = "client \"" + client->id + "\"";
    if (obstacle && obstacle->limit == limits::LimitKind::Concurrent) {
        return Failure{rateLimited("As many requests of " + owner + " are in the air as may be.",
                                   Nanos(Seconds(1)))};
    }
    const Nanos wait = obstacle && obstacle->roomAt ? *obstacle->roomAt - now : Nanos(0);
    return Failure{rateLimited("The limits of " + owner + " are used up.", wait)};
}

} // namespace signalbox::gateway
