// SPDX-License-Identifier: Apache-2.0
// A small strict HTTP/1.1 client, written apart from the gateway's own codec.
#pragma once

#include "tests/support/tcp_client.h"

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace signalbox::tests {

using Json = nlohmann::ordered_json;
using HeaderList = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest
{
    std::string method = "POST";
    std::string path;
    std::string body;
    HeaderList headers =
        {}; ///< beside Host and Content-Length, which are added unless they are here

    /// As it goes over the wire.
    [[nodiscard]] std::string bytes() const;
};

struct HttpReply
{
    int status = 0; ///< 0: no head came
    std::string reason;
    HeaderList headers; ///< names in lower case
    std::string body; ///< without its framing
    bool complete = false; ///< it ended as its framing promised

    /// Empty when it is not there.
    [[nodiscard]] std::string header(std::string_view name) const;
    [[nodiscard]] bool has(std::string_view name) const;
    /// The body as JSON; null where it is none.
    [[nodiscard]] Json json() const;
    /// The `error` object of the body.
    [[nodiscard]] Json error() const;
    /// What follows `data: ` in an SSE body, event by event.
    [[nodiscard]] std::vector<std::string> events() const;
    /// The text that the deltas of a chat stream make together.
    [[nodiscard]] std::string streamedText() const;
};

/// One connection, for any number of requests after one another.
class HttpConnection
{
public:
    explicit HttpConnection(int port, TcpClient::Options options = {});

    bool send(const HttpRequest &request);
    /// Reads the next answer to its end, or as far as it comes in time.
    HttpReply receive(milliseconds patience = kPatience);
    /// Reads on in the answer begun until its body contains \p text; false if that never comes.
    bool receiveUntil(std::string_view text, milliseconds patience = kPatience);
    /// The answer as far as it has been read.
    [[nodiscard]] const HttpReply &partial() const { return m_reply; }
    HttpReply exchange(const HttpRequest &request, milliseconds patience = kPatience);
    [[nodiscard]] TcpClient &tcp() { return m_tcp; }

private:
    void begin();
    bool parseHead();
    void parseBody();
    bool parseChunk();

    TcpClient m_tcp;
    std::string m_unread;
    HttpReply m_reply;
    bool m_hasHead = false;
    bool m_begun = false;
    bool m_headOnly = false; ///< the request was HEAD
};

/// One request on a connection of its own.
HttpReply fetch(int port, const HttpRequest &request, milliseconds patience = kPatience);
HttpReply get(int port, const std::string &path, HeaderList headers = {});

} // namespace signalbox::tests
