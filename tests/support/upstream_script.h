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

/// Turns a behaviour's name into steps. A call that is answered is connected at once, has its head
/// after 100 ms and a piece of a stream each further 100 ms; the answer is "hello".
///
/// | name | |
/// |---|---|
/// | `200` | a good answer with usage of 10 and 2 tokens; a stream if one was asked for |
/// | `200 slow` | the same after 20 s; `200 late` after 40 s |
/// | `200 unmetered` | without usage; `200 stated` with a cost of 0.000123456 USD, as one document |
/// | `200 embeddings`, `200 embeddings unmetered` | kEmbeddingsAnswer, the other without usage |
/// | `200 empty`, `200 void`, `200 html`, `200 error` | no body, no choices, a login page, an error told as an answer |
/// | `503`, `429`, ... | an error answer; with ` hint Ns` a Retry-After |
/// | `400 key`, `400 billing`, `400 context`, `400 content`, `400 model`, `429 billing` | dressed-up refusals |
/// | `refused`, `dns`, `tls`, `reset` | failures below HTTP |
/// | `connect-hang`, `hang`, `head-hang` | silence before the connection, the head, the body |
/// | `cut|end|garbage|error|stall before|after content` | a stream that goes wrong |
/// | `throttled before content`, `key before content`, `key after content` | told in the stream |
/// | `comments` | a stream of comments, one each 10 s, and nothing else |
/// | `drip` | a piece of content each 20 s, four times, then the end |
std::vector<UpstreamStep> stepsOf(std::string_view behaviour, ProviderKind kind, bool stream);

} // namespace signalbox::tests
