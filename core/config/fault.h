// SPDX-License-Identifier: Apache-2.0
// One problem of a configuration file, at its place.
#pragma once

#include <string>
#include <string_view>

namespace signalbox::config {

/// Line and column count from 1; a column counts code points. The message is one line of text and
/// never contains a secret.
struct Fault
{
    int line = 1;
    int column = 1;
    std::string message;

    friend bool operator==(const Fault &, const Fault &) = default;
};

/// `FILE:LINE:COL: message`
std::string toLine(const Fault &fault, std::string_view file);

} // namespace signalbox::config
