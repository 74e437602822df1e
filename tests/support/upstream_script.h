// SPDX-License-Identifier: Apache-2.0
// What a scripted upstream does with one call, in its provider's own bytes.
#pragma once

#include "core/base/time.h"
#include "core/domain/settings.h"
#include "core/gateway/ports.h"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace signalbox::tests {

/// The body of `200 embeddings`.
inline constexpr std::string_view kEmbeddingsAnswer =
    R"({"object":"list", "data":[{"object":"embedding","index":0,"embedding":[0.25,-1e-3]}],"model":"e-up","usage":{"prompt_tokens":7,"total_tokens":7}})";

struct Bytes
{
    std::string text;
};

/// One thing that happens to a call, so long after its beginning.
struct UpstreamStep
{
    Millis after{0};
    std::variant<gateway::UpstreamConnected,
                 gateway::UpstreamHead,
                 Bytes,
                 gateway::UpstreamEnd,
                 gateway::UpstreamFailed>
        what;
};

/// What a good answer says.
struct ScriptedAnswer
{
    std::string id = "1"; ///< `up-1` at OpenAI, `msg_1` at Anthropic
    std::vector<std::string> pieces = {"hel", "lo"}; ///< at least one; a stream's deltas
    int promptTokens = 10;
    int completionTokens = 2;
    SystemTime now{}; ///< from which a dated hint counts
    bool embeddings = false; ///< one embedding, which is the text, in place of a chat's document
};

/// Turns a behaviour's name into steps. A call that is answered is connected at once, has its head
/// after 100 ms and a piece of a stream each further 100 ms.
///
/// | name | |
/// |---|---|
/// | `200` | a good answer with its usage; a stream if one was asked for |
/// | `200 slow` | the same after 20 s; `200 late` after 40 s |
/// | `200 unmetered` | without usage; `200 stated` with a cost of 0.000123456 USD, as one document |
/// | `200 cached N of M` | with M tokens of the prompt, N of them from the cache, as one document |
/// | `200 left N of M for Ss` | N of M requests are left, all of them again in S seconds |
/// | `200 call` | a tool call with its reasoning, as one document |
/// | `200 embeddings`, `200 embeddings unmetered` | kEmbeddingsAnswer, the other without usage |
/// | `200 vectors N` | N embeddings, the last first, each of its index alone, and N tokens |
/// | `200 empty`, `200 void`, `200 html`, `200 error` | no body, no choices, a login page, an error told as an answer |
/// | `503`, `429`, ... | an error answer; with ` hint Ns` a Retry-After |
/// | `429 hint-ms 1500`, `429 hint-date 7`, `429 hint-text 3`, `429 hint-reset 5` | the other ways to say so; seconds, but for the first |
/// | `400 key`, `400 billing`, `400 context`, `400 content`, `400 model`, `429 billing` | dressed-up refusals |
/// | `refused`, `dns`, `tls`, `reset` | failures below HTTP |
/// | `connect-hang`, `hang`, `head-hang` | silence before the connection, the head, the body |
/// | `cut|end|garbage|error|stall before|after content` | a stream that goes wrong |
/// | `throttled before content`, `key before content`, `key after content` | told in the stream |
/// | `comments` | a stream of comments, one each 10 s, and nothing else |
/// | `drip` | a piece of content each 20 s, four times, then the end |
std::vector<UpstreamStep> stepsOf(std::string_view behaviour,
                                  ProviderKind kind,
                                  bool stream,
                                  const ScriptedAnswer &answer = {});

} // namespace signalbox::tests
