// SPDX-License-Identifier: Apache-2.0
// Answers in OpenAI's dialect: a whole completion, or a stream whatever the upstream's manners.
#pragma once

#include "core/domain/chat_event.h"
#include "core/providers/client_api.h"
#include "core/providers/dialect.h"

#include <string>
#include <vector>

namespace signalbox::providers {

/// `choices` of \p whole as a chat.completion. Usage is the upstream's own object, else ours.
[[nodiscard]] std::string encodeCompletion(const ChatChunk &whole, const AnswerDefaults &defaults);

/// One stream to one client. Every chunk has the same id, time and model; the first of each choice
/// names the role and no other does; each choice finishes once; usage comes last and only if asked.
class ChatEncoder
{
public:
    ChatEncoder(AnswerDefaults defaults, bool includeUsage);

    /// Appends the events that \p chunk makes; none when it has nothing to say.
    void encodeChunk(const ChatChunk &chunk, std::string &out);
    /// A chunk with an empty delta and a member `signalbox` that says it.
    void encodeSeam(const Seam &seam, std::string &out);
    /// The regular end: the usage if asked for and known, and `[DONE]`.
    void encodeDone(std::string &out);
    /// The end of a stream that broke: one error event and no `[DONE]`.
    static void encodeError(const ApiError &error, std::string &out);

private:
    struct Choice
    {
        int index = 0;
        bool begun = false;
        bool finished = false;
    };

    void takeIdentity(const ChatChunk &chunk);
    Choice &choice(int index);
    void encodeDelta(const ChatChunk &chunk, const ChoiceDelta &delta, std::string &out);
    void encodeFinish(const ChatChunk &chunk, const ChoiceDelta &delta, std::string &out);

    AnswerDefaults m_identity;
    bool m_includeUsage;
    bool m_identified = false; ///< a chunk was sent, so the identity is fixed
    std::vector<Choice> m_choices;
    std::optional<Usage> m_usage;
    std::string m_usageJson;
};

} // namespace signalbox::providers
