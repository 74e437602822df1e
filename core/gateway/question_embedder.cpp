// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/question_embedder.h"

#include "core/base/bounds.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace signalbox::gateway {

QuestionEmbedder::QuestionEmbedder(OwnShared shared, std::uint64_t seed)
    : m_shared(shared)
    , m_random(seed)
    , m_study(shared)
{}

void QuestionEmbedder::configure(std::shared_ptr<const Configuration> configuration)
{
    m_configuration = std::move(configuration);
    const TargetId target = m_configuration->cache.embedder.value_or(TargetId());
    m_study.configure(m_configuration, target);
    if (target == m_target) {
        return;
    }
    m_target = target;
    m_restsUntil = {};
    m_known.clear();
    m_remembered.clear();
    giveUpWaiting();
    giveUp(std::exchange(m_asked, {})); // its call goes on, and nobody waits for it
}

void QuestionEmbedder::ask(ExchangeId id, const std::string &question, Now now, Actions &out)
{
    if (const auto known = m_known.find(cache::digestOf(question)); known != m_known.end()) {
        m_made.push_back({id, known->second});
        return;
    }
    const auto same = [&question](const Wish &wish) { return wish.question == question; };
    if (const auto asked = std::ranges::find_if(m_asked, same); asked != m_asked.end()) {
        asked->exchanges.push_back(id);
        return;
    }
    if (const auto waits = std::ranges::find_if(m_waiting, same); waits != m_waiting.end()) {
        waits->exchanges.push_back(id);
        return;
    }
    if (m_target.isEmpty() || now.steady < m_restsUntil
        || m_waiting.size() >= bounds::kComparisonsMax) {
        m_made.push_back({id, nullptr});
        return;
    }
    m_waiting.push_back({question, {id}});
    goOn(now, out);
}

void QuestionEmbedder::study(StudyId id, std::vector<std::string> texts, Now now, Actions &out)
{
    m_study.begin(id, std::move(texts), now);
    goOn(now, out);
}

/// Questions first: what is left of time and room is a study's.
void QuestionEmbedder::goOn(Now now, Actions &out)
{
    askNext(now, out);
    if (m_study.isWanted() && now.steady < m_restsUntil) {
        m_study.giveUp(StudyFault::Kind::Resting);
    } else if (m_waiting.empty()) {
        m_study.proceed(now, out);
    }
}

void QuestionEmbedder::askNext(Now now, Actions &out)
{
    if (m_call || m_waiting.empty()) {
        return;
    }
    const std::size_t most = EmbedderCall::textsMax(*m_configuration, m_target);
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < std::min(most, m_waiting.size()); ++i) {
        texts.push_back(m_waiting[i].question);
    }
    const auto last = m_waiting.begin() + static_cast<std::ptrdiff_t>(texts.size());
    auto call = EmbedderCall::begin({.configuration = m_configuration,
                                     .target = m_target,
                                     .texts = std::move(texts),
                                     .timeout = bounds::kEmbedTimeout,
                                     .spare = {}},
                                    m_shared,
                                    now,
                                    out);
    if (call) {
        m_call = *std::move(call);
        m_asked.assign(std::make_move_iterator(m_waiting.begin()), std::make_move_iterator(last));
        m_waiting.erase(m_waiting.begin(), last);
    } else if (call.error() != NoCall::NoRoom || !m_study.isAsking()) {
        m_restsUntil = now.steady + bounds::kEmbedRest;
        giveUpWaiting();
    }
}

bool QuestionEmbedder::onUpstream(AttemptId attempt,
                                  const UpstreamEvent &event,
                                  Now now,
                                  Actions &out)
{
    if (m_study.onUpstream(attempt, event, m_random, now, out)) {
        goOn(now, out);
        return true;
    }
    if (!m_call || m_call->id() != attempt) {
        return false;
    }
    if (const auto outcome = m_call->on(event, now, out)) {
        ended(*outcome, now, out);
        goOn(now, out);
    }
    return true;
}

void QuestionEmbedder::advance(Now now, Actions &out)
{
    if (m_call) {
        if (const auto outcome = m_call->expired(now, out)) {
            ended(*outcome, now, out);
        }
    }
    m_study.advance(m_random, now, out);
    goOn(now, out);
}

void QuestionEmbedder::stop(Now now, Actions &out)
{
    m_target = TargetId();
    giveUpWaiting();
    m_study.stop(m_random, now, out);
    if (m_call) {
        ended(m_call->cutOff(out), now, out);
    }
}

void QuestionEmbedder::ended(const Outcome &outcome, Now now, Actions &out)
{
    const auto call = std::exchange(m_call, nullptr);
    const auto points = call->settle(outcome, m_random, now, out);
    const std::vector<Wish> asked = std::exchange(m_asked, {});
    if (asked.empty()) {
        return; // another embedder is configured by now
    }
    if (!points.empty()) {
        tell(asked, points);
        return;
    }
    m_restsUntil = now.steady + bounds::kEmbedRest;
    giveUp(asked);
    giveUpWaiting();
}

void QuestionEmbedder::tell(const std::vector<Wish> &wishes, const std::vector<PointPtr> &points)
{
    for (std::size_t i = 0; i < wishes.size(); ++i) {
        remember(wishes[i].question, points[i]);
        for (const ExchangeId id : wishes[i].exchanges) {
            m_made.push_back({id, points[i]});
        }
    }
}

template <typename Wishes>
void QuestionEmbedder::giveUp(const Wishes &wishes)
{
    for (const Wish &wish : wishes) {
        for (const ExchangeId id : wish.exchanges) {
            m_made.push_back({id, nullptr});
        }
    }
}

void QuestionEmbedder::giveUpWaiting()
{
    giveUp(std::exchange(m_waiting, {}));
}

void QuestionEmbedder::remember(const std::string &question, const PointPtr &point)
{
    const cache::Digest digest = cache::digestOf(question);
    if (!m_known.emplace(digest, point).second) {
        return;
    }
    m_remembered.push_back({digest, point});
    if (m_remembered.size() > bounds::kEmbeddingsRemembered) {
        m_known.erase(m_remembered.front().question);
        m_remembered.pop_front();
    }
}

std::optional<SteadyTime> QuestionEmbedder::deadline() const
{
    const auto study = m_study.deadline();
    if (!m_call) {
        return study;
    }
    return std::min(m_call->deadline(), study.value_or(SteadyTime::max()));
}

} // namespace signalbox::gateway
