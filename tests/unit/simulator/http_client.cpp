// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/simulator/http_client.h"

#include "core/base/text.h"

#include <array>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <sstream>

namespace signalbox::simulator {

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;

} // namespace

std::string HttpAnswer::header(const std::string &name) const
{
    for (const auto &entry : headers) {
        if (entry.first == name)
            return entry.second;
    }
    return {};
}

Json HttpAnswer::json() const
{
    return parseJson(body).value_or(Json(nullptr));
}

std::vector<std::string> HttpAnswer::events() const
{
    std::vector<std::string> list;
    std::istringstream lines(body);
    for (std::string line; std::getline(lines, line);) {
        if (line.rfind("data: ", 0) == 0)
            list.push_back(line.substr(6));
    }
    return list;
}

std::vector<Json> HttpAnswer::chunks() const
{
    std::vector<Json> list;
    for (const std::string &event : events()) {
        if (std::optional<Json> json = parseJson(event))
            list.push_back(std::move(*json));
    }
    return list;
}

HttpClient::HttpClient(int port)
{
    m_socket.connect({asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(port)},
                     m_connectError);
}

HttpAnswer HttpClient::exchange(const HttpRequest &request)
{
    send(request);
    return receive();
}

void HttpClient::send(const HttpRequest &request)
{
    http::request<http::string_body> message(http::string_to_verb(request.method),
                                             request.target,
                                             11);
    message.set(http::field::host, "127.0.0.1");
    message.set(http::field::content_type, "application/json");
    for (const auto &header : request.headers)
        message.set(header.first, header.second);
    message.body() = request.body;
    message.prepare_payload();
    boost::system::error_code ignored; // a refusing peer shows when reading
    http::write(m_socket, message, ignored);
}

HttpAnswer HttpClient::receive()
{
    http::response_parser<http::string_body> parser;
    HttpAnswer answer;
    http::read(m_socket, m_buffer, parser, answer.error);
    const auto &message = parser.get();
    if (parser.is_header_done())
        answer.status = static_cast<int>(message.result_int());
    for (const auto &field : message) {
        const std::string name(field.name_string().data(), field.name_string().size());
        answer.headers.emplace_back(toLowerAscii(name),
                                    std::string(field.value().data(), field.value().size()));
    }
    answer.body = message.body();
    return answer;
}

std::string HttpClient::readUntil(const std::string &text)
{
    std::string all;
    std::array<char, 4096> bytes{};
    boost::system::error_code error;
    while (!error && all.find(text) == std::string::npos)
        all.append(bytes.data(), m_socket.read_some(asio::buffer(bytes), error));
    return all;
}

void HttpClient::close()
{
    boost::system::error_code ignored;
    m_socket.close(ignored);
}

} // namespace signalbox::simulator
