// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/decoders/sample_stream.h"

#include "core/base/json_writer.h"

#include <array>
#include <utility>

namespace signalbox::bench {
namespace {

/// An answer's words as they come, one token a piece: prose, marks, Chinese, code.
constexpr std::array<std::string_view, 24> kWords = {
    "A",       " signal", " box",  " protects", " every", " train",    ".\n\n",  "**",
    "Levers",  " lock",   " each", " other",    ":",      "信号",      "楼控制", "道岔，",
    "\n```\n", "points",  "[",     "\"north\"", "]",      " = normal", ";",      " 17",
};

class Frames
{
public:
    void add(std::string_view frame)
    {
        m_stream.bytes += frame;
        m_stream.frameEnds.push_back(m_stream.bytes.size());
    }
    /// The next \p count words, as a JSON string.
    std::string words(std::size_t count)
    {
        std::string text;
        for (std::size_t i = 0; i < count; ++i) {
            text += kWords[m_word++ % kWords.size()];
        }
        m_stream.textBytes += text.size();
        std::string json;
        JsonWriter(json).string(text);
        return json;
    }
    SampleStream take() { return std::move(m_stream); }

private:
    SampleStream m_stream;
    std::size_t m_word = 0;
};

SampleStream openAiStream(std::size_t count)
{
    const std::string head =
        R"(data: {"id":"chatcmpl-CvqXTQdpJ27aKCWYJRkNBzZYmAF1e","object":"chat.completion.chunk",)"
        R"("created":1767952399,"model":"gpt-4.1-mini-2025-04-14","service_tier":"default",)"
        R"("system_fingerprint":"fp_376a7ccef1","choices":[{"index":0,"delta":{)";
    Frames frames;
    frames.add(head
               + R"("role":"assistant","content":"","refusal":null},"logprobs":null,)"
                 R"("finish_reason":null}],"usage":null,"obfuscation":"oh"})"
               + "\n\n");
    constexpr std::string_view kPadding = "8rYuUDmLvGtn";
    for (std::size_t i = 0; i < count; ++i) {
        frames.add(head + R"("content":)" + frames.words(1)
                   + R"(},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":")"
                   + std::string(kPadding.substr(i % kPadding.size())) + "\"}\n\n");
    }
    frames.add(head + R"(},"logprobs":null,"finish_reason":"stop"}],"usage":null})" + "\n\n");
    frames.add("data: [DONE]\n\n");
    return frames.take();
}

SampleStream anthropicStream(std::size_t count)
{
    Frames frames;
    frames.add("event: message_start\n"
               R"(data: {"type":"message_start","message":{"model":"claude-sonnet-4-5-20250929",)"
               R"("id":"msg_01QpFYnBNP9d6Wf9BRMwJwvd","type":"message","role":"assistant",)"
               R"("content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":20,)"
               R"("cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":1,)"
               R"("service_tier":"standard"}}       })"
               "\n\n");
    frames.add("event: content_block_start\n"
               R"(data: {"type":"content_block_start","index":0,)"
               R"("content_block":{"type":"text","text":""}    })"
               "\n\n");
    for (std::size_t i = 0; i < count; ++i) {
        frames.add("event: content_block_delta\n"
                   R"(data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta",)"
                   R"("text":)"
                   + frames.words(1 + i % 8) + "}" + std::string(i % 13, ' ') + "}\n\n");
    }
    frames.add("event: content_block_stop\n"
               R"(data: {"type":"content_block_stop","index":0})"
               "\n\n");
    frames.add("event: message_delta\n"
               R"(data: {"type":"message_delta","delta":{"stop_reason":"end_turn",)"
               R"("stop_sequence":null},"usage":{"output_tokens":900}})"
               "\n\n");
    frames.add("event: message_stop\n"
               R"(data: {"type":"message_stop"      })"
               "\n\n");
    return frames.take();
}

SampleStream geminiStream(std::size_t count)
{
    Frames frames;
    for (std::size_t i = 0; i < count; ++i) {
        const bool last = i + 1 == count;
        frames.add(R"(data: {"candidates": [{"content": {"parts": [{"text": )"
                   + frames.words(8 + i % 33) + R"(}],"role": "model"},)"
                   + (last ? R"("finishReason": "STOP",)" : "")
                   + R"("index": 0}],"usageMetadata": {"promptTokenCount": 13,)"
                     R"("candidatesTokenCount": 84,"totalTokenCount": 97,"promptTokensDetails": )"
                     R"([{"modality": "TEXT","tokenCount": 13}]},)"
                     R"("modelVersion": "gemini-2.5-flash",)"
                     R"("responseId": "o8BFaZGSMb2nvdIPtKqTwAo"})"
                   + "\r\n\r\n");
    }
    return frames.take();
}

} // namespace

SampleStream sampleStream(ProviderKind kind, std::size_t frames)
{
    if (kind == ProviderKind::Anthropic) {
        return anthropicStream(frames);
    }
    return kind == ProviderKind::Gemini ? geminiStream(frames) : openAiStream(frames);
}

} // namespace signalbox::bench
