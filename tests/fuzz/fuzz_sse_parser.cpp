// SPDX-License-Identifier: Apache-2.0
// However the bytes are cut, the events are the same ones.
#include "tests/fuzz/cuts.h"

#include "core/base/check.h"
#include "core/http/sse_parser.h"

#include <string>

namespace {

using signalbox::http::SseParser;

class Reader
{
public:
    void feed(std::string_view bytes)
    {
        for (auto got = m_parser.take(bytes); got != SseParser::Got::NeedMore && !m_failed;
             got = m_parser.take(bytes)) {
            note(got);
        }
    }
    std::string end()
    {
        if (!m_failed) {
            note(m_parser.finish());
        }
        return m_log;
    }

private:
    void note(SseParser::Got got)
    {
        if (got == SseParser::Got::Event) {
            m_log += "event " + m_parser.event().event + '|' + m_parser.event().data + '\n';
        } else if (got == SseParser::Got::Comment) {
            m_log.append("comment ").append(m_parser.comment()).append("\n");
        } else if (got == SseParser::Got::Failed) {
            m_failed = true;
            m_log += "failed";
        }
    }

    SseParser m_parser;
    std::string m_log;
    bool m_failed = false;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    Reader pieces;
    signalbox::fuzz::inPieces(data, size, [&](std::string_view bytes) { pieces.feed(bytes); });
    Reader once;
    once.feed(signalbox::fuzz::whole(data, size));
    SB_CHECK(pieces.end() == once.end());
    return 0;
}
