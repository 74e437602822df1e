// SPDX-License-Identifier: Apache-2.0
// The thought signatures of an answer, kept so that the client can give them back, and given back.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::providers {

/// The `format` that marks Gemini's entries in `reasoning_details`, as OpenRouter names it.
inline constexpr std::string_view kGeminiReasoning = "google-gemini-v1";

/// How much of signatures is kept; an answer with more offers none for replay.
inline constexpr std::size_t kKeptSignatureBytesMax = std::size_t{4} << 20U;

/// Gathers signatures as `reasoning_details` in OpenRouter's form: Gemini 3 refuses to go on from a
/// tool call whose signature does not come back on the very part it came with.
class GeminiDetails
{
public:
    void ofCall(std::string_view id, std::string_view signature);
    void ofText(std::string_view signature) { ofCall({}, signature); }
    /// Of a thought, whose \p text comes back too.
    void ofThought(std::string_view text, std::string_view signature);
    /// The raw array; empty when nothing is signed.
    [[nodiscard]] std::string json() const;

private:
    struct Entry
    {
        std::string id;
        std::string text;
        std::string signature;
        bool thought = false;
    };

    void add(Entry entry);

    std::vector<Entry> m_entries;
    std::size_t m_bytes = 0;
};

/// What a client gave back.
struct GeminiSignatures
{
    std::vector<std::string> thoughts; ///< raw parts, signed
    std::map<std::string, std::string, std::less<>> ofCalls; ///< by the call's id
    std::string ofText; ///< empty without one
};

/// Reads `reasoning_details`, a raw array or empty; entries of other formats are overlooked.
[[nodiscard]] GeminiSignatures readGeminiSignatures(std::string_view reasoningDetails);

} // namespace signalbox::providers
