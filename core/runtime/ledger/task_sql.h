// SPDX-License-Identifier: Apache-2.0
// The task class of a request `r` in SQL, as RequestRecord::taskName() says it.
#pragma once

#include <string_view>

namespace signalbox::runtime {

inline constexpr std::string_view kTaskSql =
    "iif(r.operation='embeddings',r.operation,coalesce(json_extract(r.facts,'$.task'),'other'))";

} // namespace signalbox::runtime
