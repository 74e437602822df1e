// SPDX-License-Identifier: Apache-2.0
// Answers in Anthropic's Messages format, whole and as a stream, whoever gave them.
#pragma once

#include "core/providers/dialect.h"
#include "core/providers/streamed_calls.h"

#include <string>
#include <string_view>

namespace signalbox::providers {

/// The stream has one content block open at a time: calls that an upstream sends side by side come
/// one after another. What Anthropic itself answered is passed on as it came.
class MessagesWriter final : public ReplyWriter
{
public:
    void restart(AnswerDefaults defaults) override;
    [[nodiscard]] std::string whole(const ChatChunk &whole,
                                    const std::optional<Usage> &usage) const override;
    void addChunk(const ChatChunk &chunk, std::string &out) override;
    void addSeam(const Seam &seam, std::string &out) override;
    void addEnd(const std::optional<Usage> &usage, std::string &out) override;
    void addError(const ApiError &error, std::string &out) override;

private:
    enum class Open : std::uint8_t {
        None,
        Text,
        Thinking,
        Call
    };
    [[nodiscard]] bool passOn(const ChatChunk &chunk, std::string &out);
    void begin(const ChatChunk &chunk, std::string &out);
    void addDelta(const ChoiceDelta &delta, std::string &out);
    void addText(Open kind, const std::string &text, std::string &out);
    void sendCalls(bool all, std::string &out);
    void sendCall(const StreamedCall &call, std::string_view more, std::string &out);
    void addForeignThinking(const std::string &details, std::string &out);
    void openBlock(Open kind, std::string &out);
    void closeBlock(std::string &out);

    AnswerDefaults m_defaults;
    bool m_begun = false;
    bool m_passedOn = false;
    Open m_open = Open::None;
    int m_block = -1; ///< the index of the last one
    StreamedCalls m_calls;
    bool m_refused = false;
    std::optional<FinishReason> m_finish;
};

/// `{"type":"error","error":{...}}`, its type as Anthropic has it for the status.
[[nodiscard]] std::string encodeMessagesError(const ApiError &error);

} // namespace signalbox::providers
