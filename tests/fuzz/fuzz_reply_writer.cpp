// SPDX-License-Identifier: Apache-2.0
// Whatever events an adapter could make, in whatever order: JSON to the client in every dialect, and
// streams with one beginning, one end, and nothing behind it.
#include "tests/fuzz/dialects.h"
#include "tests/fuzz/streams.h"

#include <string>

namespace {

using namespace signalbox;
using Json = nlohmann::json;

/// Values drawn from the input; when it is used up they are all nothing.
class Draw
{
public:
    Draw(const std::uint8_t *data, std::size_t size)
        : m_rest(reinterpret_cast<const char *>(data), size)
    {}

    [[nodiscard]] bool isOver() const { return m_rest.empty(); }

    unsigned byte()
    {
        if (m_rest.empty()) {
            return 0;
        }
        const auto value = static_cast<unsigned char>(m_rest.front());
        m_rest.remove_prefix(1);
        return value;
    }

    /// Up to 15 bytes that are UTF-8, as all that decoders tell.
    std::string text()
    {
        const std::size_t wanted = byte() % 16;
        const std::size_t length = std::min(wanted, m_rest.size());
        std::string drawn(m_rest.substr(0, length));
        m_rest.remove_prefix(length);
        return isUtf8(drawn) ? drawn : std::string("\u00e9");
    }

    std::optional<std::string> maybeText()
    {
        return byte() % 2 == 0 ? std::nullopt : std::optional(text());
    }

private:
    std::string_view m_rest;
};

ToolCallDelta drawCall(Draw &draw)
{
    ToolCallDelta call;
    call.index = static_cast<int>(draw.byte() % 4);
    call.id = draw.text();
    call.name = draw.text();
    call.arguments = draw.byte() % 4 == 0 ? R"({"a":1})" : draw.text();
    return call;
}

Usage drawUsage(Draw &draw)
{
    Usage usage;
    usage.promptTokens = draw.byte();
    usage.completionTokens = draw.byte();
    usage.cachedTokens = draw.byte();
    usage.reasoningTokens = draw.byte();
    return usage;
}

ChoiceDelta drawChoice(Draw &draw)
{
    ChoiceDelta choice;
    choice.index = static_cast<int>(draw.byte() % 3);
    choice.content = draw.maybeText();
    choice.reasoning = draw.maybeText();
    choice.refusal = draw.maybeText();
    for (unsigned left = draw.byte() % 3; left > 0; --left) {
        choice.toolCalls.push_back(drawCall(draw));
    }
    if (const unsigned finish = draw.byte(); finish % 4 == 0) {
        choice.finish = static_cast<FinishReason>(finish / 4 % 4);
    }
    if (draw.byte() % 4 == 1) {
        choice.logprobsJson = R"({"content":[]})";
    }
    if (draw.byte() % 4 == 1) {
        choice.reasoningDetailsJson =
            R"([{"type":"reasoning.encrypted","data":"s","id":"c","format":"google-gemini-v1"},)"
            R"({"type":"reasoning.text","text":"t","signature":"s","format":"anthropic-claude-v1"}])";
    }
    return choice;
}

ChatChunk drawChunk(Draw &draw)
{
    ChatChunk chunk;
    chunk.id = draw.text();
    chunk.model = draw.text();
    chunk.created = draw.byte();
    for (unsigned left = draw.byte() % 3; left > 0; --left) {
        chunk.choices.push_back(drawChoice(draw));
    }
    if (draw.byte() % 4 == 1) {
        chunk.usage = drawUsage(draw);
    }
    return chunk;
}

/// What may be said of a stream in Anthropic's form.
void checkMessages(std::string_view stream, bool whole)
{
    int begun = 0;
    int over = 0;
    int failed = 0;
    int blocks = 0;
    bool open = false;
    fuzz::checkStream(stream, [&](std::string_view name, std::string_view data) {
        SB_CHECK(over + failed == 0);
        const Json event = Json::parse(data);
        SB_CHECK(event.at("type") == name);
        begun += name == "message_start" ? 1 : 0;
        over += name == "message_stop" ? 1 : 0;
        failed += name == "error" ? 1 : 0;
        SB_CHECK(begun == 1 || failed == 1);
        if (name == "content_block_start") {
            SB_CHECK(!open && event.at("index") == blocks);
            open = true;
        } else if (name == "content_block_delta") {
            SB_CHECK(open && event.at("index") == blocks);
        } else if (name == "content_block_stop") {
            SB_CHECK(open && event.at("index") == blocks++);
            open = false;
        } else {
            SB_CHECK(!open || failed == 1);
        }
    });
    SB_CHECK(over == (whole ? 1 : 0) && failed == (whole ? 0 : 1));
}

/// The same in the form of Responses.
void checkResponses(std::string_view stream, bool whole)
{
    int next = 0;
    std::string last;
    fuzz::checkStream(stream, [&](std::string_view name, std::string_view data) {
        const Json event = Json::parse(data);
        SB_CHECK(event.at("type") == name && event.at("sequence_number") == next++);
        SB_CHECK(last != "error" && last != "response.completed" && last != "response.incomplete");
        last = name;
    });
    SB_CHECK((last == "error") != whole);
}

void checkChat(std::string_view stream, bool whole)
{
    std::string_view last;
    fuzz::checkStream(stream, [&](std::string_view name, std::string_view data) {
        SB_CHECK(name.empty() && last != "[DONE]");
        last = data;
    });
    SB_CHECK((last == "[DONE]") == whole);
}

void checkStreamOf(const providers::Dialect &dialect,
                   const std::vector<ChatChunk> &chunks,
                   const std::optional<Usage> &usage,
                   bool whole)
{
    ChatRequest request;
    request.includeUsage = usage.has_value();
    const auto writer = dialect.writer(request);
    writer->restart({.id = "first", .model = "m", .created = 1});
    writer->restart({.id = "id", .model = "m", .created = 1});
    std::string out;
    for (const ChatChunk &chunk : chunks) {
        writer->addChunk(chunk, out);
    }
    whole ? writer->addEnd(usage, out) : writer->addError({}, out);
    if (&dialect == &providers::messagesDialect()) {
        checkMessages(out, whole);
    } else if (&dialect == &providers::responsesDialect()) {
        checkResponses(out, whole);
    } else {
        checkChat(out, whole);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    Draw draw(data, size);
    const bool whole = draw.byte() % 4 != 0;
    const std::optional<Usage> usage = draw.byte() % 2 == 0 ? std::nullopt
                                                            : std::optional(drawUsage(draw));
    std::vector<ChatChunk> chunks;
    while (!draw.isOver() && chunks.size() < 64) {
        chunks.push_back(drawChunk(draw));
    }
    for (const providers::Dialect *dialect : fuzz::dialects()) {
        checkStreamOf(*dialect, chunks, usage, whole);
        const auto writer = dialect->writer({});
        writer->restart({.id = "id", .model = "m"});
        SB_CHECK(Json::accept(writer->whole(chunks.empty() ? ChatChunk() : chunks.front(), usage)));
    }
    return 0;
}
