// SPDX-License-Identifier: Apache-2.0
// The request that every load sends.
#pragma once

#include "tests/bench/load/options.h"

#include <boost/asio/ip/tcp.hpp>
#include <string>
#include <string_view>

namespace signalbox::bench {

/// Where each request of a load has its number, if no two are to be the same.
inline constexpr std::string_view kNumberPlace = "000000000000";

/// 838 bytes of body, a few more where requests are told apart, and a usual client's head.
inline std::string requestText(const Options &options, bool stream)
{
    std::string question = "A breaker watches calls and stops sending when too many of them fail in"
                           " a row, so that a provider in trouble is not made worse and a caller"
                           " does not wait for what will not come. ";
    question += question + question;
    const std::string body = R"({"model":")" + options.model
                             + R"(","messages":[{"role":"system","content":"You are a terse )"
                               R"(assistant."},{"role":"user","content":")"
                             + question
                             + (options.distinct != 0 ? std::string(kNumberPlace) + ' ' : "")
                             + R"(Explain it, please."}],"temperature":0.7,"stream":)"
                             + (stream ? "true}" : "false}");
    std::string text = "POST " + options.url.basePath + "/v1/chat/completions HTTP/1.1\r\nHost: "
                       + options.url.hostHeader() + "\r\nAccept: */*\r\nUser-Agent: bench\r\n";
    return text + options.extraHeaders + "Content-Type: application/json\r\nContent-Length: "
           + std::to_string(body.size()) + "\r\n\r\n" + body;
}

inline boost::asio::ip::tcp::endpoint endpointOf(const Options &options)
{
    return {boost::asio::ip::make_address(options.url.host), options.url.port};
}

} // namespace signalbox::bench
