// SPDX-License-Identifier: GPL-3.0-or-later
// Providers and targets as people call them, and the two letters they are tagged with.
#pragma once

#include "core/domain/ids.h"

#include <QString>

#include <string_view>

namespace signalbox::ui::text {

QString fromUtf8(std::string_view text);

/// `OpenAI` for a provider whose id is its kind; its id for any other.
QString providerName(std::string_view id, std::string_view kind);
/// `OA`; the first two letters of the id where the id is not the kind's own name.
QString providerTag(std::string_view id, std::string_view kind);
/// The model without its provider.
QString modelName(const TargetId &target);

} // namespace signalbox::ui::text
