// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/afflictions.h"

#include "app/simulator/wire_time.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace signalbox::simulator {

namespace {

constexpr std::string_view kGarbage =
    "\x16\x03\x01 <<these bytes are no answer>> {\"choices\":[{]]\r\n\xff\xfe\n\n";
constexpr std::string_view kHtml =
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n"
    "</body>\r\n</html>\r\n";

std::string decimal(double value)
{
    std::array<char, 64> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.9g", value);
    return {text.data(), static_cast<std::size_t>(length)};
}

SystemTime later(const Now &now, double seconds)
{
    return now.system + Micros(static_cast<std::int64_t>(seconds * 1e6));
}

void setHeader(Headers &headers, const std::string &name, const std::string &value)
{
    for (auto &header : headers) {
        if (equalsIgnoreCase(header.first, name)) {
            header.second = value;
            return;
        }
    }
    headers.emplace_back(name, value);
}

Reply errorReply(const ApiError &error, const Patient &patient)
{
    Reply reply;
    reply.status = error.status;
    reply.headers = patient.dialect.usualHeaders(patient.requestId);
    reply.headers.emplace_back("content-type", "application/json");
    reply.body = patient.dialect.writeError(error, patient.requestId);
    return reply;
}

std::string orVerbatim(const Fault &fault, const std::string &text)
{
    return fault.hintVerbatim.empty() ? text : fault.hintVerbatim;
}

void addLimitGauge(Reply &reply, const Fault &fault, const Patient &patient)
{
    LimitState state;
    state.requests = LimitGauge{60, 0, Nanos(static_cast<std::int64_t>(fault.hintValue * 1e9))};
    for (auto &header : patient.dialect.limitHeaders(state, patient.now.system)) {
        const bool reset = header.first.find("reset") != std::string::npos;
        reply.headers.emplace_back(header.first,
                                   reset ? orVerbatim(fault, header.second) : header.second);
    }
}

Reply rateLimited(const Fault &fault, const Patient &patient)
{
    const bool say = fault.hint == RetryHint::Text;
    const bool verbatim = say && !fault.hintVerbatim.empty();
    ApiError error = patient.dialect.overTheLimit(patient.model,
                                                  LimitKind::Requests,
                                                  fault.hintValue,
                                                  say && !verbatim);
    if (verbatim) {
        error.message += " " + fault.hintVerbatim;
    }
    Reply reply = errorReply(error, patient);
    switch (fault.hint) {
    case RetryHint::RetryAfterSeconds:
        reply.headers.emplace_back("retry-after", orVerbatim(fault, decimal(fault.hintValue)));
        break;
    case RetryHint::RetryAfterDate: {
        const SystemTime when = std::chrono::ceil<Seconds>(later(patient.now, fault.hintValue));
        reply.headers.emplace_back("retry-after", orVerbatim(fault, httpDate(when)));
        break;
    }
    case RetryHint::RetryAfterMs:
        reply.headers.emplace_back("retry-after-ms", orVerbatim(fault, decimal(fault.hintValue)));
        break;
    case RetryHint::XRatelimitReset:
        addLimitGauge(reply, fault, patient);
        break;
    case RetryHint::None:
    case RetryHint::Text:
        break;
    }
    return reply;
}

Reply okReply(std::string_view body, const Patient &patient)
{
    Reply reply;
    reply.headers = patient.dialect.usualHeaders(patient.requestId);
    reply.headers.emplace_back("content-type",
                               patient.stream ? "text/event-stream; charset=utf-8"
                                              : "application/json");
    reply.body = body;
    return reply;
}

std::optional<Nanos> holdFor(const Trouble &trouble, const Now &now)
{
    if (!trouble.endsAt) {
        return std::nullopt;
    }
    return *trouble.endsAt - now.steady;
}

Reply silent(Break how, const Trouble &trouble, const Patient &patient)
{
    Reply reply;
    reply.status = 0;
    reply.breakHow = how;
    reply.holdFor = holdFor(trouble, patient.now);
    return reply;
}

Reply html(const Patient &patient)
{
    Reply reply = okReply(kHtml, patient);
    reply.status = 502;
    setHeader(reply.headers, "content-type", "text/html");
    return reply;
}

std::optional<Reply> begunInstead(const Trouble &trouble, const Patient &patient)
{
    const Fault &fault = *trouble.fault;
    switch (fault.kind) {
    case FaultKind::Status:
        return errorReply(patient.dialect.ofStatus(fault.status), patient);
    case FaultKind::RateLimit:
        return rateLimited(fault, patient);
    case FaultKind::Quota:
    case FaultKind::Credit:
        return errorReply(patient.dialect.outOfCredit(), patient);
    case FaultKind::ResetBeforeHead:
        return silent(Break::ResetBeforeHead, trouble, patient);
    case FaultKind::Hang:
        return silent(Break::Hang, trouble, patient);
    case FaultKind::Garbage:
        if (fault.afterTokens > 0) {
            return std::nullopt;
        }
        return okReply(kGarbage, patient);
    case FaultKind::Empty:
        return okReply("", patient);
    case FaultKind::Html:
        return html(patient);
    case FaultKind::Refuse:
    case FaultKind::Reset:
    case FaultKind::Cut:
    case FaultKind::Stall:
    case FaultKind::ErrorEvent:
    case FaultKind::Slow:
        break;
    }
    return std::nullopt;
}

Nanos stretched(Nanos time, double factor)
{
    return Nanos(static_cast<std::int64_t>(static_cast<double>(time.count()) * factor));
}

} // namespace

