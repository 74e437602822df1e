// SPDX-License-Identifier: Apache-2.0
// Which addresses of the internet protocol lead out into the public network.
#pragma once

#include <boost/asio/ip/address.hpp>

namespace signalbox::runtime {

/// False for all that is private, local, reserved or for many: what this machine or its network
/// answers at such a place, a metadata service above all, is nobody else's to read. By IANA's
/// special-purpose registries (RFC 6890) as of 2026; an IPv4 address inside an IPv6 one (mapped, or
/// NAT64's) counts as itself.
[[nodiscard]] bool isPublicAddress(const boost::asio::ip::address &address);

} // namespace signalbox::runtime
