// SPDX-License-Identifier: Apache-2.0
// However the bytes are cut, the requests are the same ones.
#include "tests/fuzz/cuts.h"

#include "core/base/check.h"
#include "core/http/request_parser.h"

#include <string>

namespace {

using signalbox::http::RequestParser;
using signalbox::http::Stage;

/// What a stream of requests comes to, as text.
class Reader
{
public:
    void feed(std::string_view bytes)
    {
        while (!bytes.empty() && m_parser.stage() != Stage::Failed) {
            bytes.remove_prefix(m_parser.feed(bytes));
            if (m_parser.stage() == Stage::Complete) {
                const auto head = m_parser.takeHead();
                m_log += head.method + ' ' + head.target + ' ' + m_parser.takeBody() + '\n';
                m_parser.reset();
            }
        }
    }
    std::string end()
    {
        const bool failed = m_parser.stage() == Stage::Failed;
        return m_log + (failed ? std::string(describe(m_parser.error())) : "open");
    }

private:
    RequestParser m_parser;
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
