// SPDX-License-Identifier: Apache-2.0
// What makes two requests the same to the cache, and which requests it stays away from.
#pragma once

#include "core/base/result.h"
#include "core/cache/digest.h"
#include "core/domain/chat_request.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace signalbox::cache {

/// Why a request is neither looked up nor kept.
enum class NotCached : std::uint8_t {
    Off, ///< no cache is configured
    Bypass, ///< the client said `x-signalbox-cache: bypass`
    NotChat, ///< embeddings
    Tools, ///< tools, their calls or their results: what they do in the world is not in an answer
    Media, ///< pictures, sound, files, in or out
    LiveData, ///< the provider searches the web for it
    Stored, ///< the provider is to keep the answer
    Temperature, ///< the client wants another answer each time
    TooLarge, ///< beyond kKeyBytesMax
    Unreadable, ///< not JSON as we know it
};

inline constexpr int kNotCachedCount = static_cast<int>(NotCached::Unreadable) + 1;

/// A stable snake_case name, as the record tells it: `temperature`.
[[nodiscard]] std::string_view toString(NotCached reason);

/// Why a request that is looked up exactly is not compared by meaning.
enum class NotCompared : std::uint8_t {
    NoQuestion, ///< the last message is not a user's
    NotPlain, ///< it is not one text
    TooLong ///< beyond kQuestionBytesMax: a document, not a question
};

[[nodiscard]] std::string_view toString(NotCompared reason);

/// Bytes of a canonical request: more than the largest prompts, less than a second of hashing.
inline constexpr std::size_t kKeyBytesMax = std::size_t{2} << 20U;
/// Bytes of a question that is compared by meaning. In longer ones a word that matters weighs too
/// little to be told.
inline constexpr std::size_t kQuestionBytesMax = 2000;

/// Who may see whose answers, and what else tells apart requests of the same words.
struct Scope
{
    std::string client; ///< empty where clients share, or none are configured
    std::string route; ///< or the target that was asked for by its name
    bool strict = false; ///< `x-signalbox-strict`: no parameter was dropped for it
    /// Headers and metadata that rules ask for: they choose the target.
    std::vector<std::pair<std::string, std::string>> facts = {};
};

struct KeyPolicy
{
    /// Above it a client wants variety. 1 is what a request has that does not say.
    double temperatureMax = 1.0;
};

struct CacheKey
{
    Digest exact; ///< of everything
    Digest context; ///< of everything but the question: what must be equal to compare by meaning
    Result<std::string, NotCompared> question; ///< the last user message
};

/// The key of \p request. Two requests have the same `exact` when a target would be asked the same,
/// in whatever dialect and spelling they came, streamed or not.
///
/// All members count but those that say how an answer is delivered or booked. What came in
/// Anthropic's format goes as it is to targets that speak it, so what only that format can say
/// counts as well; a request that says nothing of the kind has the key of its translation.
[[nodiscard]] Result<CacheKey, NotCached> keyOf(const ChatRequest &request,
                                                const Scope &scope,
                                                const KeyPolicy &policy);

} // namespace signalbox::cache
