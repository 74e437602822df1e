// SPDX-License-Identifier: Apache-2.0
// The headers by which an answer tells how it came about.
#pragma once

#include "core/domain/record.h"
#include "core/http/headers.h"
#include "core/providers/dialect.h"

#include <optional>
#include <string>
#include <string_view>

namespace signalbox::gateway {

struct AnswerFacts
{
    const RequestRecord *record = nullptr; ///< ids, route, rule, cache
    const providers::Dialect *dialect = nullptr; ///< in which the client asked
    TargetId target; ///< empty: the header is absent
    std::optional<int> attempts;
    std::optional<Cost> cost; ///< only where the whole answer is known
};

/// `x-request-id`, the client's own where there is one to echo, the same again where clients of the
/// dialect look for it, and `x-signalbox-id`, always ours.
void addIds(http::Headers &headers,
            std::string_view id,
            std::string_view clientsOwn,
            const providers::Dialect &dialect);

/// The ids and the `x-signalbox-*` of the contract.
http::Headers answerHeadersFor(const AnswerFacts &facts);

/// \p text with what may not stand in a header value replaced by `?`.
std::string headerSafe(std::string_view text);

} // namespace signalbox::gateway
