// SPDX-License-Identifier: Apache-2.0
#include "core/providers/client_api.h"

#include <algorithm>

namespace signalbox::providers {
namespace {

void writeAttempt(JsonWriter &json, const AttemptSummary &attempt)
{
    json.beginObject();
    json.key("target").string(attempt.target);
    json.key("status").integer(attempt.status);
    json.key("reason").string(attempt.reason);
    json.key("ms").integer(attempt.ms);
    json.endObject();
}

void writeModel(JsonWriter &json, const ModelEntry &model)
{
    json.beginObject();
    json.key("id").string(model.id);
    json.key("object").string("model");
    json.key("created").integer(model.created);
    json.key("owned_by").string(model.ownedBy);
    json.endObject();
}

} // namespace

const RawField *EmbeddingsRequest::field(std::string_view name) const
{
    const auto found = std::ranges::find(fields, name, &RawField::name);
    return found == fields.end() ? nullptr : &*found;
}

std::string_view toString(ErrorOrigin origin)
{
    switch (origin) {
    case ErrorOrigin::Client:
        return "client";
    case ErrorOrigin::Gateway:
        return "gateway";
    case ErrorOrigin::Upstream:
        return "upstream";
    }
    return "";
}

std::string_view errorTypeFor(int status)
{
    switch (status) {
    case 401:
        return "authentication_error";
    case 403:
        return "permission_error";
    case 429:
        return "rate_limit_error";
    default:
        return status >= 500 ? "api_error" : "invalid_request_error";
    }
}

void writeError(JsonWriter &json,
                const ApiError &error,
                std::string_view type,
                std::string_view details)
{
    json.beginObject();
    json.key("message").string(error.message);
    json.key("type").string(type);
    json.key("param").stringOrNull(error.param);
    json.key("code").stringOrNull(error.code);
    json.key("origin").string(toString(error.origin));
    json.key("provider").stringOrNull(error.provider);
    json.key("attempts").beginArray();
    for (const AttemptSummary &attempt : error.attempts) {
        writeAttempt(json, attempt);
    }
    json.endArray();
    if (!details.empty()) {
        json.key("details").raw(details);
    }
    json.endObject();
}

std::string encodeError(const ApiError &error)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("error");
    writeError(json, error, error.type);
    json.endObject();
    return out;
}

std::string encodeModel(const ModelEntry &model)
{
    std::string out;
    JsonWriter json(out);
    writeModel(json, model);
    return out;
}

std::string encodeModels(const std::vector<ModelEntry> &models)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("object").string("list").key("data").beginArray();
    for (const ModelEntry &model : models) {
        writeModel(json, model);
    }
    json.endArray().endObject();
    return out;
}

} // namespace signalbox::providers
