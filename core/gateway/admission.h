// SPDX-License-Identifier: Apache-2.0
// Who may ask for what: keys of clients, origins of browsers, limits, routes.
#pragma once

#include "core/base/result.h"
#include "core/domain/settings.h"
#include "core/gateway/error_answer.h"
#include "core/gateway/ports.h"
#include "core/http/request_head.h"
#include "core/limits/provider_limits.h"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace signalbox::gateway {

/// What requests from consoles are booked under: no key in the configuration leads there, unless
/// the operator calls a client so.
inline constexpr std::string_view kConsoleClient = "playground";

/// The key a request carries, by `Authorization: Bearer` or `x-api-key`; empty when by neither.
std::string_view presentedKey(const http::Headers &headers);

/// A request's place among those of its client; the limits outlive it.
struct ClientPlace
{
    std::shared_ptr<limits::ProviderLimits> limits = {};
    std::optional<limits::Permit> permit = {}; ///< nothing: its client has no limits

    /// When it may begin.
    [[nodiscard]] SteadyTime from(SteadyTime now) const { return permit ? permit->from() : now; }
};

class Admission
{
public:
    void configure(std::shared_ptr<const Configuration> configuration,
                   const Credentials &credentials);

    /// The client this request is from; null where no clients are configured. A console's key is
    /// taken either way. Refused: a wrong key, or, without clients, what a web page may have sent
    /// (an Origin, a foreign Host).
    [[nodiscard]] Result<const ClientSettings *, ErrorAnswer> identify(
        const http::RequestHead &head) const;
    /// Whether \p client may use \p route.
    [[nodiscard]] static bool mayUse(const ClientSettings *client, std::string_view route);
    /// Takes one request of so many tokens from the client's limits, ahead of time when room comes
    /// within `server.queue_s`. Its place says when the request may go on, and is kept to its end;
    /// refused: the limits are used up.
    [[nodiscard]] Result<ClientPlace, ErrorAnswer> takeFromLimits(const ClientSettings *client,
                                                                  std::int64_t tokens,
                                                                  SteadyTime now);

private:
    [[nodiscard]] bool isConsole(std::string_view key) const;
    [[nodiscard]] bool isOwnHost(std::string_view authority) const;

    std::shared_ptr<const Configuration> m_configuration;
    std::vector<Credentials::ClientKey> m_keys;
    std::vector<Secret> m_consoles;
    ClientSettings m_console; ///< without limits, and with every route
    std::map<std::string, std::shared_ptr<limits::ProviderLimits>, std::less<>> m_limits;
};

} // namespace signalbox::gateway
