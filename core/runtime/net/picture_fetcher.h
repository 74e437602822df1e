// SPDX-License-Identifier: Apache-2.0
// The pictures that requests have asked for and that are on their way.
#pragma once

#include "core/gateway/ports.h"
#include "core/runtime/net/picture_fetch.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>

namespace signalbox::runtime {

/// Lives on the gateway's thread. Its threads, which look names up, begin with the first picture.
class PictureFetcher
{
public:
    using Sink = std::function<void(gateway::ExchangeId, std::size_t, gateway::PictureResult)>;

    PictureFetcher(boost::asio::io_context &loop, Sink sink, PictureTerms terms = {});
    ~PictureFetcher();
    PictureFetcher(const PictureFetcher &) = delete;
    PictureFetcher &operator=(const PictureFetcher &) = delete;

    /// The sink is told once what came of it, never from inside this call.
    void fetch(const gateway::FetchPicture &order);
    /// Of all pictures of \p exchange nothing is told any more.
    void cancel(gateway::ExchangeId exchange);
    /// Certificates of authorities are read again for the next pictures.
    void forgetAuthorities() { m_tls.reset(); }

    [[nodiscard]] std::size_t onTheirWay() const { return m_fetches.size(); }
    [[nodiscard]] std::uint64_t bytesHeld() const { return m_budget->bytes(); }

private:
    using Key = std::pair<gateway::ExchangeId, std::size_t>;

    [[nodiscard]] PictureWorld world();

    boost::asio::io_context &m_loop;
    Sink m_sink;
    PictureTerms m_terms;
    std::shared_ptr<BodyBudget> m_budget; ///< outlives us in the pictures that requests hold
    std::shared_ptr<boost::asio::ssl::context> m_tls;
    std::optional<boost::asio::thread_pool> m_resolvers;
    std::map<Key, std::shared_ptr<PictureFetch>> m_fetches;
};

} // namespace signalbox::runtime
