// SPDX-License-Identifier: Apache-2.0
#include "tests/support/http_client.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <utility>

namespace signalbox::tests {

namespace {

std::string lowered(std::string text)
{
    std::ranges::transform(text, text.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    return text;
}

bool contains(const HeaderList &headers, std::string_view name)
{
    return std::ranges::any_of(headers, [name](const auto &header) {
        return lowered(header.first) == name;
    });
}

std::size_t numberIn(std::string_view text, int base)
{
    std::size_t value = std::string::npos;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value, base);
    return read.ptr == text.data() + text.size() ? value : std::string::npos;
}

} // namespace

std::string HttpRequest::bytes() const
{
    std::string text = method + " " + path + " HTTP/1.1\r\n";
    if (!contains(headers, "host")) {
        text += "host: 127.0.0.1\r\n";
    }
    for (const auto &[name, value] : headers) {
        text += name + ": " + value + "\r\n";
    }
    const bool framed = contains(headers, "content-length")
                        || contains(headers, "transfer-encoding");
    if (!framed && (!body.empty() || method == "POST")) {
        text += "content-length: " + std::to_string(body.size()) + "\r\n";
    }
    return text + "\r\n" + body;
}

std::string HttpReply::header(std::string_view name) const
{
    const auto found = std::ranges::find_if(headers, [name](const auto &header) {
        return header.first == name;
    });
    return found == headers.end() ? std::string() : found->second;
}

bool HttpReply::has(std::string_view name) const
{
    return contains(headers, name);
}

Json HttpReply::json() const
{
    Json parsed = Json::parse(body, nullptr, false);
    return parsed.is_discarded() ? Json() : parsed;
}

Json HttpReply::error() const
{
    const Json whole = json();
    return whole.is_object() ? whole.value("error", Json::object()) : Json::object();
}

std::vector<std::string> HttpReply::events() const
{
    constexpr std::string_view prefix = "data: ";
    std::vector<std::string> found;
    std::size_t at = 0;
    while (at < body.size()) {
        const std::size_t end = std::min(body.find('\n', at), body.size());
        const std::string line = body.substr(at, end - at);
        if (line.starts_with(prefix)) {
            found.push_back(line.substr(prefix.size()));
        }
        at = end + 1;
    }
    return found;
}

std::string HttpReply::streamedText() const
{
    std::string text;
    for (const std::string &event : events()) {
        const Json chunk = Json::parse(event, nullptr, false);
        if (chunk.is_object() && chunk.contains("choices") && !chunk["choices"].empty()) {
            const Json delta = chunk["choices"][0].value("delta", Json::object());
            text += delta.contains("content") && delta["content"].is_string()
                        ? delta["content"].get<std::string>()
                        : std::string();
        }
    }
    return text;
}

HttpConnection::HttpConnection(int port, TcpClient::Options options)
    : m_tcp(port, options)
{}

bool HttpConnection::send(const HttpRequest &request)
{
    m_headOnly = request.method == "HEAD";
    return m_tcp.send(request.bytes());
}

void HttpConnection::begin()
{
    if (!m_begun) {
        m_reply = {};
        m_hasHead = false;
        m_begun = true;
    }
    parseBody();
}

HttpReply HttpConnection::receive(milliseconds patience)
{
    const auto deadline = Clock::now() + patience;
    begin();
    while (!m_reply.complete) {
        const auto left = std::chrono::duration_cast<milliseconds>(deadline - Clock::now());
        if (!m_tcp.receive(m_unread, left)) {
            const bool untilClose = m_hasHead && !m_reply.has("content-length")
                                    && !m_reply.has("transfer-encoding") && m_tcp.ended()
                                    && !m_tcp.wasReset();
            if (untilClose) {
                m_reply.body += std::exchange(m_unread, {});
                m_reply.complete = true;
            }
            break;
        }
        parseBody();
    }
    m_begun = false;
    return m_reply;
}

bool HttpConnection::receiveUntil(std::string_view text, milliseconds patience)
{
    const auto deadline = Clock::now() + patience;
    begin();
    while (m_reply.body.find(text) == std::string::npos) {
        const auto left = std::chrono::duration_cast<milliseconds>(deadline - Clock::now());
        if (m_reply.complete || !m_tcp.receive(m_unread, left)) {
            return false;
        }
        parseBody();
    }
    return true;
}

bool HttpConnection::parseHead()
{
    const std::size_t end = m_unread.find("\r\n\r\n");
    if (end == std::string::npos) {
        return false;
    }
    const std::string head = m_unread.substr(0, end + 2);
    m_unread.erase(0, end + 4);
    std::size_t at = head.find("\r\n");
    const std::string statusLine = head.substr(0, at);
    m_reply.status = std::stoi(statusLine.substr(statusLine.find(' ') + 1, 3));
    for (at += 2; at < head.size();) {
        const std::size_t lineEnd = head.find("\r\n", at);
        const std::string line = head.substr(at, lineEnd - at);
        const std::size_t colon = line.find(':');
        std::string value = line.substr(colon + 1);
        value.erase(0, value.find_first_not_of(' '));
        m_reply.headers.emplace_back(lowered(line.substr(0, colon)), value);
        at = lineEnd + 2;
    }
    return true;
}

void HttpConnection::parseBody()
{
    if (!m_hasHead && !parseHead()) {
        return;
    }
    if (!m_hasHead && m_reply.status == 100) {
        m_reply = {};
        parseBody();
        return;
    }
    m_hasHead = true;
    if (m_headOnly) {
        m_reply.complete = true;
        return;
    }
    if (m_reply.has("transfer-encoding")) {
        while (!m_reply.complete && parseChunk()) {}
        return;
    }
    const std::size_t length = numberIn(m_reply.header("content-length"), 10);
    if (length == std::string::npos) {
        return; // until the connection ends
    }
    const std::size_t missing = length - m_reply.body.size();
    m_reply.body += m_unread.substr(0, missing);
    m_unread.erase(0, missing);
    m_reply.complete = m_reply.body.size() == length;
}

bool HttpConnection::parseChunk()
{
    const std::size_t lineEnd = m_unread.find("\r\n");
    if (lineEnd == std::string::npos) {
        return false;
    }
    const std::size_t size = numberIn(std::string_view(m_unread).substr(0, lineEnd), 16);
    const std::size_t whole = lineEnd + 2 + size + 2;
    if (size == std::string::npos || m_unread.size() < whole) {
        return false;
    }
    m_reply.body += m_unread.substr(lineEnd + 2, size);
    m_reply.complete = size == 0;
    m_unread.erase(0, whole);
    return true;
}

HttpReply HttpConnection::exchange(const HttpRequest &request, milliseconds patience)
{
    return send(request) ? receive(patience) : HttpReply();
}

HttpReply fetch(int port, const HttpRequest &request, milliseconds patience)
{
    HttpConnection connection(port);
    return connection.exchange(request, patience);
}

HttpReply get(int port, const std::string &path, HeaderList headers)
{
    return fetch(port, {"GET", path, {}, std::move(headers)});
}

} // namespace signalbox::tests
