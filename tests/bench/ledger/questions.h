// SPDX-License-Identifier: Apache-2.0
// What the console asks of a ledger, each question with the longest that its answer may take.
#pragma once

#include "core/runtime/ledger/ledger_reader.h"

#include <functional>
#include <string>
#include <vector>

namespace signalbox::bench {

struct Question
{
    std::string name;
    double mostMs = 0;
    /// Rows in the answer; nothing when it failed. \p round varies what is asked.
    std::function<std::optional<std::size_t>(runtime::LedgerReader &, int round)> ask;
};

/// \p end is the time of the last request.
[[nodiscard]] std::vector<Question> questions(SystemTime end);

} // namespace signalbox::bench
