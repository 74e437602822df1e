// SPDX-License-Identifier: Apache-2.0
#include "core/http/response_head.h"

#include "core/base/text.h"
#include "core/http/syntax.h"

namespace signalbox::http {
namespace {

Status<Error> settleTransferCoding(ResponseHead &head)
{
    const bool single = head.headers.count("Transfer-Encoding") == 1;
    const std::string_view value = *head.headers.find("Transfer-Encoding");
    if (!single || !equalsIgnoreCase(value, "chunked")) {
        const bool misplaced = value.empty()
                               || head.headers.listHas("Transfer-Encoding", "chunked");
        return Failure{misplaced ? Error::BadTransferCoding : Error::UnsupportedTransferCoding};
    }
    head.framing = Framing::Chunked;
    // Whoever frames in two ways may mean the other one next time: this connection ends here.
    if (head.headers.has("Content-Length") || head.version == Version::Http10) {
        head.keepAlive = false;
    }
    return Nothing{};
}

Status<Error> settleLength(ResponseHead &head)
{
    std::optional<std::uint64_t> length;
    for (const Header &header : head.headers) {
        if (!equalsIgnoreCase(header.name, "Content-Length")) {
            continue;
        }
        const auto value = parseDecimal(header.value);
        if (!value) {
            return Failure{Error::BadLength};
        }
        if (length && *length != *value) {
            return Failure{Error::LengthRepeated};
        }
        length = value;
    }
    head.framing = length ? Framing::Length : Framing::UntilClose;
    head.contentLength = length.value_or(0);
    return Nothing{};
}

} // namespace

Status<Error> readStatusLine(std::string_view line, ResponseHead &head)
{
    if (!line.starts_with("HTTP/")) {
        return Failure{Error::BadStatusLine};
    }
    const std::string_view version = line.substr(0, line.find(' '));
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
        return Failure{Error::UnsupportedVersion};
    }
    head.version = version == "HTTP/1.1" ? Version::Http11 : Version::Http10;
    const std::string_view rest = line.substr(version.size());
    const auto status = rest.size() >= 4 ? parseDecimal(rest.substr(1, 3)) : std::nullopt;
    const bool ends = rest.size() == 4 || (rest.size() > 4 && rest[4] == ' ');
    if (!status || !ends || *status < 100 || *status > 599) {
        return Failure{Error::BadStatusLine};
    }
    head.status = static_cast<int>(*status);
    head.reason = rest.size() > 5 ? rest.substr(5) : std::string_view();
    if (!isFieldValue(head.reason)) {
        return Failure{Error::BadStatusLine};
    }
    return Nothing{};
}

Status<Error> settleResponseHead(ResponseHead &head, bool answersHead)
{
    const bool asksToStay = head.version == Version::Http11
                            || head.headers.listHas("Connection", "keep-alive");
    // What cannot be read may have been `close`.
    head.keepAlive = asksToStay && head.headers.listIsTokens("Connection")
                     && !head.headers.listHas("Connection", "close");
    const bool bodiless = answersHead || head.status < 200 || head.status == 204
                          || head.status == 304;
    const bool coded = head.headers.has("Transfer-Encoding");
    if (bodiless) {
        // No body follows whatever it says, but a length that is none speaks against the sender.
        const auto length = coded ? Status<Error>(Nothing{}) : settleLength(head);
        head.framing = Framing::None;
        head.contentLength = 0;
        return length;
    }
    const auto settled = coded ? settleTransferCoding(head) : settleLength(head);
    if (head.framing == Framing::UntilClose) {
        head.keepAlive = false;
    }
    return settled;
}

} // namespace signalbox::http
