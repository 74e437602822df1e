// SPDX-License-Identifier: Apache-2.0
// Whatever a provider answers to embeddings and however it is cut: one JSON document or a failure.
#include "tests/fuzz/cuts.h"
#include "tests/fuzz/json_grammar.h"
#include "tests/fuzz/provider_kinds.h"
#include "tests/fuzz/streams.h"

#include "core/providers/adapter.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace signalbox;
    if (size < 3) {
        return 0;
    }
    const providers::Adapter &adapter = providers::adapterFor(fuzz::kindOf(data[0]));
    const providers::EmbeddingsTerms terms{.model = "model",
                                           .texts = data[1] % 8U,
                                           .base64 = (data[1] & 0x80U) != 0,
                                           .promptTokens = 5};
    if (!adapter.embeddingsDecoder(terms)) {
        return 0; // a kind that has none
    }
    std::vector<ChatEvent> pieces;
    const auto cut = adapter.embeddingsDecoder(terms);
    fuzz::inPieces(data + 2, size - 2, [&](std::string_view bytes) { cut->feed(bytes, pieces); });
    cut->finish(pieces);
    std::vector<ChatEvent> once;
    const auto uncut = adapter.embeddingsDecoder(terms);
    uncut->feed(fuzz::whole(data + 2, size - 2), once);
    uncut->finish(once);
    SB_CHECK(pieces == once);
    fuzz::checkEnd(once);
    for (const ChatEvent &event : once) {
        if (const auto *chunk = std::get_if<ChatChunk>(&event)) {
            SB_CHECK(fuzz::isJson(chunk->wholeJson));
        }
    }
    SB_CHECK(once.size() <= 2);
    return 0;
}
