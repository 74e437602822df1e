// SPDX-License-Identifier: Apache-2.0
#include "core/providers/embeddings_batch.h"

#include "core/base/check.h"
#include "core/base/json_writer.h"
#include "core/providers/json_reader.h"

#include <vector>

namespace signalbox::providers {

EmbeddingsRequest batchOf(const EmbeddingsRequest &request, std::size_t first, std::size_t count)
{
    SB_CHECK(request.tokenIds == 0 && first + count <= request.texts.size());
    EmbeddingsRequest batch;
    batch.model = request.model;
    const auto begin = request.texts.begin() + static_cast<std::ptrdiff_t>(first);
    batch.texts.assign(begin, begin + static_cast<std::ptrdiff_t>(count));
    for (const RawField &field : request.fields) {
        batch.fields.push_back(field);
        if (field.name != "input") {
            continue;
        }
        std::string &input = batch.fields.back().json;
        input.clear();
        JsonWriter json(input);
        json.beginArray();
        for (const std::string &text : batch.texts) {
            json.string(text);
        }
        json.endArray();
    }
    return batch;
}

bool JoinedEmbeddings::add(std::string_view answer, std::size_t count)
{
    std::vector<std::string> elements(count);
    std::string model;
    std::size_t seen = 0;
    bool good = true;
    const auto takeElement = [&](JsonValue &element) {
        auto index = static_cast<std::int64_t>(seen++); // where none is told: its place
        std::string members;
        good = forEachMember(element,
                             [&](std::string_view name, JsonValue &value) {
                                 if (name == "index") {
                                     index = asInteger(value).value_or(-1);
                                     return;
                                 }
                                 members += ',';
                                 JsonWriter(members).string(name);
                                 members.append(":").append(rawJson(value));
                             })
               && good;
        good = good && index >= 0 && static_cast<std::size_t>(index) < count
               && elements[static_cast<std::size_t>(index)].empty();
        if (good) {
            const auto at = static_cast<std::size_t>(index);
            elements[at] = "{\"index\":" + std::to_string(m_count + at) + members + "}";
        }
    };
    JsonReader reader;
    auto root = reader.open(answer);
    good = root
           && forEachMember(*root,
                            [&](std::string_view name, JsonValue &value) {
                                if (name == "data") {
                                    forEachElement(value, takeElement);
                                } else if (name == "model") {
                                    model = stringOrEmpty(value);
                                }
                            })
           && good;
    if (!good || seen != count) {
        return false;
    }
    for (const std::string &element : elements) {
        m_data.append(m_data.empty() ? "" : ",").append(element);
    }
    m_count += count;
    m_model = std::move(model);
    return true;
}

std::string JoinedEmbeddings::json(const Usage &usage) const
{
    std::string out;
    out.reserve(m_data.size() + 256);
    JsonWriter json(out);
    json.beginObject().key("object").string("list").key("data").raw("[" + m_data + "]");
    json.key("model").string(m_model).key("usage").beginObject();
    json.key("prompt_tokens").integer(usage.promptTokens);
    json.key("total_tokens").integer(usage.promptTokens + usage.completionTokens);
    json.endObject().endObject();
    return out;
}

} // namespace signalbox::providers
