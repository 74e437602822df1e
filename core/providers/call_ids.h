// SPDX-License-Identifier: Apache-2.0
// Ids and names of tool calls as providers of formats other than OpenAI's take them.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace signalbox::providers {

/// A function's name that OpenAI allows: 1 to 64 letters, digits, `_` and `-`. Anthropic takes 128.
[[nodiscard]] bool isToolName(std::string_view name);

/// The id of a call as an answer to a client has it: the upstream's, unless it is too short to be
/// one of a kind or has characters that Anthropic would not take back; then one made of \p prefix, the
/// id of the \p answer and the call's \p index.
[[nodiscard]] std::string uniqueCallId(const std::string &upstreams,
                                       std::string_view prefix,
                                       const std::string &answer,
                                       int index);

/// Anthropic wants letters, digits, `_` and `-`, and no id twice in a conversation, and Gemini has no
/// quarrel with such; other providers' ids may be `functions.f:0` or begin anew with every turn. One
/// object serves one conversation, asked in its order; what is fine stays as it is.
class CallIds
{
public:
    /// The id of a new call that the client calls \p id.
    std::string ofCall(const std::string &id);
    /// The id of the latest call of that name; of none: that of a call of its own.
    std::string ofResult(const std::string &id);

private:
    std::unordered_map<std::string, std::string> m_latest;
    std::unordered_set<std::string> m_used;
    std::unordered_map<std::string, int> m_times; ///< how often an id had to be altered
};

} // namespace signalbox::providers
