// SPDX-License-Identifier: Apache-2.0
// The strict gate before every JSON text: whole grammar, depth, UTF-8, no lone surrogates.
#pragma once

#include "core/base/bounds.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace signalbox::providers {

enum class JsonFaultKind : std::uint8_t {
    Empty, ///< nothing but white space
    Utf8, ///< bytes that are no UTF-8
    Syntax, ///< not RFC 8259
    Surrogate, ///< an escaped surrogate without its other half
    Depth, ///< more than bounds::kJsonDepthMax open brackets
    Scalar, ///< valid, but neither an object nor an array where one is needed
};

struct JsonFault
{
    JsonFaultKind kind = JsonFaultKind::Syntax;
    std::size_t at = 0; ///< offset of the first byte that is wrong; 0 for Utf8

    friend bool operator==(const JsonFault &, const JsonFault &) = default;
};

/// What is wrong with \p text as one JSON document; nothing when it is well-formed. Its time is
/// linear and its stack constant, whatever the text.
[[nodiscard]] std::optional<JsonFault> checkJson(std::string_view text);

/// \p text is one well-formed JSON object.
[[nodiscard]] bool isJsonObject(std::string_view text);

} // namespace signalbox::providers
