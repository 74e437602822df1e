// SPDX-License-Identifier: Apache-2.0
// Looks at what is kept of answers, and clears it out, without holding up who is served meanwhile.
#pragma once

#include "core/gateway/gateway.h"

#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <functional>

namespace signalbox::runtime {

/// Used on the loop's thread; each turn of it takes some 0.1 ms. Keeps nothing between two calls.
class CacheDesk
{
public:
    CacheDesk(boost::asio::io_context &loop, gateway::Gateway &gateway)
        : m_loop(loop)
        , m_gateway(gateway)
    {}

    /// \p done is called once, from a later turn.
    void view(CacheQuery query, std::function<void(CacheView)> done) const;
    /// Tells how many there were.
    void evict(CacheFilter filter, std::function<void(std::size_t)> done) const;

private:
    boost::asio::io_context &m_loop;
    gateway::Gateway &m_gateway;
};

} // namespace signalbox::runtime
