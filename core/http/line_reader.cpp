// SPDX-License-Identifier: Apache-2.0
#include "core/http/line_reader.h"

namespace signalbox::http {

LineReader::Got LineReader::take(std::string_view &bytes, std::size_t bytesMax)
{
    if (m_delivered) {
        clear();
    }
    const std::size_t lineFeed = bytes.find('\n');
    const bool ended = lineFeed != std::string_view::npos;
    const std::string_view piece = bytes.substr(0, ended ? lineFeed + 1 : bytes.size());
    const std::size_t size = m_pending.size() + piece.size();
    // An unfinished line needs one byte more at least, so that every cut gives the same verdict.
    if (size + (ended ? 0 : 1) > bytesMax) {
        return Got::TooLong;
    }
    bytes.remove_prefix(piece.size());
    if (!ended) {
        m_pending.append(piece);
        return Got::NeedMore;
    }
    m_line = piece;
    if (!m_pending.empty()) {
        m_pending.append(piece);
        m_line = m_pending;
        m_delivered = true;
    }
    if (m_line.size() < 2 || m_line.find('\r') != m_line.size() - 2) {
        return Got::BareBreak;
    }
    m_line.remove_suffix(2);
    return Got::Line;
}

std::string_view LineReader::pending() const
{
    return m_delivered ? std::string_view() : std::string_view(m_pending);
}

void LineReader::clear()
{
    m_pending.clear();
    m_line = {};
    m_delivered = false;
}

} // namespace signalbox::http
