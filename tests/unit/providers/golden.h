// SPDX-License-Identifier: Apache-2.0
// Recorded exchanges, and the ways a body may arrive.
#pragma once

#include "core/domain/chat_event.h"
#include "core/domain/settings.h"
#include "core/http/headers.h"

#include <string>
#include <string_view>
#include <vector>

namespace signalbox::test {

struct Exchange
{
    std::string requestBody; ///< compact JSON
    int status = 0;
    http::Headers headers;
    std::string body;
};

/// Reads `tests/golden/` + \p file: an exchange file (all its exchanges), a raw body, or the
/// `.chunks.txt` whose framing is put back.
std::vector<Exchange> loadGolden(const std::string &file);

/// The provider of a golden file, by its folder.
ProviderKind kindOfGolden(const std::string &file);

/// Decodes \p pieces as one answer.
std::vector<ChatEvent> decodePieces(ProviderKind kind, const std::vector<std::string_view> &pieces);
std::vector<ChatEvent> decodeWhole(ProviderKind kind, std::string_view body);
std::vector<ChatEvent> decodeByteByByte(ProviderKind kind, std::string_view body);
std::vector<ChatEvent> decodeCutAt(ProviderKind kind, std::string_view body, std::size_t at);

/// All text of the first choice.
std::string contentOf(const std::vector<ChatEvent> &events);
std::string reasoningOf(const std::vector<ChatEvent> &events);
std::vector<ToolCallDelta> toolCallsOf(const std::vector<ChatEvent> &events);
/// The last usage told.
std::optional<Usage> usageOf(const std::vector<ChatEvent> &events);
/// The failure at the end; nothing when the answer ended well.
std::optional<ChatFailure> failureOf(const std::vector<ChatEvent> &events);
bool endedWell(const std::vector<ChatEvent> &events);
int finishesOf(const std::vector<ChatEvent> &events, int choice);

} // namespace signalbox::test
