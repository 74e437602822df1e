// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/request_reader.h"

#include "core/base/text.h"

namespace signalbox::simulator {

namespace http = boost::beast::http;

namespace {

std::string bearerOf(std::string_view authorization)
{
    constexpr std::string_view kScheme = "Bearer ";
    if (!equalsIgnoreCase(authorization.substr(0, kScheme.size()), kScheme)) {
        return {};
    }
    return std::string(trimmed(authorization.substr(kScheme.size())));
}

std::string_view view(boost::beast::string_view text)
{
    return {text.data(), text.size()};
}

} // namespace

Request readRequest(http::request<http::string_body> &message, std::optional<std::size_t> ownPortOf)
{
    const std::string target(view(message.target()));
    const std::size_t mark = std::min(target.find('?'), target.size());
    Request request;
    request.method = view(message.method_string());
    request.path = target.substr(0, mark);
    request.query = mark < target.size() ? target.substr(mark + 1) : "";
    request.body = std::move(message.body());
    request.bearer = bearerOf(view(message[http::field::authorization]));
    request.apiKey = view(message["x-api-key"]);
    request.googleKey = view(message["x-goog-api-key"]);
    request.hasVersion = message.find("anthropic-version") != message.end();
    request.provider = ownPortOf;
    return request;
}

} // namespace signalbox::simulator
