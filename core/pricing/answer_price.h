// SPDX-License-Identifier: Apache-2.0
// By whose price an answer is billed: that of the model it says it is from, where that is known.
#pragma once

#include "core/domain/settings.h"

#include <optional>
#include <string>
#include <string_view>

namespace signalbox::pricing {

struct AnswerPrice
{
    PriceTable table;
    std::string note; ///< which row holds and why, for the record; empty: as the target's own
    std::string model = {}; ///< whose price it is
    bool byOperator = false; ///< the configuration says it, not the catalogue
    std::optional<SystemTime> since = {}; ///< it holds from then on; nothing: always, or unknown
};

/// \p answered is the model's name in the answer, empty when it has none. Another name than \p asked
/// has means that the provider served another model (DeepSeek's `deepseek-chat` is
/// `deepseek-v4-flash`) and bills it. Its price is what \p provider's configuration says of a model of
/// that name; else, where the operator has not set the price of \p asked, what the catalogue says;
/// else that of \p asked.
[[nodiscard]] AnswerPrice priceOfAnswer(const ProviderSettings &provider,
                                        const ModelSettings &asked,
                                        std::string_view answered,
                                        SystemTime time);

} // namespace signalbox::pricing
