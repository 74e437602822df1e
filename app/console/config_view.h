// SPDX-License-Identifier: GPL-3.0-or-later
// Revisions as the console shows them.
#pragma once

#include "ui/config_source.h"

#include "core/runtime/revision_store.h"

#include <cstddef>
#include <vector>

namespace signalbox::app {

[[nodiscard]] ui::ConfigRevision viewOf(const runtime::Revision &revision);
/// The newest of \p past, which has the newest first.
[[nodiscard]] std::vector<ui::ConfigRevision> viewOf(const std::vector<runtime::Revision> &past);

} // namespace signalbox::app
