// SPDX-License-Identifier: Apache-2.0
// The catalogue of models as a table for people.
#pragma once

#include "core/config/catalogue.h"

#include <string>

namespace signalbox::app {

/// One line per price: model, where and when it holds, USD per million tokens, limits, features,
/// source. `-` is said where a figure is not apart or not known.
[[nodiscard]] std::string catalogueTable(const config::Catalogue &catalogue);

} // namespace signalbox::app
