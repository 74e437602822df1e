// SPDX-License-Identifier: Apache-2.0
#include "core/http/response_parser.h"

#include "core/base/check.h"

#include <utility>

namespace signalbox::http {

ResponseParser::ResponseParser(const Limits &limits, bool answersHead)
    : m_limits(limits)
    , m_headReader(limits)
    , m_bodyReader(limits)
    , m_answersHead(answersHead)
{}

bool ResponseParser::begun() const
{
    return m_stage != Stage::Head || m_interimAnswers > 0 || m_headReader.begun();
}

const ResponseHead &ResponseParser::head() const
{
    SB_CHECK(m_hasHead);
    return m_head;
}

Error ResponseParser::error() const
{
    SB_CHECK(m_error.has_value());
    return *m_error;
}

bool ResponseParser::reusable() const
{
    return m_stage == Stage::Complete && m_head.keepAlive && !m_spoilt;
}

void ResponseParser::streamBody()
{
    SB_CHECK(m_stage == Stage::Body);
    m_bodyReader.liftLimit();
}

ResponseParser::Step ResponseParser::feed(std::string_view bytes)
{
    Step step;
    std::string_view rest = bytes;
    if (m_stage == Stage::Head) {
        feedHead(rest);
    } else if (m_stage == Stage::Body) {
        step.body = m_bodyReader.take(rest);
        if (m_bodyReader.error()) {
            fail(*m_bodyReader.error());
        } else if (m_bodyReader.complete()) {
            m_stage = Stage::Complete;
        }
    } else if (m_stage == Stage::Complete && !bytes.empty()) {
        m_spoilt = true;
    }
    step.taken = bytes.size() - rest.size();
    return step;
}

void ResponseParser::finish()
{
    if (m_stage == Stage::Head) {
        fail(Error::Cut);
    } else if (m_stage == Stage::Body) {
        m_bodyReader.finish();
        if (m_bodyReader.complete()) {
            m_stage = Stage::Complete;
        } else {
            fail(Error::Cut);
        }
    }
    m_spoilt = true;
}

void ResponseParser::reset(bool answersHead)
{
    SB_CHECK(reusable());
    m_headReader.reset();
    m_stage = Stage::Head;
    m_answersHead = answersHead;
    m_hasHead = false;
    m_interimAnswers = 0;
    m_head = {};
}

void ResponseParser::feedHead(std::string_view &bytes)
{
    while (m_stage == Stage::Head) {
        switch (m_headReader.take(bytes)) {
        case HeadReader::Got::NeedMore:
            return;
        case HeadReader::Got::StartLine:
            if (const auto read = readStatusLine(m_headReader.startLine(), m_head); !read) {
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

void ResponseParser::endHead()
{
    if (m_head.status == 101) {
        return fail(Error::UnexpectedUpgrade);
    }
    m_head.headers = std::move(m_headReader.headers());
    if (const auto settled = settleResponseHead(m_head, m_answersHead); !settled) {
        return fail(settled.error());
    }
    if (m_head.status < 200) {
        if (++m_interimAnswers > m_limits.interimAnswersMax) {
            return fail(Error::TooManyInterimAnswers);
        }
        m_head = {};
        m_headReader.reset();
        return;
    }
    m_hasHead = true;
    m_bodyReader.start(m_head.framing, m_head.contentLength);
    m_stage = m_bodyReader.complete() ? Stage::Complete : Stage::Body;
}

void ResponseParser::fail(Error error)
{
    m_stage = Stage::Failed;
    m_error = error;
}

} // namespace signalbox::http
