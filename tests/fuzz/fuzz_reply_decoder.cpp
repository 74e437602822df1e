// SPDX-License-Identifier: Apache-2.0
// Whatever a provider sends and however it is cut: the same events, one end, and JSON to the client,
// in each dialect.
#include "tests/fuzz/cuts.h"
#include "tests/fuzz/dialects.h"
#include "tests/fuzz/provider_kinds.h"
#include "tests/fuzz/streams.h"

#include "core/base/check.h"
#include "core/base/text.h"
#include "core/providers/adapter.h"

#include <nlohmann/json.hpp>

namespace {

using namespace signalbox;
using Json = nlohmann::json;

std::string streamOf(const providers::Dialect &dialect, const std::vector<ChatEvent> &events)
{
    const auto writer = dialect.writer({});
    writer->restart({.id = "id", .model = "m", .created = 1});
    std::string out;
    for (const ChatEvent &event : events) {
        if (const auto *chunk = std::get_if<ChatChunk>(&event)) {
            writer->addChunk(*chunk, out);
        }
    }
    if (std::holds_alternative<ChatEnd>(events.back())) {
        writer->addEnd(std::nullopt, out);
    } else {
        writer->addError({}, out);
    }
    return out;
}

void checkReplies(const std::vector<ChatEvent> &events)
{
    for (const providers::Dialect *dialect : fuzz::dialects()) {
        fuzz::checkStream(streamOf(*dialect, events));
        if (const auto *chunk = std::get_if<ChatChunk>(&events.front())) {
            const auto writer = dialect->writer({});
            writer->restart({.id = "id", .model = "m"});
            SB_CHECK(Json::accept(writer->whole(*chunk, std::nullopt)));
        }
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
    fuzz::checkEnd(once);
    checkReplies(once);
    // To a client of the provider's own format, as it came.
    std::vector<ChatEvent> native;
    const auto passing = decoder();
    passing->passOn((data[0] & 0x80U) != 0);
    passing->feed(fuzz::whole(data + 1, size - 1), native);
    passing->finish(native);
    fuzz::checkEnd(native);
    checkReplies(native);
    return 0;
}
