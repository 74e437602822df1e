// SPDX-License-Identifier: Apache-2.0
// What upstreams say, in a word each, for the tests of those who write it for clients.
#pragma once

#include "core/providers/dialect.h"

#include <optional>
#include <string>
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

} // namespace signalbox::test
