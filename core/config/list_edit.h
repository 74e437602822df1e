// SPDX-License-Identifier: Apache-2.0
// Lists of tables in another order, with more or fewer of them, in either of TOML's notations.
#pragma once

#include "core/config/document.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::config {

/// An element of a list as it is to be: one that is there, or a new one.
struct Element
{
    std::optional<std::size_t> old; ///< which of those that are there
    std::string inPlace = {}; ///< a new one as a value: `{ target = "a/b" }`
    std::string block = {}; ///< a new one under a header of its own, with the last line's end
};

/// Puts the list at \p path into this order. An element takes its comments with it: those on its
/// last line and those right above it. Blank lines and other comments stay where they are.
void arrange(Document &document, const std::string &path, const std::vector<Element> &wanted);

/// Where the element's text ends: behind its last line and those of the tables in it.
/// \pre the list is written as blocks
[[nodiscard]] std::size_t endOfBlock(const Document &document, const toml::table &element);

} // namespace signalbox::config
