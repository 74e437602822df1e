// SPDX-License-Identifier: Apache-2.0
// An `image_url` part of a message, read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace signalbox::providers {

struct ImagePart
{
    std::string url; ///< an address or a data URL; empty when absent
    std::string detail; ///< `low`, `high`, `auto`; empty when absent
};

/// \p part is the part's raw JSON.
[[nodiscard]] ImagePart readImagePart(std::string_view part);

/// A data URL (RFC 2397) taken apart; views look into the URL.
struct DataUrl
{
    std::string type; ///< lower case, without parameters; empty when absent
    std::string_view data; ///< after the comma
    bool base64 = false;
};

/// Nothing when \p url is of another scheme.
[[nodiscard]] std::optional<DataUrl> parseDataUrl(std::string_view url);

} // namespace signalbox::providers
