// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/net/public_address.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace signalbox::runtime {
namespace {

namespace ip = boost::asio::ip;

/// Addresses by their first 32 bits.
struct Range
{
    std::uint32_t first;
    unsigned bits; ///< of the prefix
};

constexpr std::array<Range, 16> kNotPublic4 = {{
    {0x00000000, 8}, // this network; 0.0.0.0 is this machine
    {0x0A000000, 8}, // private
    {0x64400000, 10}, // carriers' NAT; Alibaba's metadata service 100.100.100.200
    {0x7F000000, 8}, // this machine
    {0xA83F8110, 32}, // Azure's host, 168.63.129.16
    {0xA9FE0000, 16}, // link-local; metadata services at 169.254.169.254
    {0xAC100000, 12}, // private
    {0xC0000000, 24}, // protocols; Oracle's metadata service 192.0.0.192
    {0xC0000200, 24}, // examples
    {0xC0586300, 24}, // 6to4 relays, retired
    {0xC0A80000, 16}, // private
    {0xC6120000, 15}, // benchmarks
    {0xC6336400, 24}, // examples
    {0xCB007100, 24}, // examples
    {0xE0000000, 4}, // multicast
    {0xF0000000, 4}, // reserved, and broadcast
}};

/// First words of IPv6 addresses within 2000::/3, which is all that is given out.
constexpr std::array<Range, 4> kNotPublic6 = {{
    {0x20010000, 23}, // protocols, Teredo among them
    {0x20010DB8, 32}, // examples
    {0x20020000, 16}, // 6to4: leads to any IPv4 address
    {0x3FFF0000, 20}, // examples
}};

constexpr std::uint32_t maskOf(unsigned bits)
{
    return ~std::uint32_t{0} << (32U - bits);
}

std::uint32_t wordAt(const ip::address_v6::bytes_type &bytes, std::size_t at)
{
    std::uint32_t word = 0;
    for (std::size_t i = at; i < at + 4; ++i) {
        word = word << 8U | bytes[i];
    }
    return word;
}

template <std::size_t N>
bool isInOneOf(const std::array<Range, N> &ranges, std::uint32_t address)
{
    return std::ranges::any_of(ranges, [address](const Range &range) {
        return (address & maskOf(range.bits)) == range.first;
    });
}

bool isPublic6(const ip::address_v6 &address)
{
    const auto bytes = address.to_bytes();
    const std::uint32_t head = wordAt(bytes, 0);
    const bool zeros = wordAt(bytes, 4) == 0;
    const bool mapped = head == 0 && zeros && wordAt(bytes, 8) == 0xFFFF;
    const bool nat64 = head == 0x0064FF9B && zeros && wordAt(bytes, 8) == 0;
    if (mapped || nat64) {
        return !isInOneOf(kNotPublic4, wordAt(bytes, 12));
    }
    return (head & maskOf(3)) == 0x20000000 && !isInOneOf(kNotPublic6, head);
}

} // namespace

bool isPublicAddress(const ip::address &address)
{
    return address.is_v4() ? !isInOneOf(kNotPublic4, address.to_v4().to_uint())
                           : isPublic6(address.to_v6());
}

} // namespace signalbox::runtime
