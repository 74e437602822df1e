// SPDX-License-Identifier: Apache-2.0
// Lines of text in gzip (RFC 1952), written and read piece by piece.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace signalbox::runtime {

/// What is written so far is held in memory. Used by one thread at a time.
class GzipWriter
{
public:
    GzipWriter();
    ~GzipWriter();
    GzipWriter(const GzipWriter &) = delete;
    GzipWriter &operator=(const GzipWriter &) = delete;

    void add(std::string_view text);
    /// Bytes of text that were added.
    [[nodiscard]] std::uint64_t textBytes() const { return m_textBytes; }
    /// Compressed bytes so far; what the compressor holds back is not counted.
    [[nodiscard]] std::size_t bytes() const { return m_out.size(); }
    /// All of it. Nothing may be added afterwards.
    [[nodiscard]] std::string finish();

private:
    struct Stream;
    void pump(std::string_view text, int flush);

    std::unique_ptr<Stream> m_stream;
    std::string m_out;
    std::uint64_t m_textBytes = 0;
};

/// Never holds more than one line, however much a small file pretends to contain.
class GzipLines
{
public:
    enum class Got : std::uint8_t {
        Line,
        End, ///< there are no more, and the checksum is right
        Cut, ///< the bytes end before the text does
        Damaged, ///< no gzip, or not what was written
        TooLong, ///< a line of more than \p lineBytesMax, or a text of more than \p textBytesMax
    };

    /// \p bytes must outlive it.
    GzipLines(std::string_view bytes, std::size_t lineBytesMax, std::uint64_t textBytesMax);
    ~GzipLines();
    GzipLines(const GzipLines &) = delete;
    GzipLines &operator=(const GzipLines &) = delete;

    /// \p line is the next one, without its end, where the answer is Line. A last one without an end
    /// is one. After another answer than Line there is nothing more to be had.
    [[nodiscard]] Got next(std::string &line);

private:
    struct Stream;
    [[nodiscard]] Got more();

    std::unique_ptr<Stream> m_stream;
    std::string m_text; ///< decompressed, from m_begin on not handed out yet
    std::size_t m_begin = 0;
    std::uint64_t m_total = 0;
    const std::size_t m_lineBytesMax;
    const std::uint64_t m_textBytesMax;
};

} // namespace signalbox::runtime
