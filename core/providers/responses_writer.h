// SPDX-License-Identifier: Apache-2.0
// Answers in OpenAI's Responses format, whole and as a stream, whoever gave them.
#pragma once

#include "core/providers/dialect.h"
#include "core/providers/streamed_calls.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::providers {

/// Items of an answer come one after another: reasoning, words, calls. Every event has a number; the
/// last one carries the whole answer.
class ResponsesWriter final : public ReplyWriter
{
public:
    /// \p echoed: the request's members that the answer repeats.
    explicit ResponsesWriter(std::vector<RawField> echoed);

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
        Reasoning,
        Text,
        Refusal,
        Call
    };
    using WriteBody = std::function<void(JsonWriter &)>;

    void begin(const ChatChunk &chunk, std::string &out);
    void addDelta(const ChoiceDelta &delta, std::string &out);
    void addText(Open kind, const std::string &text, std::string &out);
    void sendCalls(bool all, std::string &out);
    void sendCall(const StreamedCall &call, std::string_view more, std::string &out);
    void openItem(Open kind, std::string &out);
    void closeItem(std::string &out);
    void closeCall(const StreamedCall &call, std::string &out);
    void addEncrypted(std::string &out);
    void itemDone(const std::string &item, std::string &out);
    void event(std::string_view type, std::string &out, const WriteBody &writeBody);
    void placedEvent(std::string_view type, std::string &out, const WriteBody &writeBody);
    [[nodiscard]] std::string itemId(Open kind, int place) const;
    [[nodiscard]] std::string openItemJson(std::string_view status) const;

    std::vector<RawField> m_echoed;
    AnswerDefaults m_defaults;
    std::string m_model;
    bool m_begun = false;
    std::int64_t m_number = 0; ///< of the next event
    Open m_open = Open::None;
    int m_place = -1; ///< of the last item
    std::string m_text; ///< of the item that is open
    std::string m_items; ///< those that are done, raw and joined by commas
    StreamedCalls m_calls;
    std::string m_details; ///< signed thinking, for the client to give back
    std::optional<FinishReason> m_finish;
};

} // namespace signalbox::providers
