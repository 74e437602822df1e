// SPDX-License-Identifier: Apache-2.0
#include "core/config/fault.h"

namespace signalbox::config {

std::string toLine(const Fault &fault, std::string_view file)
{
    return std::string(file) + ':' + std::to_string(fault.line) + ':' + std::to_string(fault.column)
           + ": " + fault.message;
}

} // namespace signalbox::config
