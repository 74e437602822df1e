// SPDX-License-Identifier: Apache-2.0
#include "core/routing/language.h"

#include "core/routing/script.h"

#include <array>
#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
#include <cstdio> // the next one uses FILE and does not say so

namespace signalbox::routing {
namespace {

/// CLD2 has some codes from before ISO 639-1's changes, and variants beside the two letters.
std::string isoCode(std::string_view code)
{
    if (code == "iw") {
        return "he";
    }
    if (code == "jw") {
        return "jv";
    }
    if (code.size() > 2 && code[2] == '-') {
        code = code.substr(0, 2);
    }
    const bool none = code.size() != 2 || code == "un" || code == "xx";
    return std::string(none ? kUndetermined : code);
}

} // namespace

std::string languageOf(std::string_view text)
{
    const std::string prose = proseOf(text, kLanguageBytes);
    const CLD2::CLDHints hints{nullptr, nullptr, CLD2::UTF8, CLD2::UNKNOWN_LANGUAGE};
    std::array<CLD2::Language, 3> languages{};
    std::array<int, 3> percents{};
    std::array<double, 3> scores{};
    int textBytes = 0;
    bool reliable = false;
    int validBytes = 0;
    // Best effort answers for a word or two as well, and says whether it is to be relied on.
    const CLD2::Language language =
        CLD2::ExtDetectLanguageSummaryCheckUTF8(prose.data(),
                                                static_cast<int>(prose.size()),
                                                true,
                                                &hints,
                                                CLD2::kCLDFlagBestEffort,
                                                languages.data(),
                                                percents.data(),
                                                scores.data(),
                                                nullptr,
                                                &textBytes,
                                                &reliable,
                                                &validBytes);
    return reliable ? isoCode(CLD2::LanguageCode(language)) : std::string(kUndetermined);
}

} // namespace signalbox::routing
