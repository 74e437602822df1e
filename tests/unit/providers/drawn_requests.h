// SPDX-License-Identifier: Apache-2.0
// Chat requests drawn by chance, for tests that hold what a provider is sent against its rules.
#pragma once

#include "core/base/random.h"

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>

namespace signalbox::test {

/// Draws conversations: mostly sensible ones, for a wrong one in every message would only be
/// refused. What a provider has of its own, the heirs add. Equal seeds draw equal requests.
class DrawnRequests
{
public:
    explicit DrawnRequests(std::uint64_t seed)
        : m_random(seed)
    {}
    virtual ~DrawnRequests() = default;
    DrawnRequests(const DrawnRequests &) = delete;
    DrawnRequests &operator=(const DrawnRequests &) = delete;

    nlohmann::json make();

    bool chance(int percent) { return m_random.below(100) < static_cast<std::uint64_t>(percent); }
    template <typename T>
    T oneOf(std::initializer_list<T> all)
    {
        return *(all.begin() + m_random.below(all.size()));
    }

protected:
    /// After the last round: what the provider needs of a conversation's end.
    virtual void endConversation(nlohmann::json &messages) = 0;
    /// `reasoning_details` of \p message, whose first call has \p id.
    virtual void addDetails(nlohmann::json &message, const std::string &id) = 0;
    virtual void addTools(nlohmann::json &request) = 0;
    virtual void addOptions(nlohmann::json &request) = 0;

    /// Sets \p name to one of \p values in three of ten requests.
    void maybe(nlohmann::json &request,
               const char *name,
               std::initializer_list<nlohmann::json> values);
    std::string words();

private:
    nlohmann::json part();
    nlohmann::json content();
    void addRound(nlohmann::json &messages);
    void addCalls(nlohmann::json &messages);

    Random m_random;
    int m_word = 0;
};

/// A word of the conversation of \p request that is not in \p body; empty when all are.
[[nodiscard]] std::string lostWord(const nlohmann::json &request, const std::string &body);

} // namespace signalbox::test
