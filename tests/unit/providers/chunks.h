// SPDX-License-Identifier: Apache-2.0
// What upstreams say, in a word each, for the tests of those who write it for clients.
#pragma once

#include "core/http/sse_parser.h"
#include "core/providers/dialect.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace signalbox::test {

inline ChoiceDelta text(const char *words)
{
    ChoiceDelta delta;
    delta.content = words;
    return delta;
}

inline ChoiceDelta call(int index, const char *id, const char *name, const char *arguments)
{
    ChoiceDelta delta;
    delta.toolCalls.push_back({index, id, name, arguments});
    return delta;
}

inline ChatChunk chunkOf(ChoiceDelta delta)
{
    ChatChunk chunk;
    chunk.choices.push_back(std::move(delta));
    return chunk;
}

/// The whole stream that \p writer makes of \p chunks.
inline std::string streamedBy(providers::ReplyWriter &writer,
                              providers::AnswerDefaults defaults,
                              const std::vector<ChatChunk> &chunks,
                              const std::optional<Usage> &usage)
{
    writer.restart(std::move(defaults));
    std::string out;
    for (const ChatChunk &chunk : chunks) {
        writer.addChunk(chunk, out);
    }
    writer.addEnd(usage, out);
    return out;
}

/// Reads a stream as a dialect's clients do; keeps the first thing they would stumble over.
class StrictClient
{
public:
    [[nodiscard]] const std::string &fault() const { return m_fault; }

protected:
    void demand(bool holds, const std::string &what)
    {
        if (!holds && m_fault.empty()) {
            m_fault = what;
        }
    }

    /// Calls \p onEvent with the name and the JSON of each event.
    template <typename OnEvent>
    static void readEvents(std::string_view bytes, OnEvent onEvent)
    {
        http::SseParser parser;
        while (parser.take(bytes) == http::SseParser::Got::Event) {
            onEvent(parser.event().event, nlohmann::json::parse(parser.event().data));
        }
    }

private:
    std::string m_fault;
};

} // namespace signalbox::test
