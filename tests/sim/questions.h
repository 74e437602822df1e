// SPDX-License-Identifier: Apache-2.0
// What clients ask: some of it what nobody asked before, some of it what many ask.
#pragma once

#include "core/base/random.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace signalbox::sim {

struct Question
{
    std::string_view route; ///< or a target; empty: any
    std::uint64_t number = 0; ///< another number, another question
    bool asking = false; ///< with a question mark: the same meaning, other words
    bool limited = false; ///< asked with a limit of tokens
    std::size_t length = 1;

    /// Without anything that JSON must escape.
    [[nodiscard]] std::string words() const;
};

class Questions
{
public:
    explicit Questions(Random &random);

    [[nodiscard]] Question next(Random &random);
    /// The next one is asked again by the same client at once.
    [[nodiscard]] bool isCrowd() const { return m_crowd > 0; }
    /// One that nobody else asks.
    [[nodiscard]] Question fresh(Random &random);

private:
    static constexpr std::size_t kCommon = 16;

    [[nodiscard]] Question common(Random &random);

    std::uint64_t m_last = 0;
    std::array<Question, kCommon> m_common;
    Question m_crowded;
    std::uint64_t m_crowd = 0; ///< how often it is still to be asked
};

} // namespace signalbox::sim
