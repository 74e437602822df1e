// SPDX-License-Identifier: Apache-2.0
// What a fact is compared with: a literal, a comparison, a range or a list.
#pragma once

#include "core/config/node.h"
#include "core/domain/settings.h"

#include <cstdint>
#include <optional>
#include <string>

namespace signalbox::config {

enum class FactType : std::uint8_t {
    Boolean,
    Number,
    Words
};

/// What a fact may be compared with; the bounds are those of its numbers.
struct FactSpec
{
    Fact fact;
    FactType type = FactType::Words;
    double max = 1e15;
};

/// One entry of `when` on its way to a Condition.
struct Term
{
    FactSpec spec;
    std::string label; ///< as written, for messages
    std::string key; ///< of header and metadata
    const toml::node *node = nullptr; ///< its value
};

/// The matcher that \p term's value means; nothing when it does not fit the fact (reported).
std::optional<Matcher> readMatcher(const Term &term, Report &report);

} // namespace signalbox::config
