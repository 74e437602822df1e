// SPDX-License-Identifier: Apache-2.0
// What the configuration's grammar knows but this version cannot do: refused, never ignored.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace signalbox::config {

/// Whether \p key of the table \p place (`route.retry`; empty for the file itself), or with a
/// \p value only that value of it, is still to come.
bool isUnavailable(std::string_view place, std::string_view key, std::string_view value = {});

/// The sentence for a fault.
std::string unavailableMessage(std::string_view key, std::string_view value = {});

} // namespace signalbox::config
