// SPDX-License-Identifier: Apache-2.0
// The signed thinking of an answer, kept so that the client can give it back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::providers {

/// How much thinking is kept; an answer with more offers none for replay.
inline constexpr std::size_t kKeptThinkingBytesMax = std::size_t{4} << 20U;

/// Gathers thinking blocks as `reasoning_details` in OpenRouter's form: Anthropic refuses to go on
/// from a tool call of a thinking model unless its thinking comes back unaltered and signed.
class AnthropicDetails
{
public:
    void addText(std::int64_t block, std::string_view text);
    void addSignature(std::int64_t block, std::string_view signature);
    void addRedacted(std::int64_t block, std::string_view data);
    /// The raw array; empty when nothing is signed.
    [[nodiscard]] std::string json() const;

private:
    struct Entry
    {
        std::int64_t block = 0;
        std::string text;
        std::string signature;
        std::string data;
    };

    Entry &entry(std::int64_t block, std::size_t bytes);

    std::vector<Entry> m_entries;
    std::size_t m_bytes = 0;
};

} // namespace signalbox::providers
