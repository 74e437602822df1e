// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/recording/gzip.h"

#include "core/base/check.h"

#include <algorithm>
#include <array>
#include <limits>
#include <zlib.h>

namespace signalbox::runtime {

namespace {

constexpr int kGzip = 15 + 16; ///< the greatest window, and a gzip header instead of zlib's own
constexpr std::size_t kPiece = 64 * std::size_t{1024};
constexpr int kMemoryLevel = 8; ///< zlib's default

Bytef *bytesOf(std::string_view text)
{
    // zlib's next_in is not const in all its builds; nothing is written through it.
    return reinterpret_cast<Bytef *>(const_cast<char *>(text.data()));
}

} // namespace

struct GzipWriter::Stream
{
    z_stream z{};
};

GzipWriter::GzipWriter()
    : m_stream(std::make_unique<Stream>())
{
    const int begun = deflateInit2(&m_stream->z,
                                   Z_DEFAULT_COMPRESSION,
                                   Z_DEFLATED,
                                   kGzip,
                                   kMemoryLevel,
                                   Z_DEFAULT_STRATEGY);
    SB_CHECK(begun == Z_OK); // else there is no memory
}

GzipWriter::~GzipWriter()
{
    deflateEnd(&m_stream->z);
}

void GzipWriter::add(std::string_view text)
{
    m_textBytes += text.size();
    while (!text.empty()) {
        const std::string_view piece = text.substr(0, kPiece);
        pump(piece, Z_NO_FLUSH);
        text.remove_prefix(piece.size());
    }
}

std::string GzipWriter::finish()
{
    pump({}, Z_FINISH);
    return std::move(m_out);
}

void GzipWriter::pump(std::string_view text, int flush)
{
    z_stream &z = m_stream->z;
    std::array<char, kPiece> room;
    z.next_in = bytesOf(text);
    z.avail_in = static_cast<uInt>(text.size());
    do {
        z.next_out = reinterpret_cast<Bytef *>(room.data());
        z.avail_out = static_cast<uInt>(room.size());
        SB_CHECK(deflate(&z, flush) != Z_STREAM_ERROR);
        m_out.append(room.data(), room.size() - z.avail_out);
    } while (z.avail_out == 0);
}

struct GzipLines::Stream
{
    z_stream z{};
    std::string_view left;
    Got state = Got::Line; ///< of the compressed bytes: Line means that there may be more
};

GzipLines::GzipLines(std::string_view bytes, std::size_t lineBytesMax, std::uint64_t textBytesMax)
    : m_stream(std::make_unique<Stream>())
    , m_lineBytesMax(lineBytesMax)
    , m_textBytesMax(textBytesMax)
{
    m_stream->left = bytes;
    SB_CHECK(inflateInit2(&m_stream->z, kGzip) == Z_OK);
}

GzipLines::~GzipLines()
{
    inflateEnd(&m_stream->z);
}

/// Decompresses a piece more: Line where it could, else what ended it.
GzipLines::Got GzipLines::more()
{
    Stream &stream = *m_stream;
    z_stream &z = stream.z;
    if (stream.state != Got::Line) {
        return stream.state;
    }
    if (m_begin > 0) {
        m_text.erase(0, m_begin);
        m_begin = 0;
    }
    std::array<char, kPiece> room;
    const std::string_view piece = stream.left.substr(0, kPiece);
    z.next_in = bytesOf(piece);
    z.avail_in = static_cast<uInt>(piece.size());
    z.next_out = reinterpret_cast<Bytef *>(room.data());
    z.avail_out = static_cast<uInt>(room.size());
    const int outcome = inflate(&z, Z_NO_FLUSH);
    const std::size_t written = room.size() - z.avail_out;
    stream.left.remove_prefix(piece.size() - z.avail_in);
    m_text.append(room.data(), written);
    m_total += written;
    if (m_total > m_textBytesMax) {
        stream.state = Got::TooLong;
    } else if (outcome == Z_STREAM_END) {
        stream.state = Got::End;
    } else if (outcome != Z_OK && outcome != Z_BUF_ERROR) {
        stream.state = Got::Damaged;
    } else if (written == 0 && stream.left.empty()) {
        stream.state = Got::Cut;
    }
    return written > 0 ? Got::Line : stream.state;
}

GzipLines::Got GzipLines::next(std::string &line)
{
    std::size_t looked = m_begin;
    for (;;) {
        const std::size_t end = m_text.find('\n', looked);
        if (end != std::string::npos) {
            line.assign(m_text, m_begin, end - m_begin);
            m_begin = end + 1;
            return line.size() <= m_lineBytesMax ? Got::Line : Got::TooLong;
        }
        if (m_text.size() - m_begin > m_lineBytesMax) {
            return Got::TooLong;
        }
        looked = m_text.size() - m_begin; // more() moves what is left to the front
        const Got got = more();
        if (got == Got::Line) {
            continue;
        }
        if (got == Got::End && m_begin < m_text.size()) {
            line.assign(m_text, m_begin);
            m_begin = m_text.size();
            return Got::Line;
        }
        return got;
    }
}

} // namespace signalbox::runtime
