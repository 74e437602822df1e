// SPDX-License-Identifier: Apache-2.0
// Changes to the routes of a configuration's text that leave every other byte as it was.
#pragma once

#include "core/base/result.h"
#include "core/domain/settings.h"

#include <string>
#include <string_view>

namespace signalbox::config {

/// \p text with the route \p name as \p wanted; comments, order and layout stay. Rules are known by
/// their names: where one is gone and one is new that has its conditions or its targets, it was
/// renamed. With another name the clients that may use the route may use it by that one. The result
/// has been read again and differs in nothing but the route. Else a sentence: \p text or \p wanted
/// is faulty, there is no such route, or it is written in a way that cannot be changed safely.
[[nodiscard]] Result<std::string, std::string> withRoute(std::string_view text,
                                                         std::string_view name,
                                                         const RouteSettings &wanted);
/// With one route more, behind the others. Read again as above.
[[nodiscard]] Result<std::string, std::string> withNewRoute(std::string_view text,
                                                            const RouteSettings &wanted);
/// Without the route and its rules. Read again as above.
[[nodiscard]] Result<std::string, std::string> withoutRoute(std::string_view text,
                                                            std::string_view name);

} // namespace signalbox::config
