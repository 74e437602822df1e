// SPDX-License-Identifier: Apache-2.0
// A whole answer as a stream: for clients who want one of an answer that is there already.
#pragma once

#include "core/domain/chat_event.h"

#include <vector>

namespace signalbox::gateway {

/// Bytes of a piece of text, but for words that are longer.
inline constexpr std::size_t kPieceBytes = 48;

/// \p whole in the order in which a provider streams it: reasoning, text, the end of each choice, the
/// usage. A text is cut behind blanks, or between characters where it has none. One with log
/// probabilities stays in one piece, for they belong to its tokens.
[[nodiscard]] std::vector<ChatChunk> inPieces(const ChatChunk &whole);

} // namespace signalbox::gateway
