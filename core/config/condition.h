// SPDX-License-Identifier: Apache-2.0
// A rule's `when`: facts and what they are compared with.
#pragma once

#include "core/config/table_reader.h"
#include "core/domain/settings.h"

#include <vector>

namespace signalbox::config {

/// The conditions of \p rule's `when` in the file's order.
std::vector<Condition> readWhen(TableReader &rule);

} // namespace signalbox::config
