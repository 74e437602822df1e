// SPDX-License-Identifier: Apache-2.0
// Reasoning that a client gives back: `reasoning_details` in OpenRouter's form, read.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace signalbox::providers {

/// One entry of `reasoning_details`; what it has not is empty.
struct ReasoningDetail
{
    std::string type; ///< `reasoning.text`, `reasoning.encrypted`, ...
    std::string text;
    std::string signature;
    std::string data;
    std::string id;
    std::string format; ///< whose it is
};

/// Calls \p use with each entry of \p details (a raw array, or empty) whose format is \p format, in
/// order: what another provider signed is overlooked.
void forEachReasoningDetail(std::string_view details,
                            std::string_view format,
                            const std::function<void(const ReasoningDetail &)> &use);

} // namespace signalbox::providers
