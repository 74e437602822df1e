// SPDX-License-Identifier: Apache-2.0
// Server-sent events out of a body's pieces (WHATWG HTML, "Interpreting an event stream").
#pragma once

#include "core/base/bounds.h"
#include "core/base/time.h"
#include "core/http/error.h"
#include "core/http/limits.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox::http {

/// One event. Bytes are passed as they came; whoever reads the data judges its UTF-8.
struct SseEvent
{
    std::string event; ///< empty if not named, which the standard calls "message"
    std::string data; ///< its lines joined with LF; may be empty if a `data:` line was
    std::string id; ///< the last one seen, it holds for later events too

    friend bool operator==(const SseEvent &, const SseEvent &) = default;
};

/// Reads one stream. The caller takes step after step off each piece:
/// \code
/// for (auto got = sse.take(bytes); got != SseParser::Got::NeedMore; got = sse.take(bytes)) {
///     …                                   // Failed ends the stream
/// }
/// \endcode
class SseParser
{
public:
    enum class Got : std::uint8_t {
        NeedMore, ///< all bytes were taken
        Event, ///< event() holds one until the next call
        Comment, ///< comment() holds one until the next call; it shows that the peer is alive
        Failed, ///< Error::EventTooLarge; nothing more is taken
    };

    explicit SseParser(std::size_t eventBytesMax = bounds::kSseEventBytesMax);

    /// Takes bytes off the front of \p bytes up to the end of an event or comment.
    Got take(std::string_view &bytes);
    /// The stream ended. Event if one was left whose blank line, or even line end, did not come:
    /// `data: [DONE]` counts, half a JSON document shows when it is parsed. Else NeedMore.
    Got finish();

    [[nodiscard]] const SseEvent &event() const { return m_event; }
    /// What follows the colon of a comment line.
    [[nodiscard]] std::string_view comment() const { return m_comment; }
    /// The last `retry:` of the stream.
    [[nodiscard]] std::optional<Millis> retry() const { return m_retry; }
    /// Something of an event has come that is not delivered yet, or finish() found the last one
    /// without its end.
    [[nodiscard]] bool incomplete() const;

private:
    std::optional<std::string_view> takeLine(std::string_view &bytes);
    bool skipPrefix(std::string_view &bytes);
    Got onLine(std::string_view line);
    void onField(std::string_view name, std::string_view value);
    Got dispatch();
    void beginEvent();

    std::size_t m_eventBytesMax;
    std::string m_pending; ///< an unfinished line
    std::string m_comment;
    SseEvent m_event;
    std::string m_lastId;
    std::optional<Millis> m_retry;
    std::size_t m_eventBytes = 0; ///< of the lines of the current event
    std::size_t m_bomBytes = 0; ///< bytes of a byte order mark seen at the start
    bool m_atStart = true; ///< a byte order mark may still come
    bool m_skipLineFeed = false; ///< the last line ended in CR
    bool m_hasData = false;
    bool m_hasFields = false;
    bool m_delivered = false; ///< m_event was handed out
    bool m_lineDelivered = false; ///< m_pending holds a line that was read
    bool m_failed = false;
    bool m_cut = false; ///< finish() found an event without its end
};

} // namespace signalbox::http
