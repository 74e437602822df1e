// SPDX-License-Identifier: Apache-2.0
#include "core/http/sse_writer.h"

#include "core/base/check.h"
#include "core/http/syntax.h"

namespace signalbox::http {
namespace {

bool isOneLine(std::string_view text)
{
    return findLineBreak(text) == text.size();
}

} // namespace

void appendEvent(std::string &out, std::string_view data, std::string_view event)
{
    SB_CHECK(isOneLine(event));
    if (!event.empty()) {
        out.append("event: ").append(event).append("\n");
    }
    for (;;) {
        const std::size_t end = findLineBreak(data);
        out.append("data: ").append(data.substr(0, end)).append("\n");
        if (end == data.size()) {
            break;
        }
        data.remove_prefix(end + (data.substr(end).starts_with("\r\n") ? 2 : 1));
    }
    out.append("\n");
}

void appendComment(std::string &out, std::string_view text)
{
    SB_CHECK(isOneLine(text));
    out.append(": ").append(text).append("\n\n");
}

} // namespace signalbox::http
