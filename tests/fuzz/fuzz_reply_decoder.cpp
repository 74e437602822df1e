// SPDX-License-Identifier: Apache-2.0
// Whatever a provider sends and however it is cut: the same events, one end, and JSON to the client.
#include "tests/fuzz/cuts.h"
#include "tests/fuzz/provider_kinds.h"

#include "core/base/check.h"
#include "core/base/text.h"
#include "core/providers/adapter.h"
#include "core/providers/chat_encoder.h"

#include <nlohmann/json.hpp>

namespace {

using namespace signalbox;
using Json = nlohmann::json;

void checkEnd(const std::vector<ChatEvent> &events)
{
    SB_CHECK(!events.empty());
    for (std::size_t i = 0; i < events.size(); ++i) {
        SB_CHECK(std::holds_alternative<ChatChunk>(events[i]) == (i + 1 < events.size()));
    }
    if (const auto *failure = std::get_if<ChatFailure>(&events.back())) {
        SB_CHECK(failure->outcome != OutcomeClass::Success && isUtf8(failure->message));
    }
}

/// Each line of a stream to the client must be a whole JSON document.
void checkStream(const std::vector<ChatEvent> &events)
{
    providers::ChatEncoder encoder({.id = "id", .model = "m", .created = 1}, true);
    std::string out;
    for (const ChatEvent &event : events) {
        if (const auto *chunk = std::get_if<ChatChunk>(&event)) {
            encoder.encodeChunk(*chunk, out);
        }
    }
    std::string_view rest = out;
    while (!rest.empty()) {
        SB_CHECK(rest.starts_with("data: "));
        const auto end = rest.find("\n\n");
        SB_CHECK(end != std::string_view::npos);
        SB_CHECK(Json::accept(rest.substr(6, end - 6)));
        rest.remove_prefix(end + 2);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 2) {
        return 0;
    }
    const providers::Adapter &adapter = providers::adapterFor(fuzz::kindOf(data[0]));
    const auto decoder = [&] { return adapter.decoder((data[0] & 0x80U) != 0); };
    std::vector<ChatEvent> pieces;
    const auto cut = decoder();
    fuzz::inPieces(data + 1, size - 1, [&](std::string_view bytes) { cut->feed(bytes, pieces); });
    cut->finish(pieces);
    std::vector<ChatEvent> once;
    const auto uncut = decoder();
    uncut->feed(fuzz::whole(data + 1, size - 1), once);
    uncut->finish(once);
    SB_CHECK(pieces == once);
    checkEnd(once);
    checkStream(once);
    if (const auto *chunk = std::get_if<ChatChunk>(&once.front())) {
        SB_CHECK(Json::accept(providers::encodeCompletion(*chunk, {.id = "id", .model = "m"})));
    }
    return 0;
}
