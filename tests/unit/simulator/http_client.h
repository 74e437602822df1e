// SPDX-License-Identifier: Apache-2.0
// A plain blocking HTTP client on Boost.Beast, for looking at a simulator from outside.
#pragma once

#include "app/simulator/json.h"

#include <QFloat16> // QCOMPARE tries to convert JSON to it, so it must be complete

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <string>
#include <utility>
#include <vector>

namespace signalbox::simulator {

/// What came back; with an error, what came before it.
struct HttpAnswer
{
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers; ///< names in lower case
    std::string body;
    boost::system::error_code error;

    [[nodiscard]] std::string header(const std::string &name) const;
    /// The body as JSON; null where it is none.
    [[nodiscard]] Json json() const;
    /// The `data:` lines of an SSE body.
    [[nodiscard]] std::vector<std::string> events() const;
    /// Those that are JSON.
    [[nodiscard]] std::vector<Json> chunks() const;
};

struct HttpRequest
{
    std::string method = "POST";
    std::string target;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
};

/// One connection to 127.0.0.1.
class HttpClient
{
public:
    explicit HttpClient(int port);

    [[nodiscard]] boost::system::error_code connectError() const { return m_connectError; }
    HttpAnswer exchange(const HttpRequest &request);
    void send(const HttpRequest &request);
    HttpAnswer receive();
    /// Raw bytes until they contain \p text, or the connection ends.
    std::string readUntil(const std::string &text);
    void close();

private:
    boost::asio::io_context m_io;
    boost::asio::ip::tcp::socket m_socket{m_io};
    boost::beast::flat_buffer m_buffer;
    boost::system::error_code m_connectError;
};

} // namespace signalbox::simulator
