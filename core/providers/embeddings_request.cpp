// SPDX-License-Identifier: Apache-2.0
#include "core/providers/client_api.h"
#include "core/providers/json_reader.h"
#include "core/providers/request_fault.h"

namespace signalbox::providers {

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
        } else if (name == "input" && typeOf(value) != JsonType::string
                   && typeOf(value) != JsonType::array) {
            faults.note("input", "must be a string or an array");
        }
    });
    if (!object) {
        return Failure{badBody({JsonFaultKind::Scalar, 0})};
    }
    if (request.model.empty()) {
        faults.note("model", "must be a string and not empty");
    }
    if (request.field("input") == nullptr) {
        faults.note("input", "is missing");
    }
    return faults.any() ? Result<EmbeddingsRequest, BadRequest>(Failure{faults.fault()})
                        : std::move(request);
}

} // namespace signalbox::providers
