// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/cache/question_finder.h"

#include "core/base/bounds.h"
#include "core/base/check.h"

#include <boost/asio/post.hpp>
#include <limits>
#include <utility>

namespace signalbox::runtime {

namespace {

/// Points that go into a graph between two lookups.
constexpr std::size_t kAtOnce = 2;
/// Lookups are counted apart, and orders are bounded by what is kept: none of them may be lost.
constexpr std::size_t kJobsMax = std::numeric_limits<std::size_t>::max();

} // namespace

struct QuestionFinder::Work
{
    cache::SemanticIndex index{cache::IndexSettings()};
    JobThread *jobs = nullptr;
    bool isAdvancing = false; ///< a job for it waits

    /// One job after another, so that what comes meanwhile has its turn.
    void advance()
    {
        if (!std::exchange(isAdvancing, true)) {
            isAdvancing = jobs->add([this] {
                isAdvancing = false;
                if (index.advance(kAtOnce)) {
                    advance();
                }
            });
        }
    }

    void take(cache::IndexOrders &orders)
    {
        for (cache::IndexOrder &order : orders) {
            index.carryOut(std::move(order));
        }
        advance();
    }

    cache::Alike find(const gateway::CompareQuestion &question)
    {
        index.configure(question.settings);
        cache::AskedQuestion asked;
        asked.question = cache::understood(question.question);
        asked.point = question.point ? *question.point : cache::embedded(asked.question);
        return index.find(question.scope, asked);
    }
};

QuestionFinder::QuestionFinder(boost::asio::io_context &loop, Sink sink)
    : m_loop(loop)
    , m_sink(std::move(sink))
    , m_work(std::make_shared<Work>())
{}

QuestionFinder::~QuestionFinder() = default;

void QuestionFinder::begin()
{
    if (!m_jobs) {
        m_jobs = std::make_unique<JobThread>("questions", kJobsMax);
        m_work->jobs = m_jobs.get();
    }
}

void QuestionFinder::take(cache::IndexOrders orders)
{
    begin();
    m_jobs->add([work = m_work, all = std::make_shared<cache::IndexOrders>(std::move(orders))] {
        work->take(*all);
    });
}

void QuestionFinder::compare(gateway::CompareQuestion question)
{
    begin();
    const auto told = [this, id = question.exchange](std::optional<cache::Alike> alike) {
        boost::asio::post(m_loop, [this, id, alike = std::move(alike)]() mutable {
            m_sink(id, std::move(alike));
        });
    };
    if (m_waiting >= bounds::kComparisonsMax) {
        told(std::nullopt);
        return;
    }
    ++m_waiting;
    const bool added = m_jobs->add([this, work = m_work, question = std::move(question)] {
        boost::asio::post(m_loop,
                          [this, id = question.exchange, alike = work->find(question)]() mutable {
                              --m_waiting;
                              m_sink(id, std::move(alike));
                          });
    });
    SB_CHECK(added);
}

} // namespace signalbox::runtime
