// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/question_study.h"

#include "core/base/bounds.h"
#include "core/base/check.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace signalbox::gateway {

namespace {

/// Questions of requests must find the room that they need beside a study's call.
constexpr SpareRoom kLeft{.places = 2, .quarters = 3};

StudyFault::Kind kindOf(NoCall why)
{
    switch (why) {
    case NoCall::OutOfService:
        return StudyFault::Kind::OutOfService;
    case NoCall::NoMoney:
        return StudyFault::Kind::NoMoney;
    case NoCall::Refused:
        return StudyFault::Kind::Refused;
    case NoCall::NoRoom:
        return StudyFault::Kind::NoRoom;
    }
    SB_CHECK(false);
}

} // namespace

void QuestionStudy::configure(std::shared_ptr<const Configuration> configuration,
                              const TargetId &target)
{
    m_configuration = std::move(configuration);
    if (target != m_target) {
        giveUp(StudyFault::Kind::NoEmbedder);
        m_target = target;
    }
}

void QuestionStudy::begin(StudyId id, std::vector<std::string> texts, Now now)
{
    SB_CHECK(!texts.empty());
    const auto refuse = [&](StudyFault::Kind kind) {
        m_studied.push_back({id, Failure{StudyFault{kind, m_target, {}}}});
    };
    if (m_stopped) {
        refuse(StudyFault::Kind::Stopped);
    } else if (m_target.isEmpty()) {
        refuse(StudyFault::Kind::NoEmbedder);
    } else if (m_wanted) {
        refuse(StudyFault::Kind::Busy);
    } else {
        m_wanted.emplace();
        m_wanted->id = id;
        m_wanted->texts = std::move(texts);
        m_wanted->until = now.steady + bounds::kStudyPatience;
    }
}

void QuestionStudy::proceed(Now now, Actions &out)
{
    if (m_call || !m_wanted || m_wanted->againAt) {
        return;
    }
    const auto first = m_wanted->texts.begin()
                       + static_cast<std::ptrdiff_t>(m_wanted->points.size());
    const std::size_t count = std::min(EmbedderCall::textsMax(*m_configuration, m_target),
                                       m_wanted->texts.size() - m_wanted->points.size());
    auto call = EmbedderCall::begin({.configuration = m_configuration,
                                     .target = m_target,
                                     .texts = {first, first + static_cast<std::ptrdiff_t>(count)},
                                     .timeout = bounds::kStudyCallTimeout,
                                     .spare = kLeft},
                                    m_shared,
                                    now,
                                    out);
    m_wanted->lacksRoom = !call && call.error() == NoCall::NoRoom;
    if (call) {
        m_call = *std::move(call);
        m_isWantedCall = true;
    } else if (m_wanted->lacksRoom) {
        m_wanted->againAt = now.steady + bounds::kStudyPause;
    } else {
        giveUp(kindOf(call.error()));
    }
}

void QuestionStudy::giveUp(StudyFault::Kind kind, std::string detail)
{
    if (m_wanted) {
        m_studied.push_back({m_wanted->id, Failure{StudyFault{kind, m_target, std::move(detail)}}});
        m_wanted.reset();
        m_isWantedCall = false;
    }
}

void QuestionStudy::leave(StudyId id)
{
    if (m_wanted && m_wanted->id == id) {
        m_wanted.reset();
        m_isWantedCall = false;
    }
    std::erase_if(m_studied, [id](const Studied &studied) { return studied.id == id; });
}

bool QuestionStudy::onUpstream(
    AttemptId attempt, const UpstreamEvent &event, Random &random, Now now, Actions &out)
{
    if (!m_call || m_call->id() != attempt) {
        return false;
    }
    if (const auto outcome = m_call->on(event, now, out)) {
        ended(*outcome, random, now, out);
    }
    return true;
}

void QuestionStudy::advance(Random &random, Now now, Actions &out)
{
    if (m_call) {
        if (const auto outcome = m_call->expired(now, out)) {
            ended(*outcome, random, now, out);
        }
    }
    if (!m_wanted) {
        return;
    }
    if (m_wanted->againAt && *m_wanted->againAt <= now.steady) {
        m_wanted->againAt.reset();
    }
    if (m_wanted->until <= now.steady) {
        giveUp(m_wanted->lacksRoom ? StudyFault::Kind::NoRoom : StudyFault::Kind::Late);
    }
}

void QuestionStudy::stop(Random &random, Now now, Actions &out)
{
    m_stopped = true;
    giveUp(StudyFault::Kind::Stopped);
    if (m_call) {
        ended(m_call->cutOff(out), random, now, out);
    }
}

void QuestionStudy::ended(const Outcome &outcome, Random &random, Now now, Actions &out)
{
    const auto call = std::exchange(m_call, nullptr);
    auto points = call->settle(outcome, random, now, out);
    if (!std::exchange(m_isWantedCall, false)) {
        return; // nobody waits for it any more
    }
    if (points.empty()) {
        const bool unusable = outcome.outcome == OutcomeClass::Success;
        giveUp(StudyFault::Kind::Failed,
               unusable ? std::string("no points of as many texts")
                        : std::string(toString(outcome.outcome)));
        return;
    }
    std::ranges::move(points, std::back_inserter(m_wanted->points));
    if (m_wanted->points.size() == m_wanted->texts.size()) {
        m_studied.push_back({m_wanted->id, std::move(m_wanted->points)});
        m_wanted.reset();
    }
}

std::optional<SteadyTime> QuestionStudy::deadline() const
{
    SteadyTime next = SteadyTime::max();
    if (m_call) {
        next = m_call->deadline();
    }
    if (m_wanted) {
        next = std::min(next, m_wanted->until);
        next = std::min(next, m_wanted->againAt.value_or(SteadyTime::max()));
    }
    return next == SteadyTime::max() ? std::nullopt : std::optional(next);
}

} // namespace signalbox::gateway
