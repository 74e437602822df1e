// SPDX-License-Identifier: Apache-2.0
// Changes to a rule, and to the targets of a rule or route, in a text.
#pragma once

#include "core/config/document.h"
#include "core/domain/settings.h"

#include <string>
#include <vector>

namespace signalbox::config {

/// Makes the list of targets of the table at \p owner, which says \p before, say \p wanted.
/// \p header is that of a target written as a block: `route.targets`.
void editTargets(Document &document,
                 const std::string &owner,
                 const std::string &header,
                 const std::vector<TargetChoice> &before,
                 const std::vector<TargetChoice> &wanted);

/// The same for the rule at \p path; without a strategy of its own it has \p inherited.
void editRule(Document &document,
              const std::string &path,
              const RuleSettings &before,
              const RuleSettings &wanted,
              Strategy inherited);

} // namespace signalbox::config
