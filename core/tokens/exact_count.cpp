// SPDX-License-Identifier: Apache-2.0
#include "core/tokens/exact_count.h"

#include "core/base/bounds.h"

#include <algorithm>
#include <array>
#include <string>

namespace signalbox::tokens {
namespace {

bool isPlainText(const ChatMessage &message)
{
    const bool text = message.parts.size() == 1
                      && message.parts.front().kind == ChatMessage::PartKind::Text;
    return text && message.role != Role::Tool && message.toolCallsJson.empty()
           && message.name.empty();
}

bool isPlainText(const ChatRequest &request)
{
    constexpr std::array<std::string_view, 3> kFramed = {"tools", "functions", "response_format"};
    std::size_t bytes = 0;
    for (const ChatMessage &message : request.messages) {
        if (!isPlainText(message)) {
            return false;
        }
        bytes += message.parts.front().text.size();
    }
    return bytes <= bounds::kExactTextBytesMax
           && std::ranges::none_of(kFramed, [&request](std::string_view name) {
                  return request.field(name) != nullptr;
              });
}

} // namespace

const Encoder *Encoders::of(TokenFamily family) const
{
    switch (family) {
    case TokenFamily::O200k:
        return o200k.get();
    case TokenFamily::Cl100k:
        return cl100k.get();
    case TokenFamily::Qwen:
        return qwen.get();
    case TokenFamily::DeepSeek:
    case TokenFamily::Mistral:
    case TokenFamily::Claude:
    case TokenFamily::ClaudeNew:
    case TokenFamily::Gemini:
        break;
    }
    return nullptr;
}

std::optional<std::int64_t> countPrompt(const ChatRequest &request,
                                        TokenFamily family,
                                        const Encoders &encoders)
{
    const Encoder *const encoder = encoders.of(family);
    if (encoder == nullptr || !isPlainText(request)) {
        return std::nullopt;
    }
    std::int64_t sum = 3; // <|im_start|>assistant and a line end, or OpenAI's like of it
    for (const ChatMessage &message : request.messages) {
        const std::string role(toString(message.role));
        const std::string &text = message.parts.front().text;
        // Qwen: <|im_start|>role\ncontent<|im_end|>\n, its three signs and the text between them.
        sum += family == TokenFamily::Qwen ? 3 + encoder->count(role + "\n" + text)
                                           : 3 + encoder->count(role) + encoder->count(text);
    }
    return sum;
}

} // namespace signalbox::tokens
