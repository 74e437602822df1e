// SPDX-License-Identifier: Apache-2.0
// Asks a target what points questions are, where the cache's embedder is not the built-in one.
#pragma once

#include "core/base/random.h"
#include "core/cache/digest.h"
#include "core/cache/embedding.h"
#include "core/gateway/embedder_call.h"
#include "core/gateway/ports.h"
#include "core/gateway/question_study.h"

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace signalbox::gateway {

/// | event | what follows |
/// |---|---|
/// | a question comes | it is asked at once, with others where a call is in the air already: one at a time |
/// | the same comes again | it waits for the same, or is told at once: some are remembered |
/// | a call fails, or brings no such points | all that waited are told so; nothing is asked for a while |
/// | no room to spare, the breaker not closed, the day's money spent | the same, without a call |
/// | no room to spare while a study's call is in the air | they wait until that has ended |
/// | another embedder is configured | all that waited are told that there is none |
/// | a study comes, or its call has ended | its next call, where no question waits to be asked; a question that comes meanwhile is asked beside it, as if it were not there |
/// | a study comes or goes on while nothing is asked for | it is told so; one that fails stops no questions |
///
/// Its calls belong to no exchange and teach nothing: a record of each goes into the ledger, with its cost.
/// What becomes of a study is in question_study.h.
class QuestionEmbedder
{
public:
    /// What came of one wish; null: none is to be had.
    struct Made
    {
        ExchangeId exchange = 0;
        PointPtr point;
    };

    /// \p seed: of its records' ids.
    QuestionEmbedder(OwnShared shared, std::uint64_t seed);

    void configure(std::shared_ptr<const Configuration> configuration);
    /// What takeMade() then has at once, or later.
    void ask(ExchangeId id, const std::string &question, Now now, Actions &out);
    /// Many texts for an evaluation, behind all questions. What takeStudied() then has at once, or
    /// later.
    void study(StudyId id, std::vector<std::string> texts, Now now, Actions &out);
    /// Nobody wants it any more: it is not told of.
    void leaveStudy(StudyId id) { m_study.leave(id); }
    /// False: \p attempt is none of its calls.
    bool onUpstream(AttemptId attempt, const UpstreamEvent &event, Now now, Actions &out);
    void advance(Now now, Actions &out);
    void stop(Now now, Actions &out);
    [[nodiscard]] std::vector<Made> takeMade() { return std::exchange(m_made, {}); }
    [[nodiscard]] std::vector<Studied> takeStudied() { return m_study.takeStudied(); }

    /// When advance() is to be called; nothing where no call is in the air and no study waits.
    [[nodiscard]] std::optional<SteadyTime> deadline() const;

private:
    struct Wish
    {
        std::string question;
        std::vector<ExchangeId> exchanges;
    };
    struct Known
    {
        cache::Digest question;
        PointPtr point;
    };

    void goOn(Now now, Actions &out);
    void askNext(Now now, Actions &out);
    void ended(const Outcome &outcome, Now now, Actions &out);
    void tell(const std::vector<Wish> &wishes, const std::vector<PointPtr> &points);
    template <typename Wishes>
    void giveUp(const Wishes &wishes);
    void giveUpWaiting();
    void remember(const std::string &question, const PointPtr &point);

    OwnShared m_shared;
    Random m_random;
    std::shared_ptr<const Configuration> m_configuration;
    TargetId m_target; ///< that is asked; empty: none
    std::deque<Wish> m_waiting; ///< not asked yet
    std::vector<Wish> m_asked; ///< by the call in the air
    std::unique_ptr<EmbedderCall> m_call;
    SteadyTime m_restsUntil{};
    std::vector<Made> m_made;
    std::deque<Known> m_remembered; ///< the newest behind
    std::unordered_map<cache::Digest, PointPtr> m_known;
    QuestionStudy m_study;
};

} // namespace signalbox::gateway
