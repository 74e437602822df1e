// SPDX-License-Identifier: Apache-2.0
// However the bytes are cut, the answers are the same ones.
#include "tests/fuzz/cuts.h"

#include "core/base/check.h"
#include "core/http/response_parser.h"

#include <string>

namespace {

using signalbox::http::ResponseParser;
using signalbox::http::Stage;

/// What the answers on one connection come to, as text.
class Reader
{
public:
    void feed(std::string_view bytes)
    {
        while (!bytes.empty() && m_parser.stage() < Stage::Complete) {
            const auto step = m_parser.feed(bytes);
            SB_CHECK(step.taken <= bytes.size());
            SB_CHECK(step.taken > 0 || m_parser.stage() == Stage::Failed);
            bytes.remove_prefix(step.taken);
            m_log += step.body;
            if (m_parser.stage() == Stage::Complete && m_parser.reusable()) {
                noteHead();
                m_parser.reset();
            }
        }
    }
    std::string end()
    {
        m_parser.finish();
        if (m_parser.stage() == Stage::Complete) {
            noteHead();
            return m_log + " complete";
        }
        SB_CHECK(m_parser.stage() == Stage::Failed || !m_parser.begun());
        return m_log
               + (m_parser.begun() ? std::string(describe(m_parser.error()))
                                   : std::string(" open"));
    }

private:
    void noteHead()
    {
        const auto &head = m_parser.head();
        m_log += ' ' + std::to_string(head.status) + ' ' + head.reason + ' '
                 + std::to_string(static_cast<int>(head.framing)) + '\n';
    }

    ResponseParser m_parser;
    std::string m_log;
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
