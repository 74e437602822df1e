// SPDX-License-Identifier: Apache-2.0
// What is wrong with a request, said with the place in its JSON.
#pragma once

#include "core/providers/client_api.h"
#include "core/providers/json_check.h"

#include <optional>
#include <string>
#include <string_view>

namespace signalbox::providers {

/// Keeps the first fault of a document; later ones are consequences as often as not.
class FaultKeeper
{
public:
    [[nodiscard]] bool any() const { return m_fault.has_value(); }
    [[nodiscard]] const BadRequest &fault() const { return *m_fault; }
    /// Notes that the value at \p path \p isWrong ("must be a string").
    void note(std::string_view path, std::string_view isWrong);
    /// The same of one that the others are consequences of, found later.
    void noteCause(std::string_view path, std::string_view isWrong);

private:
    std::optional<BadRequest> m_fault;
};

/// `messages[2]`, `messages[2].role`.
[[nodiscard]] std::string elementPath(std::string_view list, std::size_t index);
[[nodiscard]] std::string memberPath(std::string_view object, std::string_view name);

/// The fault of a body that is no JSON document we take.
[[nodiscard]] BadRequest badBody(const JsonFault &fault);

} // namespace signalbox::providers
