// SPDX-License-Identifier: Apache-2.0
// Every dialect that is offered.
#pragma once

#include "core/providers/dialect.h"

#include <array>

namespace signalbox::fuzz {

inline std::array<const providers::Dialect *, 3> dialects()
{
    return {&providers::chatDialect(),
            &providers::messagesDialect(),
            &providers::responsesDialect()};
}

} // namespace signalbox::fuzz
