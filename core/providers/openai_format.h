// SPDX-License-Identifier: Apache-2.0
// `response_format` for models that take less of it than OpenAI's.
#pragma once

#include "core/domain/chat_request.h"
#include "core/providers/encoded_body.h"
#include "core/providers/openai_kinds.h"

#include <string>
#include <string_view>

namespace signalbox::providers {

struct AnswerFormat
{
    std::string instruction; ///< to be said in a system message; empty without need
    bool schemaInWords = false; ///< `json_object` is to be sent instead of the schema
};

/// What is to be said besides, so that \p model takes the format the request asks for.
[[nodiscard]] AnswerFormat planFormat(ProviderKind provider,
                                      const OpenAiKind &kind,
                                      const ChatRequest &request,
                                      std::string_view model,
                                      EncodedBody &notes);

} // namespace signalbox::providers
