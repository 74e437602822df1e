// SPDX-License-Identifier: Apache-2.0
// Changes to a configuration's text that leave every other byte as somebody wrote it.
#pragma once

#include "core/base/result.h"
#include "core/domain/settings.h"

#include <string>
#include <string_view>
#include <vector>

namespace signalbox::config {

/// \p text with these keys for the provider, in this order; comments, order and layout stay. The
/// result has been read again and differs in nothing but the keys. Else a sentence: the text is
/// faulty, has no such provider, or is written in a way that cannot be changed safely.
Result<std::string, std::string> withProviderKeys(std::string_view text,
                                                  std::string_view provider,
                                                  const std::vector<SecretRef> &keys);

/// What is needed to reach somebody: the rest has defaults.
struct NewProvider
{
    std::string id;
    ProviderKind kind = ProviderKind::OpenAiCompatible;
    std::string baseUrl = {}; ///< empty: the kind's
    std::vector<SecretRef> keys = {};
    std::string model; ///< the provider's own name
};

/// \p text with the provider at its end, and a route of that name which leads to its model unless
/// there is one already. Read again as above.
Result<std::string, std::string> withProvider(std::string_view text,
                                              const NewProvider &provider,
                                              std::string_view route);

} // namespace signalbox::config
