// SPDX-License-Identifier: Apache-2.0
// One provider's desk: serves one request according to its format, limits and troubles.
#pragma once

#include "app/simulator/afflictions.h"
#include "app/simulator/world.h"

#include <string>

namespace signalbox::simulator {

/// Lives for one request; everything it refers to outlives it.
class Desk
{
public:
    Desk(const ProviderSpec &spec,
         RateLimits &limits,
         FaultBook &faults,
         RequestRecord &record,
         Random random);

    Reply serve(const Request &request, Now now);

private:
    void authorize(const Request &request);
    Reply answer(const Request &request, const std::optional<Json> &body);
    Reply answerPost(const Request &request, const Json &body);
    Reply answerGemini(const Request &request, const Json &body);
    Reply chat(const Json &body);
    Reply embeddings(const Json &body);
    Reply tokenCount(const Json &body);
    /// The refusal that a limit speaks, or nothing after its headers were noted.
    std::optional<Reply> overLimit(const std::string &model, std::int64_t tokens);
    std::optional<Reply> unfit(const Json &body, const std::string &model);
    Reply json(std::string body);
    Reply refusal(const ApiError &error);
    Nanos drawLatency();
    [[nodiscard]] const ModelSpec *modelNamed(const std::string &name) const;

    const ProviderSpec &m_spec;
    const Dialect &m_dialect;
    RateLimits &m_limits;
    FaultBook &m_faults;
    RequestRecord &m_record;
    Random m_random;
    Now m_now;
    std::string m_requestId;
    std::size_t m_keyHash = 0;
    bool m_keyGiven = false;
    Headers m_limitHeaders;
};

} // namespace signalbox::simulator
