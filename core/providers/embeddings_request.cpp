// SPDX-License-Identifier: Apache-2.0
#include "core/base/bounds.h"
#include "core/providers/client_api.h"
#include "core/providers/json_reader.h"
#include "core/providers/request_fault.h"

namespace signalbox::providers {
namespace {

/// A text, texts, token ids, or lists of token ids.
void readInput(JsonValue &input, EmbeddingsRequest &request, FaultKeeper &faults)
{
    constexpr std::string_view kWanted = "must be a string or an array of strings or token ids";
    const auto readOne = [&request](JsonValue &value) {
        if (typeOf(value) == JsonType::string) {
            request.texts.push_back(stringOrEmpty(value));
        } else if (typeOf(value) == JsonType::number) {
            ++request.tokenIds;
        } else {
            return false;
        }
        return true;
    };
    if (typeOf(input) != JsonType::array) {
        if (typeOf(input) != JsonType::string || !readOne(input)) {
            faults.note("input", kWanted);
        }
        return;
    }
    bool good = true;
    bool any = false;
    forEachElement(input, [&](JsonValue &value) {
        any = true;
        if (typeOf(value) == JsonType::array) {
            forEachElement(value, [&](JsonValue &id) {
                good = good && typeOf(id) == JsonType::number && readOne(id);
            });
        } else {
            good = good && readOne(value);
        }
    });
    if (!good || !any) {
        faults.note("input", any ? kWanted : "must not be empty");
    }
}

} // namespace

Result<EmbeddingsRequest, BadRequest> decodeEmbeddings(std::string_view body)
{
    thread_local JsonReader reader;
    auto root = reader.open(body);
    if (!root) {
        return Failure{badBody(root.error())};
    }
    EmbeddingsRequest request;
    FaultKeeper faults;
    const bool object = forEachMember(*root, [&](std::string_view name, JsonValue &value) {
        if (request.field(name) != nullptr) {
            faults.note(name, "appears twice");
        }
        request.fields.push_back({std::string(name), std::string(rawJson(value))});
        if (name == "model") {
            request.model = stringOrEmpty(value);
        } else if (name == "input") {
            readInput(value, request, faults);
        }
    });
    if (!object) {
        return Failure{badBody({JsonFaultKind::Scalar, 0})};
    }
    if (request.model.empty()) {
        faults.note("model", "must be a string and not empty");
    }
    if (request.texts.size() > bounds::kEmbeddingTextsMax) {
        faults.note("input",
                    "must have at most " + std::to_string(bounds::kEmbeddingTextsMax) + " texts");
    }
    if (request.field("input") == nullptr) {
        faults.note("input", "is missing");
    }
    return faults.any() ? Result<EmbeddingsRequest, BadRequest>(Failure{faults.fault()})
                        : std::move(request);
}

ChatRequest asPrompt(const EmbeddingsRequest &request)
{
    ChatRequest prompt;
    prompt.model = request.model;
    prompt.needs.insert(Feature::Embeddings);
    ChatMessage message;
    for (const std::string &text : request.texts) {
        message.parts.push_back({ChatMessage::PartKind::Text, text});
    }
    prompt.messages.push_back(std::move(message));
    return prompt;
}

} // namespace signalbox::providers
