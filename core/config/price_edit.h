// SPDX-License-Identifier: Apache-2.0
// Changes to the prices of a configuration's text that leave every other byte as it was.
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace signalbox::config {

/// What a model costs, for every request to come.
struct PriceEdit
{
    std::string provider;
    std::string model; ///< the provider's own name
    std::string input; ///< US dollars per million tokens, a decimal as it was typed: 0 to 100,000
    std::string output; ///< likewise
};

/// \p text with these prices, each in place of the model's present one. The result has been read
/// again and differs in nothing else. Else a sentence that names what is faulty: \p text, a model
/// that it does not have, a figure, or a way of writing that cannot be changed safely.
[[nodiscard]] Result<std::string, std::string> withPrices(std::string_view text,
                                                          const std::vector<PriceEdit> &edits);

} // namespace signalbox::config
