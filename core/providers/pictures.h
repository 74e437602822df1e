// SPDX-License-Identifier: Apache-2.0
// Pictures that a request names by their address, and the request with them in it.
#pragma once

#include "core/domain/chat_request.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace signalbox::providers {

/// A picture's address and where it stands.
struct PictureAddress
{
    std::string url; ///< http or https
    std::string place; ///< `messages[0].content[1]`

    friend bool operator==(const PictureAddress &, const PictureAddress &) = default;
};

/// All of them in their order; the same address twice is there twice.
[[nodiscard]] std::vector<PictureAddress> pictureAddresses(const ChatRequest &request);

/// An address and the data URL of what is there.
using PictureData = std::pair<std::string_view, std::string_view>;

/// \p request with data URLs in place of the addresses in \p pictures; all else byte for byte.
/// What came in Anthropic's own format is left: Anthropic fetches itself.
[[nodiscard]] ChatRequest withPictures(const ChatRequest &request,
                                       const std::vector<PictureData> &pictures);

} // namespace signalbox::providers
