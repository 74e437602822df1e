// SPDX-License-Identifier: Apache-2.0
#include "core/http/head_reader.h"

#include "core/base/text.h"
#include "core/http/syntax.h"

#include <algorithm>

namespace signalbox::http {

HeadReader::HeadReader(const Limits &limits)
    : m_limits(limits)
{}

HeadReader::Got HeadReader::take(std::string_view &bytes)
{
    return m_hasStartLine ? takeHeaderLine(bytes) : takeStartLine(bytes);
}

bool HeadReader::begun() const
{
    const std::string_view pending = m_line.pending();
    return m_hasStartLine || (!pending.empty() && pending != "\r");
}

void HeadReader::reset()
{
    m_line.clear();
    m_headers.clear();
    m_headBytes = 0;
    m_blankLines = 0;
    m_hasStartLine = false;
}

HeadReader::Got HeadReader::takeStartLine(std::string_view &bytes)
{
    while (!bytes.empty()) {
        const std::size_t bytesMax = std::min(m_limits.startLineBytesMax, m_limits.headBytesMax);
        const LineReader::Got got = m_line.take(bytes, bytesMax);
        if (got == LineReader::Got::NeedMore) {
            return Got::NeedMore;
        }
        if (got != LineReader::Got::Line) {
            return fail(got == LineReader::Got::TooLong ? Error::StartLineTooLong
                                                        : Error::BareLineBreak);
        }
        m_headBytes += m_line.line().size() + 2;
        if (!m_line.line().empty()) {
            m_hasStartLine = true;
            return Got::StartLine;
        }
        if (++m_blankLines > m_limits.leadingBlankLinesMax) {
            return fail(Error::BadStartLine);
        }
    }
    return Got::NeedMore;
}

HeadReader::Got HeadReader::takeHeaderLine(std::string_view &bytes)
{
    while (!bytes.empty()) {
        const std::size_t bytesLeft = m_limits.headBytesMax
                                      - std::min(m_limits.headBytesMax, m_headBytes);
        const LineReader::Got got = m_line.take(bytes, bytesLeft);
        if (got == LineReader::Got::NeedMore) {
            return Got::NeedMore;
        }
        if (got != LineReader::Got::Line) {
            return fail(got == LineReader::Got::TooLong ? Error::HeadTooLarge
                                                        : Error::BareLineBreak);
        }
        const std::string_view line = m_line.line();
        m_headBytes += line.size() + 2;
        if (line.empty()) {
            return Got::End;
        }
        if (m_headers.size() == m_limits.headersMax) {
            return fail(Error::TooManyHeaders);
        }
        if (const auto added = addHeaderLine(m_headers, line); !added) {
            return fail(added.error());
        }
    }
    return Got::NeedMore;
}

HeadReader::Got HeadReader::fail(Error error)
{
    m_error = error;
    return Got::Failed;
}

Status<Error> addHeaderLine(Headers &headers, std::string_view line)
{
    if (line.starts_with(' ') || line.starts_with('\t')) {
        return Failure{Error::FoldedHeader};
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !isToken(line.substr(0, colon))) {
        return Failure{Error::BadHeaderName};
    }
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (!isFieldValue(value)) {
        return Failure{Error::BadHeaderValue};
    }
    headers.add(line.substr(0, colon), value);
    return Nothing{};
}

} // namespace signalbox::http
