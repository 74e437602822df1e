// SPDX-License-Identifier: Apache-2.0
// From Beast's message to the simulator's request.
#pragma once

#include "app/simulator/world.h"

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>

namespace signalbox::simulator {

/// Takes the body out of \p message.
Request readRequest(boost::beast::http::request<boost::beast::http::string_body> &message,
                    std::optional<std::size_t> ownPortOf);

} // namespace signalbox::simulator
