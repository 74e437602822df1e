// SPDX-License-Identifier: Apache-2.0
#include "core/providers/openai_tools.h"

#include "core/providers/json_reader.h"

namespace signalbox::providers {
namespace {

constexpr std::string_view kNoParameters = R"({"type":"object","properties":{}})";

bool isEmptyObject(std::string_view json)
{
    return json.starts_with('{') && json.find('"') == std::string_view::npos;
}

void writeFunction(JsonWriter &json,
                   const OpenAiKind &kind,
                   JsonValue &function,
                   EncodedBody &notes)
{
    bool has = false;
    json.beginObject();
    forEachMember(function, [&](std::string_view name, JsonValue &member) {
        const std::string_view raw = rawJson(member);
        if (name == "strict" && !kind.strictTools) {
            if (raw == "true") {
                notes.drop("tools[].function.strict");
            }
            return;
        }
        if (name == "parameters" && kind.needsParameters) {
            has = true;
            json.key("parameters").raw(raw == "null" || isEmptyObject(raw) ? kNoParameters : raw);
            return;
        }
        json.anyKey(name).raw(raw);
    });
    if (!has && kind.needsParameters) {
        json.key("parameters").raw(kNoParameters);
    }
    json.endObject();
}

} // namespace

void writeOpenAiTools(JsonWriter &json,
                      const OpenAiKind &kind,
                      std::string_view tools,
                      EncodedBody &notes)
{
    if (!kind.needsParameters && kind.strictTools) {
        json.raw(tools);
        return;
    }
    thread_local JsonReader reader;
    auto root = reader.open(tools);
    if (!root) {
        json.raw(tools);
        return;
    }
    json.beginArray();
    forEachElement(*root, [&](JsonValue &tool) {
        json.beginObject();
        forEachMember(tool, [&](std::string_view name, JsonValue &member) {
            json.anyKey(name);
            if (name == "function" && typeOf(member) == JsonType::object) {
                writeFunction(json, kind, member, notes);
            } else {
                json.raw(rawJson(member));
            }
        });
        json.endObject();
    });
    json.endArray();
}

} // namespace signalbox::providers
