// SPDX-License-Identifier: Apache-2.0
// Who is behind another gateway's name of a provider.
#pragma once

#include "core/base/result.h"
#include "core/domain/settings.h"

#include <optional>
#include <string>
#include <string_view>

namespace signalbox::config {

struct Origin
{
    ProviderKind kind = ProviderKind::OpenAiCompatible;
    std::string baseUrl = {}; ///< empty: the kind's
    std::string id = {}; ///< what we would call it
    std::string variable = {}; ///< where its key is if nothing is said; may be empty
    std::string withheld = {}; ///< that variable where the address is somebody else's
};

/// What a provider is called there: by LiteLLM before the slash of a model, by Portkey under `provider`.
enum class Naming : std::uint8_t {
    LiteLlm,
    Portkey
};

/// \p address is what the file says instead of the provider's own; empty: nothing. Else why it cannot
/// be asked from here, the end of a sentence.
Result<Origin, std::string> originOf(Naming naming,
                                     std::string_view provider,
                                     std::string_view address);

/// Which LiteLLM provider serves a model that is named without one; nothing: nobody can know.
std::optional<std::string> providerOfModel(std::string_view model);

} // namespace signalbox::config
