// SPDX-License-Identifier: Apache-2.0
// What all decoders share: telling a stream from a document, ending exactly once, limits.
#pragma once

#include "core/base/bounds.h"
#include "core/http/sse_parser.h"
#include "core/providers/adapter.h"

#include <cstdint>
#include <string>

namespace signalbox::providers {

/// Feeds a format's own decoder with whole events or one whole document.
class FramedDecoder : public ReplyDecoder
{
public:
    void feed(std::string_view bytes, std::vector<ChatEvent> &out) final;
    void finish(std::vector<ChatEvent> &out) final;

protected:
    /// One event whose data is not empty.
    virtual void onEvent(const http::SseEvent &event) = 0;
    /// The body, when it was no event stream. It is not empty.
    virtual void onDocument(std::string_view body) = 0;
    /// The stream is over and neither end() nor fail() was called.
    virtual void onStreamOver() = 0;

    void emit(ChatChunk chunk);
    void end();
    void fail(ChatFailure failure);
    /// An event or document is not what the format says.
    void failUnparseable(std::string_view what);

private:
    enum class Framing : std::uint8_t {
        Unknown,
        Events,
        Document
    };

    void feedEvents(std::string_view bytes);
    void feedDocument(std::string_view bytes);
    void finishEvents();

    Framing m_framing = Framing::Unknown;
    http::SseParser m_events;
    std::string m_start; ///< the first bytes of what may be an event stream
    std::string m_body;
    std::vector<ChatEvent> *m_out = nullptr; ///< of the call that is running
    bool m_done = false;
};

} // namespace signalbox::providers
