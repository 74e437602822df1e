// SPDX-License-Identifier: Apache-2.0
// What members of a request say, or do not.
#pragma once

#include "core/domain/chat_request.h"

#include <string>
#include <string_view>

namespace signalbox::providers {

/// The raw value of a member that is there and not null; else null.
[[nodiscard]] const std::string *givenField(const ChatRequest &request, std::string_view name);

/// `response_format.json_schema.schema`, raw; empty when it is no object.
[[nodiscard]] std::string answerSchema(const ChatRequest &request);

/// \p field is switched off, empty, or has the neutral value: leaving it out loses nothing.
[[nodiscard]] bool saysNothing(const RawField &field);

} // namespace signalbox::providers
