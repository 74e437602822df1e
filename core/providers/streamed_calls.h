// SPDX-License-Identifier: Apache-2.0
// The tool calls of a stream, one after another.
#pragma once

#include "core/domain/chat_event.h"
#include "core/providers/json_check.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::providers {

struct StreamedCall
{
    int index = 0; ///< as the upstream counts
    std::string id;
    std::string name;
    std::string arguments; ///< so far
    std::size_t sent = 0; ///< bytes of them
    bool over = false;
};

/// Puts calls that an upstream sends side by side into a row, for formats that have one open at a
/// time: the next one waits until the arguments of the one before are whole.
class StreamedCalls
{
public:
    void add(const ToolCallDelta &delta)
    {
        auto call = std::ranges::find(m_calls, delta.index, &StreamedCall::index);
        if (call == m_calls.end()) {
            m_calls.push_back({delta.index, delta.id, delta.name, {}});
            call = std::prev(m_calls.end());
        }
        if (call->name.empty()) {
            call->name = delta.name;
        }
        call->arguments += delta.arguments;
    }

    /// Calls send(call, more) for what can go out of the first call that is not over, with more empty
    /// where it only begins, and end(call) when it is; \p all: of all calls, whole or not.
    template <typename Send, typename End>
    void send(bool all, const Send &send, const End &end)
    {
        for (auto call = m_calls.begin(); call != m_calls.end(); ++call) {
            if (call->over) {
                continue;
            }
            send(*call, std::string_view(call->arguments).substr(call->sent));
            call->sent = call->arguments.size();
            const bool last = std::next(call) == m_calls.end();
            if (!all && (last || !isJsonObject(call->arguments))) {
                return;
            }
            call->over = true;
            end(*call);
        }
    }

    [[nodiscard]] bool isEmpty() const { return m_calls.empty(); }

private:
    std::vector<StreamedCall> m_calls;
};

} // namespace signalbox::providers
