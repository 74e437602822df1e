// SPDX-License-Identifier: Apache-2.0
// Questions as people ask them, as many as are wanted, and the same in other words.
#pragma once

#include <cstddef>
#include <string>

namespace signalbox::bench {

/// No two numbers have the same question. A third of them differ from others in a number alone.
std::string question(std::size_t number);
/// The same as question(\p number) in other words.
std::string inOtherWords(std::size_t number);

} // namespace signalbox::bench
