// SPDX-License-Identifier: Apache-2.0
// One wire format: reading its requests, writing its answers, streams and errors.
#pragma once

#include "app/simulator/chat.h"
#include "app/simulator/rate_limits.h"
#include "app/simulator/reply.h"

#include "core/base/result.h"

#include <memory>
#include <optional>
#include <string>

namespace signalbox::simulator {

/// An error as the format names it.
struct ApiError
{
    int status = 400;
    std::string type;
    std::string message;
    std::optional<std::string> param;
    std::optional<std::string> code;
    std::string retryDelay = {}; ///< where the format has a place for it
};

/// Implementations are stateless; dialectOf() lends the one of a provider.
class Dialect
{
public:
    Dialect() = default;
    Dialect(const Dialect &) = delete;
    Dialect &operator=(const Dialect &) = delete;
    virtual ~Dialect() = default;

    [[nodiscard]] virtual Result<ChatCall, ApiError> readCall(const Json &request) const = 0;
    [[nodiscard]] virtual std::string writeAnswer(const Answer &answer) const = 0;
    [[nodiscard]] virtual std::shared_ptr<const StreamWriter> stream(Answer answer) const = 0;
    [[nodiscard]] virtual std::string writeModels(const ProviderSpec &provider) const = 0;

    [[nodiscard]] virtual ApiError notJson() const = 0;
    [[nodiscard]] virtual ApiError wrongKey(bool given) const = 0;
    [[nodiscard]] virtual ApiError unknownModel(const std::string &model) const = 0;
    [[nodiscard]] virtual ApiError unsupportedParameter(const std::string &name,
                                                        const std::string &model) const = 0;
    [[nodiscard]] virtual ApiError outOfCredit() const = 0;
    [[nodiscard]] virtual ApiError overTheLimit(const std::string &model,
                                                LimitKind kind,
                                                double waitSeconds,
                                                bool sayWhen) const = 0;
    /// The error this format gives with a status of no particular cause.
    [[nodiscard]] virtual ApiError ofStatus(int status) const = 0;
    [[nodiscard]] virtual std::string writeError(const ApiError &error,
                                                 const std::string &requestId) const = 0;
    /// An error inside a stream, as one SSE event.
    [[nodiscard]] virtual std::string errorEvent(const std::string &requestId) const = 0;

    [[nodiscard]] virtual Headers usualHeaders(const std::string &requestId) const = 0;
    [[nodiscard]] virtual Headers limitHeaders(const LimitState &state, SystemTime now) const = 0;
};

const Dialect &openAiDialect(Rules rules);
const Dialect &anthropicDialect();
const Dialect &geminiDialect();
const Dialect &dialectOf(const ProviderSpec &provider);

} // namespace signalbox::simulator
