// SPDX-License-Identifier: Apache-2.0
#include "core/http/sse_parser.h"

#include "core/http/syntax.h"

#include <algorithm>
#include <utility>

namespace signalbox::http {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

} // namespace

SseParser::SseParser(std::size_t eventBytesMax)
    : m_eventBytesMax(eventBytesMax)
{}

SseParser::Got SseParser::take(std::string_view &bytes)
{
    if (m_delivered) {
        beginEvent();
    }
    while (!m_failed && skipPrefix(bytes)) {
        const auto line = takeLine(bytes);
        if (!line) {
            break;
        }
        const Got got = onLine(*line);
        if (got != Got::NeedMore) {
            return got;
        }
    }
    return m_failed ? Got::Failed : Got::NeedMore;
}

SseParser::Got SseParser::finish()
{
    if (m_delivered) {
        beginEvent();
    }
    if (m_failed) {
        return Got::Failed;
    }
    m_cut = incomplete();
    if (m_lineDelivered) {
        m_pending.clear();
    }
    if (!m_pending.empty() && !m_pending.starts_with(':')) {
        const std::string line = std::move(m_pending);
        m_pending.clear();
        onLine(line);
    }
    return dispatch();
}

bool SseParser::incomplete() const
{
    const bool inLine = !m_pending.empty() && !m_pending.starts_with(':') && !m_lineDelivered;
    return m_cut || inLine || (m_hasFields && !m_delivered);
}

/// Drops a byte order mark, and the LF of a CR LF whose CR ended a line. False if nothing is left.
bool SseParser::skipPrefix(std::string_view &bytes)
{
    while (m_atStart && !bytes.empty()) {
        if (bytes.front() != kByteOrderMark[m_bomBytes]) {
            // Part of a mark only: these bytes were the beginning of the first line.
            m_pending = kByteOrderMark.substr(0, m_bomBytes);
            m_atStart = false;
            break;
        }
        bytes.remove_prefix(1);
        m_atStart = ++m_bomBytes < kByteOrderMark.size();
    }
    if (m_skipLineFeed && !bytes.empty()) {
        m_skipLineFeed = false;
        if (bytes.front() == '\n') {
            bytes.remove_prefix(1);
        }
    }
    return !bytes.empty();
}

std::optional<std::string_view> SseParser::takeLine(std::string_view &bytes)
{
    if (m_lineDelivered) {
        m_pending.clear();
        m_lineDelivered = false;
    }
    const std::size_t lineEnd = findLineBreak(bytes);
    const std::string_view piece = bytes.substr(0, lineEnd);
    if (m_eventBytes + m_pending.size() + piece.size() > m_eventBytesMax) {
        m_failed = true;
        return std::nullopt;
    }
    const bool ended = lineEnd < bytes.size();
    m_skipLineFeed = ended && bytes[lineEnd] == '\r';
    bytes.remove_prefix(piece.size() + (ended ? 1 : 0));
    if (ended && m_pending.empty()) {
        return piece;
    }
    m_pending.append(piece);
    m_lineDelivered = ended;
    return ended ? std::optional<std::string_view>(m_pending) : std::nullopt;
}

SseParser::Got SseParser::onLine(std::string_view line)
{
    if (line.empty()) {
        return dispatch();
    }
    if (line.front() == ':') {
        m_comment = line.substr(1);
        return Got::Comment;
    }
    m_eventBytes += line.size();
    m_hasFields = true;
    const std::size_t colon = std::min(line.find(':'), line.size());
    std::string_view value = line.substr(std::min(colon + 1, line.size()));
    if (value.starts_with(' ')) {
        value.remove_prefix(1);
    }
    onField(line.substr(0, colon), value);
    return Got::NeedMore;
}

void SseParser::onField(std::string_view name, std::string_view value)
{
    if (name == "data") {
        if (m_hasData) {
            m_event.data += '\n';
        }
        m_event.data += value;
        m_hasData = true;
    } else if (name == "event") {
        m_event.event = value;
    } else if (name == "id") {
        if (value.find('\0') == std::string_view::npos) {
            m_lastId = value;
        }
    } else if (name == "retry") {
        // Some nine digits are eleven days; longer waits are nonsense and ignored.
        const auto millis = value.size() <= 9 ? parseDecimal(value) : std::nullopt;
        if (millis) {
            m_retry = Millis(static_cast<std::int64_t>(*millis));
        }
    }
}

/// Hands the event out; without a data line there is none to hand out.
SseParser::Got SseParser::dispatch()
{
    if (!m_hasData) {
        beginEvent();
        return Got::NeedMore;
    }
    m_event.id = m_lastId;
    m_delivered = true;
    return Got::Event;
}

void SseParser::beginEvent()
{
    m_event.event.clear();
    m_event.data.clear();
    m_eventBytes = 0;
    m_hasData = false;
    m_hasFields = false;
    m_delivered = false;
}

} // namespace signalbox::http
