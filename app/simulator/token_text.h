// SPDX-License-Identifier: Apache-2.0
// Text in pieces the size of tokens: counting what came in, inventing what goes out.
#pragma once

#include "app/simulator/json.h"

#include "core/base/random.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::simulator {

enum class Language {
    English,
    Chinese
};

/// Chinese when more than three in ten characters that are no blanks are CJK.
Language languageOf(std::string_view text);

/// Cuts a text into token-sized pieces whose concatenation is the text: a word with the blank before
/// it (in two when long), one or two CJK characters.
std::vector<std::string> splitIntoTokens(std::string_view text);

/// How many pieces splitIntoTokens() would give.
std::int64_t countTokens(std::string_view text);

/// The tokens of all texts in a request: messages, system, tools; an image counts 85.
std::int64_t countPromptTokens(const Json &request);

/// Sentences of the language until there are \p count tokens, as pieces; exactly so many.
std::vector<std::string> inventTokens(Language language, std::size_t count, Random &random);

} // namespace signalbox::simulator
