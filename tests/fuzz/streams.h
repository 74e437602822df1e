// SPDX-License-Identifier: Apache-2.0
// What holds of every answer, of any provider and in any dialect.
#pragma once

#include "tests/fuzz/json_grammar.h"

#include "core/base/check.h"
#include "core/base/text.h"
#include "core/domain/chat_event.h"

#include <string_view>
#include <variant>
#include <vector>

namespace signalbox::fuzz {

/// Chunks, then exactly one end or failure.
inline void checkEnd(const std::vector<ChatEvent> &events)
{
    SB_CHECK(!events.empty());
    for (std::size_t i = 0; i < events.size(); ++i) {
        SB_CHECK(std::holds_alternative<ChatChunk>(events[i]) == (i + 1 < events.size()));
    }
    if (const auto *failure = std::get_if<ChatFailure>(&events.back())) {
        SB_CHECK(failure->outcome != OutcomeClass::Success && isUtf8(failure->message));
    }
}

/// Calls \p onEvent with the name (empty where it has none) and the data of each event of a stream to
/// a client, which must be one whole JSON document or `[DONE]`.
template <typename OnEvent>
void checkStream(std::string_view rest, const OnEvent &onEvent)
{
    while (!rest.empty()) {
        std::string_view name;
        if (rest.starts_with("event: ")) {
            name = rest.substr(7, rest.find('\n') - 7);
            rest.remove_prefix(rest.find('\n') + 1);
        }
        SB_CHECK(rest.starts_with("data: "));
        const auto end = rest.find("\n\n");
        SB_CHECK(end != std::string_view::npos);
        const std::string_view data = rest.substr(6, end - 6);
        SB_CHECK(data == "[DONE]" || isJson(data));
        onEvent(name, data);
        rest.remove_prefix(end + 2);
    }
}

inline void checkStream(std::string_view bytes)
{
    checkStream(bytes, [](std::string_view, std::string_view) {});
}

} // namespace signalbox::fuzz
