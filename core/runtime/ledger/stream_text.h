// SPDX-License-Identifier: Apache-2.0
// The answer in a stream of server-sent events, as somebody can read it.
#pragma once

#include <string>
#include <string_view>

namespace signalbox::runtime {

/// True where \p body begins as a stream of events does.
bool isEventStream(std::string_view body);

/// `{"events":12,"content":"...","arguments":"..."}`: the pieces of each kind joined, in any of our
/// dialects; of further choices as `content[1]`. A key that came in pieces is one again, so that it is
/// known as one. An error event is there as it was.
std::string joinedStream(std::string_view body);

} // namespace signalbox::runtime
