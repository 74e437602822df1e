// SPDX-License-Identifier: Apache-2.0
#include "core/providers/request_fault.h"

#include "core/base/bounds.h"

namespace signalbox::providers {
namespace {

std::string describe(const JsonFault &fault)
{
    const std::string place = " at byte " + std::to_string(fault.at);
    switch (fault.kind) {
    case JsonFaultKind::Empty:
        return "the body is empty";
    case JsonFaultKind::Utf8:
        return "the body is not valid UTF-8";
    case JsonFaultKind::Syntax:
        return "the body is not valid JSON: syntax error" + place;
    case JsonFaultKind::Surrogate:
        return "the body is not valid JSON: lone surrogate" + place;
    case JsonFaultKind::Depth:
        return "the body is nested deeper than " + std::to_string(bounds::kJsonDepthMax) + " levels"
               + place;
    case JsonFaultKind::Scalar:
        return "the body must be a JSON object";
    }
    return "the body is not valid JSON";
}

} // namespace

void FaultKeeper::note(std::string_view path, std::string_view isWrong)
{
    if (m_fault) {
        return;
    }
    std::string message = "`";
    message.append(path).append("` ").append(isWrong);
    m_fault = BadRequest{std::move(message), std::string(path)};
}

void FaultKeeper::noteCause(std::string_view path, std::string_view isWrong)
{
    m_fault.reset();
    note(path, isWrong);
}

std::string elementPath(std::string_view list, std::size_t index)
{
    return std::string(list).append("[").append(std::to_string(index)).append("]");
}

std::string memberPath(std::string_view object, std::string_view name)
{
    return std::string(object).append(".").append(name);
}

BadRequest badBody(const JsonFault &fault)
{
    return {describe(fault), {}};
}

} // namespace signalbox::providers
