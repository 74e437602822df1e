// SPDX-License-Identifier: Apache-2.0
// Has the cache's embedder make points of many texts, for an evaluation of thresholds.
#pragma once

#include "core/gateway/embedder_call.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace signalbox::gateway {

/// Whose study it is: the rim's number of the request that wants it.
using StudyId = ExchangeId;

struct StudyFault
{
    enum class Kind : std::uint8_t {
        Busy, ///< there is one already
        NoEmbedder, ///< none is configured, or another one by now
        Resting, ///< it failed a moment ago
        OutOfService,
        NoMoney,
        Refused,
        NoRoom, ///< as long as was waited for it
        Failed, ///< a call of it
        Late, ///< bounds::kStudyPatience was not enough
        Stopped ///< the gateway
    };
    Kind kind = Kind::Stopped;
    TargetId target; ///< the embedder; empty: none
    std::string detail; ///< of Failed, for people

    friend bool operator==(const StudyFault &, const StudyFault &) = default;
};

/// What came of a study: a point for each text, in their order, or why there are none.
struct Studied
{
    StudyId id = 0;
    Result<std::vector<PointPtr>, StudyFault> points;
};

/// | event | what follows |
/// |---|---|
/// | a study comes | there is none yet: its texts are asked for, call after call; else it is told so |
/// | proceed() | the next call, unless one is in the air |
/// | a call brings its points | the next; after the last it has them all |
/// | a call fails, the target is out of service, its money is spent | it has none: it is told so |
/// | no room to spare | the call is tried again a little later |
/// | its time is over, another embedder is configured, the gateway stops | it is told so |
/// | nobody wants it any more | the call in the air ends as it may; nothing else is asked |
class QuestionStudy
{
public:
    explicit QuestionStudy(OwnShared shared)
        : m_shared(shared)
    {}

    /// Empty \p target: there is no embedder.
    void configure(std::shared_ptr<const Configuration> configuration, const TargetId &target);
    /// \pre \p texts has some. What takeStudied() then has at once, or later.
    void begin(StudyId id, std::vector<std::string> texts, Now now);
    /// Begins its next call where that can be. Its records' ids are of \p random, here and below.
    void proceed(Now now, Actions &out);
    void giveUp(StudyFault::Kind kind, std::string detail = {});
    void leave(StudyId id);
    /// False: \p attempt is none of its calls.
    bool onUpstream(
        AttemptId attempt, const UpstreamEvent &event, Random &random, Now now, Actions &out);
    void advance(Random &random, Now now, Actions &out);
    void stop(Random &random, Now now, Actions &out);

    /// Some study waits for points.
    [[nodiscard]] bool isWanted() const { return m_wanted.has_value(); }
    [[nodiscard]] bool isAsking() const { return m_call != nullptr; }
    /// When advance() is to be called.
    [[nodiscard]] std::optional<SteadyTime> deadline() const;
    [[nodiscard]] std::vector<Studied> takeStudied() { return std::exchange(m_studied, {}); }

private:
    struct Wanted
    {
        StudyId id = 0;
        std::vector<std::string> texts;
        std::vector<PointPtr> points; ///< of the first of them
        SteadyTime until{};
        std::optional<SteadyTime> againAt; ///< there was no room for its next call
        bool lacksRoom = false; ///< nor was there when it was last tried
    };

    void ended(const Outcome &outcome, Random &random, Now now, Actions &out);

    OwnShared m_shared;
    std::shared_ptr<const Configuration> m_configuration;
    TargetId m_target;
    std::optional<Wanted> m_wanted;
    std::unique_ptr<EmbedderCall> m_call;
    bool m_isWantedCall = false; ///< the one in the air is for m_wanted
    bool m_stopped = false;
    std::vector<Studied> m_studied;
};

} // namespace signalbox::gateway
