// SPDX-License-Identifier: Apache-2.0
#include "core/http/body_reader.h"

#include "core/base/check.h"
#include "core/base/text.h"
#include "core/http/head_reader.h"
#include "core/http/syntax.h"

#include <algorithm>

namespace signalbox::http {
namespace {

/// Takes a quoted string (RFC 9110 section 5.6.4) off the front of \p text.
bool takeQuoted(std::string_view &text)
{
    text.remove_prefix(1);
    while (!text.empty() && text.front() != '"') {
        text.remove_prefix(text.front() == '\\' && text.size() > 1 ? 2 : 1);
    }
    if (text.empty()) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

bool takeToken(std::string_view &text)
{
    const std::size_t end = std::min(text.find_first_of("=; \t\""), text.size());
    const bool valid = isToken(text.substr(0, end));
    text.remove_prefix(end);
    return valid;
}

/// `*( ";" name [ "=" ( token / quoted-string ) ] )`; RFC 9112 section 7.1.1 without the "bad"
/// blanks that nobody may send.
bool areChunkExtensions(std::string_view text)
{
    if (!isFieldValue(text)) {
        return false;
    }
    while (!text.empty()) {
        if (text.front() != ';') {
            return false;
        }
        text.remove_prefix(1);
        if (!takeToken(text)) {
            return false;
        }
        if (!text.starts_with('=')) {
            continue;
        }
        text.remove_prefix(1);
        if (!(text.starts_with('"') ? takeQuoted(text) : takeToken(text))) {
            return false;
        }
    }
    return true;
}

} // namespace

BodyReader::BodyReader(const Limits &limits)
    : m_limits(limits)
    , m_bodyBytesMax(limits.bodyBytesMax)
{}

void BodyReader::start(Framing framing, std::uint64_t length)
{
    *this = BodyReader(m_limits);
    switch (framing) {
    case Framing::None:
        m_state = State::Complete;
        break;
    case Framing::Length:
        m_state = length == 0 ? State::Complete : State::Plain;
        m_left = length;
        break;
    case Framing::Chunked:
        m_state = State::ChunkSize;
        break;
    case Framing::UntilClose:
        m_state = State::Endless;
        break;
    }
}

std::string_view BodyReader::take(std::string_view &bytes)
{
    while (!bytes.empty()) {
        switch (m_state) {
        case State::Plain:
        case State::Endless:
        case State::ChunkData:
            return takeData(bytes);
        case State::ChunkSize:
        case State::ChunkEnd:
        case State::Trailers:
            takeLine(bytes);
            break;
        case State::Complete:
        case State::Failed:
            return {};
        }
    }
    return {};
}

void BodyReader::finish()
{
    if (m_state == State::Endless) {
        m_state = State::Complete;
    } else if (m_state != State::Complete && m_state != State::Failed) {
        fail(Error::Cut);
    }
}

std::string_view BodyReader::takeData(std::string_view &bytes)
{
    const std::uint64_t allowed = m_bodyBytesMax - m_bodyBytes;
    const bool promisesTooMuch = m_state == State::Plain && m_left > allowed;
    if (promisesTooMuch || allowed == 0) {
        fail(Error::BodyTooLarge);
        return {};
    }
    const std::uint64_t wanted = m_state == State::Endless ? allowed : m_left;
    const std::string_view piece = bytes.substr(0, std::min<std::uint64_t>(wanted, bytes.size()));
    bytes.remove_prefix(piece.size());
    m_bodyBytes += piece.size();
    if (m_state == State::Endless) {
        return piece;
    }
    m_left -= piece.size();
    if (m_left == 0) {
        m_state = m_state == State::Plain ? State::Complete : State::ChunkEnd;
    }
    return piece;
}

void BodyReader::takeLine(std::string_view &bytes)
{
    const LineReader::Got got = m_line.take(bytes, lineBytesMax());
    if (got == LineReader::Got::NeedMore) {
        return;
    }
    if (got == LineReader::Got::TooLong) {
        fail(tooLongError());
    } else if (got == LineReader::Got::BareBreak) {
        fail(m_state == State::ChunkEnd ? Error::BadChunkEnd : Error::BareLineBreak);
    } else if (m_state == State::ChunkSize) {
        onChunkSize(m_line.line());
    } else if (m_state == State::Trailers) {
        onTrailer(m_line.line());
    } else {
        m_state = State::ChunkSize;
    }
}

void BodyReader::onChunkSize(std::string_view line)
{
    const std::size_t sizeEnd = std::min(line.find(';'), line.size());
    const auto size = parseHexadecimal(line.substr(0, sizeEnd));
    if (!size) {
        return fail(Error::BadChunkSize);
    }
    const std::string_view extensions = line.substr(sizeEnd);
    if (!areChunkExtensions(extensions)) {
        return fail(Error::BadChunkExtension);
    }
    m_extensionBytes += extensions.size();
    if (m_extensionBytes > m_limits.chunkExtensionBytesMax) {
        return fail(Error::ChunkExtensionsTooLarge);
    }
    if (*size > m_bodyBytesMax - m_bodyBytes) {
        return fail(Error::BodyTooLarge);
    }
    m_left = *size;
    m_state = m_left == 0 ? State::Trailers : State::ChunkData;
}

void BodyReader::onTrailer(std::string_view line)
{
    if (line.empty()) {
        m_state = State::Complete;
        return;
    }
    m_trailerBytes += line.size() + 2;
    if (++m_trailers > m_limits.trailersMax || m_trailerBytes > m_limits.trailerBytesMax) {
        return fail(Error::TrailersTooLarge);
    }
    // Never merged into the headers: a trailer could claim a length, a host, a key.
    Headers dropped;
    if (const auto added = addHeaderLine(dropped, line); !added) {
        fail(added.error());
    }
}

std::size_t BodyReader::lineBytesMax() const
{
    switch (m_state) {
    case State::ChunkSize:
        return m_limits.chunkLineBytesMax;
    case State::ChunkEnd:
        return 2;
    case State::Trailers:
        // Room for the empty line stays, however full the trailers are.
        return m_limits.trailerBytesMax - m_trailerBytes + 2;
    case State::Plain:
    case State::Endless:
    case State::ChunkData:
    case State::Complete:
    case State::Failed:
        break;
    }
    SB_CHECK(false);
    return 0;
}

Error BodyReader::tooLongError() const
{
    if (m_state == State::ChunkEnd) {
        return Error::BadChunkEnd;
    }
    return m_state == State::ChunkSize ? Error::ChunkLineTooLong : Error::TrailersTooLarge;
}

void BodyReader::fail(Error error)
{
    m_state = State::Failed;
    m_error = error;
}

} // namespace signalbox::http
