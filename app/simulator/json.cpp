// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/json.h"

namespace signalbox::simulator {

namespace {

constexpr int kDepthMax = 100;

bool nestsTooDeep(std::string_view text)
{
    int depth = 0;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\') {
                ++i;
            } else if (c == '"') {
                inString = false;
            }
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            if (++depth > kDepthMax) {
                return true;
            }
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

const Json *memberOf(const Json &object, const char *key)
{
    if (!object.is_object()) {
        return nullptr;
    }
    const auto at = object.find(key);
    return at == object.end() ? nullptr : &*at;
}

} // namespace

std::optional<Json> parseJson(std::string_view text)
{
    if (nestsTooDeep(text)) {
        return std::nullopt;
    }
    Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) {
        return std::nullopt;
    }
    return json;
}

std::string toText(const Json &json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<std::string> textAt(const Json &object, const char *key)
{
    const Json *member = memberOf(object, key);
    if (member == nullptr || !member->is_string()) {
        return std::nullopt;
    }
    return member->get<std::string>();
}

std::optional<std::int64_t> integerAt(const Json &object, const char *key)
{
    const Json *member = memberOf(object, key);
    if (member == nullptr || !member->is_number_integer()) {
        return std::nullopt;
    }
    return member->get<std::int64_t>();
}

const Json *arrayAt(const Json &object, const char *key)
{
    const Json *member = memberOf(object, key);
    return member != nullptr && member->is_array() ? member : nullptr;
}

const Json *objectAt(const Json &object, const char *key)
{
    const Json *member = memberOf(object, key);
    return member != nullptr && member->is_object() ? member : nullptr;
}

bool flagAt(const Json &object, const char *key, bool otherwise)
{
    const Json *member = memberOf(object, key);
    return member != nullptr && member->is_boolean() ? member->get<bool>() : otherwise;
}

} // namespace signalbox::simulator