std::optional<Reply> replyInstead(const Trouble &trouble, const Patient &patient)
{
    if (!trouble.fault) {
        return std::nullopt;
    }
    std::optional<Reply> reply = begunInstead(trouble, patient);
    if (!reply) {
        return std::nullopt;
    }
    if (!trouble.fault->body.empty()) {
        reply->body = trouble.fault->body;
    }
    for (const auto &header : trouble.fault->headers) {
        setHeader(reply->headers, header.first, header.second);
    }
    return reply;
}

void breakOff(Reply &reply, const Trouble &trouble, const Patient &patient)
{
    reply.headAfter = stretched(reply.headAfter, trouble.slowness);
    reply.firstPieceAfter = stretched(reply.firstPieceAfter, trouble.slowness);
    reply.perPiece = stretched(reply.perPiece, trouble.slowness);
    if (!trouble.fault) {
        return;
    }
    const Fault &fault = *trouble.fault;
    reply.breakAfter = static_cast<std::size_t>(fault.afterTokens);
    reply.holdFor = holdFor(trouble, patient.now);
    for (const auto &header : fault.headers) {
        setHeader(reply.headers, header.first, header.second);
    }
    if (fault.kind == FaultKind::Reset) {
        reply.breakHow = Break::Reset;
    } else if (fault.kind == FaultKind::Stall) {
        reply.breakHow = Break::Stall;
    } else if (fault.kind == FaultKind::Cut) {
        reply.breakHow = fault.framed ? Break::EndEarly : Break::Cut;
    } else if (fault.kind == FaultKind::Garbage) {
        reply.breakHow = Break::EndEarly;
        reply.lastWords = fault.body.empty() ? std::string(kGarbage) : fault.body;
    } else if (fault.kind == FaultKind::ErrorEvent && reply.stream) {
        reply.breakHow = Break::EndEarly;
        reply.lastWords = fault.body.empty() ? patient.dialect.errorEvent(patient.requestId)
                                             : fault.body;
    } else if (fault.kind == FaultKind::ErrorEvent) {
        reply.body = patient.dialect.writeError(patient.dialect.ofStatus(500), patient.requestId);
    }
}

} // namespace signalbox::simulator
