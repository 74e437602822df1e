// SPDX-License-Identifier: Apache-2.0
// Files that hold something secret: read only where nobody else could have read or written them.
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <cstddef>
#include <string>

namespace signalbox::runtime {

struct PrivateFileProblem
{
    bool absent = false; ///< there is no such file
    std::string message; ///< for people; never what is in it
};

/// All of a regular file that is owned by us or root, without access for group and others, of at
/// most \p bytesMax bytes.
[[nodiscard]] Result<Secret, PrivateFileProblem> readPrivateFile(const std::string &path,
                                                                 std::size_t bytesMax);

} // namespace signalbox::runtime
