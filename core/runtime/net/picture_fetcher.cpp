// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/net/picture_fetcher.h"

#include "core/runtime/net/client_tls.h"

namespace signalbox::runtime {

using namespace gateway;

namespace {

constexpr std::size_t kResolverThreads = 2;

} // namespace

PictureFetcher::PictureFetcher(boost::asio::io_context &loop, Sink sink, PictureTerms terms)
    : m_loop(loop)
    , m_sink(std::move(sink))
    , m_terms(std::move(terms))
    , m_budget(std::make_shared<BodyBudget>(m_terms.bytesInAllMax))
{}

PictureFetcher::~PictureFetcher()
{
    for (auto &entry : std::exchange(m_fetches, {})) {
        entry.second->cancel();
    }
    if (m_resolvers) {
        m_resolvers->stop();
        m_resolvers->join();
    }
}

PictureWorld PictureFetcher::world()
{
    if (!m_resolvers) {
        m_resolvers.emplace(kResolverThreads);
    }
    if (!m_tls) {
        m_tls = makeClientTls(m_terms.caFile);
    }
    return {m_loop, *m_resolvers, m_tls, m_budget, m_terms};
}

void PictureFetcher::fetch(const FetchPicture &order)
{
    const Key key{order.exchange, order.number};
    const auto told = [this, key](PictureResult result) {
        const auto ended = m_fetches.extract(key); // it may be on the stack below us
        m_sink(key.first, key.second, std::move(result));
    };
    auto fetch = std::make_shared<PictureFetch>(world(), order.allowPrivate, told);
    const bool full = m_fetches.size() >= m_terms.fetchesMax;
    m_fetches[key] = fetch;
    full ? fetch->refuse() : fetch->start(order.url);
}

void PictureFetcher::cancel(ExchangeId exchange)
{
    auto at = m_fetches.lower_bound({exchange, 0});
    while (at != m_fetches.end() && at->first.first == exchange) {
        at->second->cancel();
        at = m_fetches.erase(at);
    }
}

} // namespace signalbox::runtime
