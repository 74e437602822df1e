// SPDX-License-Identifier: Apache-2.0
// The dialect we offer first: OpenAI's requests read, its errors and lists of models written.
#pragma once

#include "core/base/json_writer.h"
#include "core/base/result.h"
#include "core/domain/chat_request.h"
#include "core/domain/usage.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::providers {

/// Why a body is refused with 400.
struct BadRequest
{
    std::string message;
    std::string param; ///< where, as a path such as `messages[2].role`; empty for the whole body

    friend bool operator==(const BadRequest &, const BadRequest &) = default;
};

/// Reads a Chat Completions body. What it understands has been checked for type; all else is kept
/// as written.
[[nodiscard]] Result<ChatRequest, BadRequest> decodeChat(std::string_view body);

/// An Embeddings request: its members as written, and what is to be embedded.
struct EmbeddingsRequest
{
    std::string model;
    std::vector<std::string> texts;
    std::int64_t tokenIds = 0; ///< of inputs that came as token ids
    std::vector<RawField> fields; ///< all members in the client's order

    [[nodiscard]] const RawField *field(std::string_view name) const;
    friend bool operator==(const EmbeddingsRequest &, const EmbeddingsRequest &) = default;
};

[[nodiscard]] Result<EmbeddingsRequest, BadRequest> decodeEmbeddings(std::string_view body);

/// What rules and limits look at: the texts as one user message, the need for embeddings.
[[nodiscard]] ChatRequest asPrompt(const EmbeddingsRequest &request);

/// One upstream call of a failed request, as an error tells it.
struct AttemptSummary
{
    std::string target;
    int status = 0; ///< 0 when no head arrived
    std::string reason;
    std::int64_t ms = 0;

    friend bool operator==(const AttemptSummary &, const AttemptSummary &) = default;
};

enum class ErrorOrigin : std::uint8_t {
    Client,
    Gateway,
    Upstream
};

std::string_view toString(ErrorOrigin origin);

/// An error answer. Texts must be UTF-8.
struct ApiError
{
    std::string message;
    std::string type; ///< see errorTypeFor
    std::string param; ///< empty: null
    std::string code; ///< empty: null
    ErrorOrigin origin = ErrorOrigin::Gateway;
    std::string provider; ///< empty: null
    std::vector<AttemptSummary> attempts;
    int status = 500; ///< of HTTP; in a stream: what it would have been

    friend bool operator==(const ApiError &, const ApiError &) = default;
};

/// `invalid_request_error`, `authentication_error`, `permission_error`, `rate_limit_error` or
/// `api_error`. OpenAI's SDKs choose their exception by the status, not by this.
[[nodiscard]] std::string_view errorTypeFor(int status);

/// The error as an object with \p type for its own, and \p details where there are any (raw JSON).
void writeError(JsonWriter &json,
                const ApiError &error,
                std::string_view type,
                std::string_view details = {});

/// `{"error":{...}}`.
[[nodiscard]] std::string encodeError(const ApiError &error);

struct ModelEntry
{
    std::string id;
    std::int64_t created = 0; ///< seconds since 1970
    std::string ownedBy;

    friend bool operator==(const ModelEntry &, const ModelEntry &) = default;
};

[[nodiscard]] std::string encodeModel(const ModelEntry &model);
[[nodiscard]] std::string encodeModels(const std::vector<ModelEntry> &models);

} // namespace signalbox::providers
