// SPDX-License-Identifier: Apache-2.0
#include "core/http/request_parser.h"

#include "core/base/bounds.h"
#include "core/base/check.h"

#include <algorithm>
#include <utility>

namespace signalbox::http {

RequestParser::RequestParser(const Limits &limits)
    : m_limits(limits)
    , m_headReader(limits)
    , m_bodyReader(limits)
{}

bool RequestParser::begun() const
{
    return m_stage != Stage::Head || m_headReader.begun();
}

const RequestHead &RequestParser::head() const
{
    SB_CHECK(m_hasHead);
    return m_head;
}

Error RequestParser::error() const
{
    SB_CHECK(m_error.has_value());
    return *m_error;
}

std::size_t RequestParser::feed(std::string_view bytes)
{
    std::string_view rest = bytes;
    if (m_stage == Stage::Head) {
        feedHead(rest);
    } else if (m_stage == Stage::Body) {
        feedBody(rest);
    }
    return bytes.size() - rest.size();
}

RequestHead RequestParser::takeHead()
{
    SB_CHECK(m_stage == Stage::Complete);
    return std::move(m_head);
}

std::string RequestParser::takeBody()
{
    SB_CHECK(m_stage == Stage::Complete);
    return std::move(m_body);
}

void RequestParser::reset()
{
    SB_CHECK(m_stage == Stage::Complete);
    m_headReader.reset();
    m_stage = Stage::Head;
    m_hasHead = false;
    m_head = {};
    m_body.clear();
}

void RequestParser::feedHead(std::string_view &bytes)
{
    while (m_stage == Stage::Head) {
        switch (m_headReader.take(bytes)) {
        case HeadReader::Got::NeedMore:
            return;
        case HeadReader::Got::StartLine:
            if (const auto read = readRequestLine(m_headReader.startLine(), m_head); !read) {
                fail(read.error());
            }
            break;
        case HeadReader::Got::End:
            endHead();
            break;
        case HeadReader::Got::Failed:
            fail(m_headReader.error());
            break;
        }
    }
}

void RequestParser::feedBody(std::string_view &bytes)
{
    for (;;) {
        const std::string_view piece = m_bodyReader.take(bytes);
        if (piece.empty()) {
            break;
        }
        m_body.append(piece);
    }
    if (m_bodyReader.error()) {
        fail(*m_bodyReader.error());
    } else if (m_bodyReader.complete()) {
        m_stage = Stage::Complete;
    }
}

void RequestParser::endHead()
{
    m_head.headers = std::move(m_headReader.headers());
    m_hasHead = true;
    if (const auto settled = settleRequestHead(m_head, m_limits); !settled) {
        return fail(settled.error());
    }
    if (!m_head.hasBody()) {
        m_stage = Stage::Complete;
        return;
    }
    m_stage = Stage::Body;
    const std::uint64_t length = m_head.contentLength.value_or(0);
    m_bodyReader.start(m_head.chunked ? Framing::Chunked : Framing::Length, length);
    m_body.reserve(std::min<std::uint64_t>(length, bounds::kBodyBytesReservedMax));
}

void RequestParser::fail(Error error)
{
    m_stage = Stage::Failed;
    m_error = error;
}

} // namespace signalbox::http
