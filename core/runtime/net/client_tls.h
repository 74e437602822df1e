// SPDX-License-Identifier: Apache-2.0
// How we speak TLS to others.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>

namespace signalbox::runtime {

/// TLS 1.2 or later, the peer verified by the authorities in the file \p caFile, or the system's
/// when it is empty. An unreadable file verifies nobody: every handshake fails.
[[nodiscard]] std::shared_ptr<boost::asio::ssl::context> makeClientTls(const std::string &caFile);

} // namespace signalbox::runtime
