// SPDX-License-Identifier: Apache-2.0
// What members of a request say, or do not.
#pragma once

#include "core/base/json_writer.h"
#include "core/domain/chat_request.h"
#include "core/providers/encoded_body.h"

#include <span>
#include <string>
#include <string_view>

namespace signalbox::providers {

/// The raw value of a member that is there and not null; else null.
[[nodiscard]] const std::string *givenField(const ChatRequest &request, std::string_view name);

/// `response_format.json_schema.schema`, raw; empty when it is no object.
[[nodiscard]] std::string answerSchema(const ChatRequest &request);

/// \p field is switched off, empty, or has the neutral value: leaving it out loses nothing.
[[nodiscard]] bool saysNothing(const RawField &field);

/// Drops every member of \p request that is not \p handled and says something, and what is untold.
void dropUnhandled(const ChatRequest &request,
                   std::span<const std::string_view> handled,
                   EncodedBody &notes);

/// Writes those of \p stops that \p takes accepts as a list under \p key, at most \p most of them;
/// `stop` counts as dropped when that is not all.
void writeStops(JsonWriter &json,
                JsonName key,
                const std::vector<std::string> &stops,
                bool (*takes)(std::string_view stop),
                std::size_t most,
                EncodedBody &notes);

} // namespace signalbox::providers
