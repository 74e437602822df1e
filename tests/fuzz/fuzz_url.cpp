// SPDX-License-Identifier: Apache-2.0
// A URL that is accepted reads the same again from its own text; escapes undo each other.
#include "core/base/check.h"
#include "core/http/syntax.h"
#include "core/http/target.h"
#include "core/http/url.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace {

using namespace signalbox::http;

void checkUrl(std::string_view text)
{
    if (const auto url = parseUrl(text)) {
        const auto again = parseUrl(url->text());
        SB_CHECK(again && *again == *url);
        const std::string host = url->hostHeader(); // parseAuthority() borrows
        const auto authority = parseAuthority(host);
        SB_CHECK(authority && authority->host == url->host);
        SB_CHECK(!url->host.empty() && url->port > 0);
    }
    if (const auto listen = parseListenAddress(text)) {
        SB_CHECK(!listen->host.empty());
    }
}

/// What comes here is part of a request's target, which is visible ASCII.
void checkEscapes(std::string_view text)
{
    if (!isVisible(text)) {
        return;
    }
    if (const auto path = decodePath(text)) {
        const auto again = decodePath(escapeSegment(*path));
        SB_CHECK(again && *again == *path);
    }
    if (const auto items = parseQuery(text)) {
        std::string written;
        for (const auto &[name, value] : *items) {
            written += (written.empty() ? "" : "&") + escapeSegment(name) + '='
                       + escapeSegment(value);
        }
        const auto again = parseQuery(written);
        SB_CHECK(again && *again == *items);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    checkUrl(text);
    checkEscapes(text);
    return 0;
}
