// SPDX-License-Identifier: Apache-2.0
// What the parsers made of some pieces, as text to compare.
#pragma once

#include "tests/support/every_cut.h"

#include "core/http/request_parser.h"
#include "core/http/response_parser.h"

#include <string>
#include <string_view>

namespace signalbox::tests {

inline std::string headersLog(const http::Headers &headers)
{
    std::string log;
    for (const http::Header &header : headers) {
        log.append(header.name).append("=").append(header.value).append("|");
    }
    return log;
}

inline std::string requestLog(http::RequestParser &parser)
{
    if (parser.stage() == http::Stage::Failed) {
        return "refused: " + std::string(http::describe(parser.error())) + "\n";
    }
    const http::RequestHead head = parser.takeHead();
    std::string log = head.method + " " + head.path + "?" + head.query + " at " + head.authority;
    log += head.version == http::Version::Http11 ? " 1.1 " : " 1.0 ";
    log += (head.keepAlive ? "keep " : "close ") + headersLog(head.headers);
    return log + " body:" + parser.takeBody() + "\n";
}

/// All requests in \p pieces, one a line; the last line tells of what is unfinished or refused.
inline std::string readRequests(const Pieces &pieces, const http::Limits &limits = {})
{
    http::RequestParser parser(limits);
    std::string log;
    for (const std::string &piece : pieces) {
        std::string_view bytes = piece;
        while (!bytes.empty() && parser.stage() != http::Stage::Failed) {
            bytes.remove_prefix(parser.feed(bytes));
            if (parser.stage() == http::Stage::Complete) {
                log += requestLog(parser);
                parser.reset();
            }
        }
    }
    if (parser.stage() == http::Stage::Failed) {
        return log + requestLog(parser);
    }
    return log + (parser.begun() ? "unfinished" : "");
}

/// How an answer is to be read.
struct AnswerReading
{
    bool answersHead = false;
    bool stream = false; ///< lift the body limit
    http::Limits limits = http::responseLimits();
};

/// The answer in \p pieces followed by the connection's end.
inline std::string readAnswer(const Pieces &pieces, const AnswerReading &reading = {})
{
    http::ResponseParser parser(reading.limits, reading.answersHead);
    std::string body;
    bool lifted = false;
    for (const std::string &piece : pieces) {
        std::string_view bytes = piece;
        while (!bytes.empty() && parser.stage() < http::Stage::Complete) {
            const auto step = parser.feed(bytes);
            bytes.remove_prefix(step.taken);
            body.append(step.body);
            if (reading.stream && !lifted && parser.stage() == http::Stage::Body) {
                parser.streamBody();
                lifted = true;
            }
        }
        parser.feed(bytes);
    }
    const bool reusable = parser.reusable();
    parser.finish();
    if (parser.stage() == http::Stage::Failed) {
        return "refused: " + std::string(http::describe(parser.error())) + " body:" + body;
    }
    const http::ResponseHead &head = parser.head();
    return std::to_string(head.status) + " " + head.reason + " " + headersLog(head.headers)
           + (reusable ? " reusable" : " spent") + " body:" + body;
}

} // namespace signalbox::tests
