// SPDX-License-Identifier: Apache-2.0
// What both directions share: the version and how far a message has come.
#pragma once

#include <cstdint>

namespace signalbox::http {

enum class Version : std::uint8_t {
    Http10,
    Http11
};

/// How far a parser has come with its message.
enum class Stage : std::uint8_t {
    Head, ///< waits for the start line or headers
    Body, ///< the head is there, the body is not
    Complete, ///< all is there; bytes that follow belong to the next message
    Failed, ///< refused for good; the connection cannot go on
};

} // namespace signalbox::http
