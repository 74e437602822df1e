// SPDX-License-Identifier: Apache-2.0
// Days of traffic through the real gateway on a virtual clock, between clients and providers that
// are functions: what a request meets at a target depends on the request, the target and the time,
// not on who else asks. So the same world can be lived again under another configuration.
#pragma once

#include "core/domain/record.h"
#include "core/domain/settings.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace signalbox::tests {

struct WorldRequest
{
    std::uint32_t number = 0;
    Micros at{0}; ///< since the world began
    std::string model = "chat";
    std::string text;
    bool stream = false;
};

/// What a call meets.
struct WorldAnswer
{
    int status = 200; ///< another: an error answer after `first`
    Micros first{0}; ///< to the head, and to the first content of a stream
    Micros total{0}; ///< a status other than 200 has none
    int promptTokens = 0;
    int completionTokens = 0;
};

struct WorldCall
{
    const WorldRequest &request;
    std::string target;
    int turn = 0; ///< how often this request called this target before
    Micros at{0};
};

using Nature = std::function<WorldAnswer(const WorldCall &)>;

/// When all worlds begin: 2 November 2026, a Monday, 00:00 UTC.
inline constexpr SystemTime kWorldBegins{std::chrono::seconds(1'793'577'600)};

/// The record of each request, as the ledger would have it, in the order of their ends.
/// \p requests must be ordered by time.
[[nodiscard]] std::vector<std::shared_ptr<const RequestRecord>> live(
    const std::shared_ptr<const Configuration> &configuration,
    const std::vector<WorldRequest> &requests,
    const Nature &nature,
    std::uint64_t seed);

} // namespace signalbox::tests
