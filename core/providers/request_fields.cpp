// SPDX-License-Identifier: Apache-2.0
#include "core/providers/request_fields.h"

#include "core/providers/json_reader.h"

#include <algorithm>
#include <array>

namespace signalbox::providers {

const std::string *givenField(const ChatRequest &request, std::string_view name)
{
    const RawField *field = request.field(name);
    return field == nullptr || field->json == "null" ? nullptr : &field->json;
}

std::string answerSchema(const ChatRequest &request)
{
    std::string schema;
    const auto readSchema = [&schema](std::string_view name, JsonValue &value) {
        if (name == "schema" && typeOf(value) == JsonType::object && schema.empty()) {
            schema = rawJson(value);
        }
    };
    const std::string *format = givenField(request, "response_format");
    thread_local JsonReader reader;
    if (format == nullptr) {
        return schema;
    }
    if (auto root = reader.open(*format)) {
        forEachMember(*root, [&](std::string_view name, JsonValue &value) {
            if (name == "json_schema") {
                forEachMember(value, readSchema);
            }
        });
    }
    return schema;
}

bool saysNothing(const RawField &field)
{
    constexpr std::array<std::string_view, 6> kNothing = {"null", "false", "{}", "[]", "0", "0.0"};
    const bool zero = field.json.starts_with('0');
    return std::ranges::find(kNothing, field.json) != kNothing.end()
           && (!zero || field.name.ends_with("_penalty"));
}

void dropUnhandled(const ChatRequest &request,
                   std::span<const std::string_view> handled,
                   EncodedBody &notes)
{
    notes.dropUntold(request);
    for (const RawField &field : request.fields) {
        if (std::ranges::find(handled, field.name) == handled.end() && !saysNothing(field)) {
            notes.drop(field.name);
        }
    }
}

void writeStops(JsonWriter &json,
                JsonName key,
                const std::vector<std::string> &stops,
                bool (*takes)(std::string_view stop),
                std::size_t most,
                EncodedBody &notes)
{
    std::vector<std::string_view> taken;
    for (const std::string &stop : stops) {
        if (takes(stop) && taken.size() < most) {
            taken.emplace_back(stop);
        }
    }
    if (taken.size() < stops.size()) {
        notes.drop("stop");
    }
    if (taken.empty()) {
        return;
    }
    json.key(key).beginArray();
    for (const std::string_view stop : taken) {
        json.string(stop);
    }
    json.endArray();
}

} // namespace signalbox::providers
