// SPDX-License-Identifier: Apache-2.0
// Changes to what a route says beside its targets and rules.
#pragma once

#include "core/config/document.h"
#include "core/domain/settings.h"

#include <string>

namespace signalbox::config {

/// In the table `retry` of the route at \p route, which is made where there is none: each value that is
/// another one.
void editRetry(Document &document,
               const std::string &route,
               const RetrySettings &before,
               const RetrySettings &wanted);

/// What extrasOf() tells of the route at \p path: each that is another one, gone or new. Of `propose` the
/// values within.
void editExtras(Document &document,
                const std::string &path,
                RouteSettings before,
                RouteSettings wanted);

} // namespace signalbox::config
