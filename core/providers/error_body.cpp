// SPDX-License-Identifier: Apache-2.0
#include "core/providers/error_body.h"

#include "core/base/bounds.h"
#include "core/base/text.h"

namespace signalbox::providers {
namespace {

/// Objects inside objects that are followed: error → message → detail, error → metadata.
constexpr int kNestingMax = 4;

void readMembers(JsonValue &value, ErrorBody &error, int depth);

void assignIfEmpty(std::string &text, std::string_view value)
{
    if (text.empty()) {
        text = clippedUtf8(value, bounds::kErrorMessageBytesMax);
    }
}

/// A text, or whatever else stands where a text is expected: `{"detail":[...]}`.
void readMessage(JsonValue &value, ErrorBody &error, int depth)
{
    if (const auto text = asString(value)) {
        assignIfEmpty(error.message, *text);
    } else if (typeOf(value) == JsonType::object) {
        readMembers(value, error, depth + 1);
    } else if (!isNull(value)) {
        assignIfEmpty(error.message, rawJson(value));
    }
}

void readCode(JsonValue &value, ErrorBody &error)
{
    if (const auto number = asInteger(value)) {
        error.status = *number >= 400 && *number < 600 ? static_cast<int>(*number) : error.status;
        assignIfEmpty(error.code, std::to_string(*number));
    } else if (const auto text = asString(value)) {
        assignIfEmpty(error.code, *text);
        const auto digits = parseInteger(*text).value_or(0);
        error.status = digits >= 400 && digits < 600 ? static_cast<int>(digits) : error.status;
    }
}

void readViolation(JsonValue &value, ErrorBody &error)
{
    forEachMember(value, [&error](std::string_view name, JsonValue &member) {
        const bool daily = name == "quotaId"
                           && stringOrEmpty(member).find("PerDay") != std::string::npos;
        error.dayIsUsedUp = error.dayIsUsedUp || daily;
    });
}

/// One of Google's typed details (google.rpc); https://google.aip.dev/193.
void readDetail(JsonValue &value, ErrorBody &error)
{
    forEachMember(value, [&error](std::string_view name, JsonValue &member) {
        if (name == "reason") {
            assignIfEmpty(error.reason, stringOrEmpty(member));
        } else if (name == "retryDelay") {
            assignIfEmpty(error.retryDelay, stringOrEmpty(member));
        } else if (name == "violations") {
            forEachElement(member,
                           [&error](JsonValue &violation) { readViolation(violation, error); });
        }
    });
}

void readMember(std::string_view name, JsonValue &value, ErrorBody &error, int depth)
{
    if (name == "error" || name == "message" || name == "detail") {
        readMessage(value, error, depth);
    } else if (name == "code") {
        readCode(value, error);
    } else if (name == "error_type" && !isNull(value)) {
        error.type = clippedUtf8(stringOrEmpty(value), bounds::kErrorMessageBytesMax);
    } else if (name == "type" || name == "status") {
        const std::string text = stringOrEmpty(value);
        assignIfEmpty(error.type, text == "error" ? std::string_view() : std::string_view(text));
    } else if (name == "param") {
        assignIfEmpty(error.param, stringOrEmpty(value));
    } else if (name == "details") {
        forEachElement(value, [&error](JsonValue &detail) { readDetail(detail, error); });
    } else if (name == "metadata" && depth < kNestingMax) {
        readMembers(value, error, depth + 1);
    }
}

void readMembers(JsonValue &value, ErrorBody &error, int depth)
{
    if (depth > kNestingMax) {
        return;
    }
    forEachMember(value, [&](std::string_view name, JsonValue &member) {
        readMember(name, member, error, depth);
    });
}

bool looksLikeHtml(std::string_view body)
{
    const auto start = body.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    return start != std::string_view::npos && body[start] == '<';
}

/// The text between the tags, blanks joined.
std::string textOfHtml(std::string_view body)
{
    std::string text;
    bool inTag = false;
    for (const char c : body.substr(0, 4 * bounds::kErrorMessageBytesMax)) {
        const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '>';
        inTag = c == '<' || (inTag && c != '>');
        if (!inTag && !blank) {
            text += c;
        } else if (!text.empty() && text.back() != ' ') {
            text += ' ';
        }
    }
    return std::string(trimmed(clippedUtf8(text, bounds::kErrorMessageBytesMax)));
}

} // namespace

std::string clippedUtf8(std::string_view text, std::size_t bytesMax)
{
    std::string clipped;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t before = clipped.size();
        appendUtf8(clipped, nextCodePoint(text, at));
        if (clipped.size() > bytesMax) {
            clipped.resize(before);
            break;
        }
    }
    return clipped;
}

ErrorBody readErrorValue(JsonValue &value)
{
    ErrorBody error;
    readMessage(value, error, 0);
    return error;
}

ErrorBody readErrorBody(std::string_view body)
{
    ErrorBody error;
    if (looksLikeHtml(body)) {
        error.html = true;
        error.message = textOfHtml(body);
        return error;
    }
    thread_local JsonReader reader;
    auto root = reader.open(body);
    if (!root) {
        error.message = clippedUtf8(body, bounds::kErrorMessageBytesMax);
        return error;
    }
    readMembers(*root, error, 0);
    // Google's OpenAI-like surface wraps the error in an array of one.
    forEachElement(*root, [&](JsonValue &element) { readMembers(element, error, 0); });
    return error;
}

} // namespace signalbox::providers
