// SPDX-License-Identifier: Apache-2.0
// Changes to the cache of a configuration's text that leave every other byte as it was.
#pragma once

#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace signalbox::config {

/// What is not set stays as it is.
struct CacheEdit
{
    std::optional<std::string> mode; ///< "off", "exact" or "semantic"
    std::optional<double> threshold; ///< of likeness, 0..1; written with at most three decimals
};

/// \p text with these keys of `[cache]`, which is added at its end where there is none. The result
/// has been read again. Else a sentence: \p text or what is wanted is faulty, or it is written in a
/// way that cannot be changed safely.
[[nodiscard]] Result<std::string, std::string> withCache(std::string_view text,
                                                         const CacheEdit &edit);

} // namespace signalbox::config
