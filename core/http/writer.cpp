// SPDX-License-Identifier: Apache-2.0
#include "core/http/writer.h"

#include "core/base/check.h"
#include "core/http/syntax.h"

#include <array>
#include <charconv>
#include <utility>

namespace signalbox::http {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

Status<Error> checkHeaders(const Headers &headers)
{
    for (const Header &header : headers) {
        if (!isToken(header.name)) {
            return Failure{Error::BadHeaderName};
        }
        if (!isFieldValue(header.value)) {
            return Failure{Error::BadHeaderValue};
        }
    }
    return Nothing{};
}

void appendHeaders(std::string &out, const Headers &headers)
{
    for (const Header &header : headers) {
        out.append(header.name).append(": ").append(header.value).append(kLineEnd);
    }
    out.append(kLineEnd);
}

void appendNumber(std::string &out, std::size_t number, int base)
{
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, base).ptr;
    out.append(digits.data(), end);
}

} // namespace

Status<Error> appendRequestHead(std::string &out,
                                std::string_view method,
                                std::string_view target,
                                const Headers &headers)
{
    if (!isToken(method)) {
        return Failure{Error::BadMethod};
    }
    if (!target.starts_with('/') || !isVisible(target)) {
        return Failure{Error::BadTarget};
    }
    if (const auto checked = checkHeaders(headers); !checked) {
        return checked;
    }
    out.append(method).append(" ").append(target).append(" HTTP/1.1\r\n");
    appendHeaders(out, headers);
    return Nothing{};
}

Status<Error> appendResponseHead(std::string &out, int status, const Headers &headers)
{
    SB_CHECK(status >= 100 && status <= 599);
    if (const auto checked = checkHeaders(headers); !checked) {
        return checked;
    }
    out.append("HTTP/1.1 ");
    appendNumber(out, static_cast<std::size_t>(status), 10);
    out.append(" ").append(reasonPhrase(status)).append(kLineEnd);
    appendHeaders(out, headers);
    return Nothing{};
}

void appendContinue(std::string &out)
{
    out.append("HTTP/1.1 100 Continue\r\n\r\n");
}

void appendChunk(std::string &out, std::string_view data)
{
    if (data.empty()) {
        return;
    }
    appendNumber(out, data.size(), 16);
    out.append(kLineEnd).append(data).append(kLineEnd);
}

void appendLastChunk(std::string &out)
{
    out.append("0\r\n\r\n");
}

std::string_view reasonPhrase(int status)
{
    static constexpr std::pair<int, std::string_view> kPhrases[] = {
        {100, "Continue"},
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {204, "No Content"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {304, "Not Modified"},
        {307, "Temporary Redirect"},
        {308, "Permanent Redirect"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {402, "Payment Required"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {406, "Not Acceptable"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {411, "Length Required"},
        {412, "Precondition Failed"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {417, "Expectation Failed"},
        {422, "Unprocessable Content"},
        {424, "Failed Dependency"},
        {425, "Too Early"},
        {428, "Precondition Required"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {502, "Bad Gateway"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
        {505, "HTTP Version Not Supported"},
        {529, "Overloaded"},
    };
    for (const auto &[known, phrase] : kPhrases) {
        if (known == status) {
            return phrase;
        }
    }
    return {};
}

} // namespace signalbox::http
