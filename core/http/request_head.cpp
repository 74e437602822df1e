// SPDX-License-Identifier: Apache-2.0
#include "core/http/request_head.h"

#include "core/base/bounds.h"
#include "core/base/text.h"
#include "core/http/syntax.h"
#include "core/http/url.h"

#include <algorithm>

namespace signalbox::http {
namespace {

Status<Error> readVersion(std::string_view text, RequestHead &head)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    const bool formed = text.size() == 8 && text.starts_with("HTTP/") && isDigit(text[5])
                        && text[6] == '.' && isDigit(text[7]);
    if (!formed) {
        return Failure{Error::BadStartLine};
    }
    if (text != "HTTP/1.1" && text != "HTTP/1.0") {
        return Failure{Error::UnsupportedVersion};
    }
    head.version = text == "HTTP/1.1" ? Version::Http11 : Version::Http10;
    return Nothing{};
}

void splitPath(std::string_view text, RequestHead &head)
{
    const std::size_t mark = std::min(text.find('?'), text.size());
    head.path = text.substr(0, mark);
    head.query = text.substr(std::min(mark + 1, text.size()));
}

/// `http://host[:port][/path][?query]`, as clients write it to what they take for a proxy.
Status<Error> readAbsolute(std::string_view target, RequestHead &head)
{
    const std::size_t schemeEnd = target.find("://");
    const std::string_view scheme = target.substr(0, schemeEnd);
    if (!equalsIgnoreCase(scheme, "http") && !equalsIgnoreCase(scheme, "https")) {
        return Failure{Error::BadTarget};
    }
    const std::string_view rest = target.substr(schemeEnd + 3);
    const std::size_t authorityEnd = std::min(rest.find_first_of("/?"), rest.size());
    const std::string_view authority = rest.substr(0, authorityEnd);
    if (!parseAuthority(authority)) {
        return Failure{Error::BadTarget};
    }
    head.authority = authority;
    splitPath(rest.substr(authorityEnd), head);
    if (head.path.empty()) {
        head.path = head.method == "OPTIONS" && head.query.empty() ? "*" : "/";
    }
    return Nothing{};
}

Status<Error> readTarget(std::string_view target, RequestHead &head)
{
    if (!isVisible(target) || target.find('#') != std::string_view::npos) {
        return Failure{Error::BadTarget};
    }
    head.target = target;
    if (head.method == "CONNECT") {
        const auto authority = parseAuthority(target);
        if (!authority || !authority->port) {
            return Failure{Error::BadTarget};
        }
        head.authority = target;
        return Nothing{};
    }
    if (target.starts_with('/')) {
        splitPath(target, head);
        return Nothing{};
    }
    if (target == "*" && head.method == "OPTIONS") {
        head.path = target;
        return Nothing{};
    }
    if (target.find("://") != std::string_view::npos) {
        return readAbsolute(target, head);
    }
    return Failure{Error::BadTarget};
}

Status<Error> settleHost(RequestHead &head)
{
    const std::size_t hosts = head.headers.count("Host");
    if (hosts > 1) {
        return Failure{Error::HostRepeated};
    }
    if (hosts == 0) {
        const bool mayLack = head.version == Version::Http10;
        return mayLack ? Status<Error>(Nothing{}) : Failure{Error::HostMissing};
    }
    const std::string_view host = *head.headers.find("Host");
    if (!parseAuthority(host)) {
        return Failure{Error::BadHost};
    }
    // An absolute target wins over Host (RFC 9112 section 3.2.2).
    if (head.authority.empty()) {
        head.authority = host;
    }
    return Nothing{};
}

Status<Error> settleTransferCoding(RequestHead &head)
{
    if (head.version == Version::Http10) {
        return Failure{Error::TransferCodingInHttp10};
    }
    if (head.headers.has("Content-Length")) {
        return Failure{Error::LengthWithTransferCoding};
    }
    const bool single = head.headers.count("Transfer-Encoding") == 1;
    const std::string_view value = *head.headers.find("Transfer-Encoding");
    if (single && equalsIgnoreCase(value, "chunked")) {
        head.chunked = true;
        return Nothing{};
    }
    const bool misplaced = value.empty() || head.headers.listHas("Transfer-Encoding", "chunked");
    return Failure{misplaced ? Error::BadTransferCoding : Error::UnsupportedTransferCoding};
}

Status<Error> settleLength(RequestHead &head, const Limits &limits)
{
    const std::size_t lengths = head.headers.count("Content-Length");
    if (lengths == 0) {
        return Nothing{};
    }
    // Equal ones too: whoever sends two has been through something that does not parse them alike.
    if (lengths > 1) {
        return Failure{Error::LengthRepeated};
    }
    head.contentLength = parseDecimal(*head.headers.find("Content-Length"));
    if (!head.contentLength) {
        return Failure{Error::BadLength};
    }
    if (*head.contentLength > limits.bodyBytesMax) {
        return Failure{Error::BodyTooLarge};
    }
    return Nothing{};
}

Status<Error> settleExpectation(RequestHead &head)
{
    const auto expected = head.headers.find("Expect");
    if (!expected || head.version == Version::Http10) {
        return Nothing{};
    }
    if (head.headers.count("Expect") > 1 || !equalsIgnoreCase(*expected, "100-continue")) {
        return Failure{Error::UnsupportedExpectation};
    }
    head.expectContinue = head.hasBody();
    return Nothing{};
}

} // namespace

Status<Error> readRequestLine(std::string_view line, RequestHead &head)
{
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) {
        return Failure{Error::BadStartLine};
    }
    const std::string_view method = line.substr(0, first);
    if (!isToken(method) || method.size() > bounds::kMethodBytesMax) {
        return Failure{Error::BadMethod};
    }
    head.method = method;
    const std::string_view target = line.substr(first + 1, last - first - 1);
    if (target.empty() || target.find(' ') != std::string_view::npos) {
        return Failure{Error::BadStartLine};
    }
    if (const auto version = readVersion(line.substr(last + 1), head); !version) {
        return version;
    }
    return readTarget(target, head);
}

Status<Error> settleRequestHead(RequestHead &head, const Limits &limits)
{
    if (const auto host = settleHost(head); !host) {
        return host;
    }
    const bool coded = head.headers.has("Transfer-Encoding");
    if (const auto body = coded ? settleTransferCoding(head) : settleLength(head, limits); !body) {
        return body;
    }
    if (const auto expectation = settleExpectation(head); !expectation) {
        return expectation;
    }
    const bool asksToStay = head.version == Version::Http11
                            || head.headers.listHas("Connection", "keep-alive");
    // What cannot be read may have been `close`.
    head.keepAlive = asksToStay && head.headers.listIsTokens("Connection")
                     && !head.headers.listHas("Connection", "close") && head.method != "CONNECT";
    return Nothing{};
}

} // namespace signalbox::http
