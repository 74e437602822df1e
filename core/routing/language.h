// SPDX-License-Identifier: Apache-2.0
// The language a text is written in.
#pragma once

#include <string>
#include <string_view>

namespace signalbox::routing {

/// BCP 47's word for a language that cannot be told.
inline constexpr std::string_view kUndetermined = "und";
/// What of a text is looked at: enough to be sure, tens of microseconds.
inline constexpr std::size_t kLanguageBytes = 1024;

/// The ISO 639-1 code of most of \p text's first kLanguageBytes of prose, `zh` for both Chinese
/// scripts; kUndetermined for no text, one too short to tell, ill-formed UTF-8, or a language
/// without a two-letter code. Markup, code blocks and URLs are passed over.
[[nodiscard]] std::string languageOf(std::string_view text);

} // namespace signalbox::routing
