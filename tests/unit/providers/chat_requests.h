// SPDX-License-Identifier: Apache-2.0
// Requests as clients send them, and what becomes of them on the way to a provider.
#pragma once

#include "core/providers/adapter.h"

#include <string>
#include <string_view>

namespace signalbox::test {

inline const std::string kHi = R"({"role":"user","content":"hi"})";

/// A chat of \p messages, the elements of the array; \p more are members before it, each with its
/// comma.
std::string chat(std::string_view messages, std::string_view more = "");

/// What a provider of \p kind is sent for \p body; an empty call when it was refused.
providers::HttpCall encodedFor(ProviderKind kind,
                               std::string_view body,
                               std::string_view model,
                               std::optional<std::int64_t> most = std::nullopt);

/// Why \p body is refused; empty texts when it is not. A fault of the request itself comes as
/// `param: message`.
providers::Refusal refusalOf(ProviderKind kind, std::string_view body, std::string_view model);

/// The member \p name of a body, compact; empty when it has none.
std::string member(const std::string &body, const char *name);

} // namespace signalbox::test
