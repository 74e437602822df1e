// SPDX-License-Identifier: Apache-2.0
// By which tokens a model is billed.
#pragma once

#include "core/domain/settings.h"

#include <string_view>

namespace signalbox::tokens {

using signalbox::TokenFamily;

/// By the maker of the model, which its name tells where the provider serves models of many.
[[nodiscard]] TokenFamily familyFor(ProviderKind kind, std::string_view model);

/// As the settings say, else by the maker.
[[nodiscard]] inline TokenFamily familyFor(ProviderKind kind, const ModelSettings &model)
{
    return model.tokenizer ? *model.tokenizer : familyFor(kind, model.name);
}

} // namespace signalbox::tokens
