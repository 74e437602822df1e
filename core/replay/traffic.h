// SPDX-License-Identifier: Apache-2.0
// Recorded requests and calls, as small as a replay of a million of them wants them.
#pragma once

#include "core/domain/record.h"
#include "core/domain/settings.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace signalbox::replay {

/// A name's number; numbers are given in the order in which names come.
class Names
{
public:
    static constexpr std::uint32_t kNone = UINT32_MAX;

    std::uint32_t number(std::string_view name);
    [[nodiscard]] std::uint32_t find(std::string_view name) const;
    [[nodiscard]] const std::string &name(std::uint32_t number) const { return m_names[number]; }
    [[nodiscard]] std::size_t size() const { return m_names.size(); }

private:
    std::vector<std::string> m_names;
    std::unordered_map<std::string, std::uint32_t> m_numbers;
};

/// One upstream call; several that made up one answer (batches of embeddings) are one.
struct RecordedCall
{
    std::uint32_t request = 0;
    std::uint32_t target = 0;
    std::uint32_t model = 0; ///< the name in the answer
    OutcomeClass outcome = OutcomeClass::Success;
    bool contentSent = false;
    bool hasUsage = false;
    bool headSeen = false; ///< a stream had begun: its head said that all is well
    Micros startedAfter{0};
    Micros backoffBefore{0};
    Micros total{0};
    std::optional<Micros> firstToken;
    std::optional<RetryHint> hint;
    Usage usage;
};

/// A target that could not be had for a reason that a replay cannot find out again.
struct RecordedVeto
{
    std::uint32_t target = 0;
    Veto veto = Veto::None;
};

/// Who decided how a request went.
enum class Standing : std::uint8_t {
    Routed, ///< candidates were asked: it is routed again
    AsRecorded, ///< answered from the cache, refused at the door: no configuration of routes matters
};

struct RecordedRequest
{
    SystemTime arrived{};
    std::uint32_t route = Names::kNone; ///< kNone: it called a target by name
    std::uint32_t pinned = Names::kNone; ///< the one target it may go to
    std::uint32_t task = 0;
    std::uint32_t target = Names::kNone; ///< that answered
    std::uint32_t firstCall = 0;
    std::uint32_t calls = 0;
    std::uint32_t firstVeto = 0;
    std::uint32_t vetoes = 0;
    Standing standing = Standing::Routed;
    OutcomeClass outcome = OutcomeClass::Success;
    bool stream = false;
    bool embeddings = false;
    bool limited = false; ///< it ended for want of room
    bool counts = false; ///< a trial would count it (gateway::effectOf)
    FeatureSet needs;
    std::uint64_t seed = 0;
    std::optional<double> draw;
    std::optional<WarmPrompt> warm;
    Micros total{0};
    std::optional<Micros> firstToken;
    RequestFacts facts;
};

/// Ordered by arrival.
class Traffic
{
public:
    /// A period's requests are at most so many; of a longer period the newest are taken.
    static constexpr std::size_t kRequestsMax = 2'000'000;

    /// \p inForce: by whose routes it is told which requests were pinned to a target.
    explicit Traffic(const Configuration &inForce);

    /// Calls that no client asked for are passed over. False when there is no room for more.
    bool add(const RequestRecord &record);
    /// Puts them in order. To be called once, when all were added.
    void close();

    [[nodiscard]] const std::vector<RecordedRequest> &requests() const { return m_requests; }
    [[nodiscard]] const std::vector<RecordedCall> &calls() const { return m_calls; }
    [[nodiscard]] std::span<const RecordedCall> callsOf(const RecordedRequest &request) const
    {
        return std::span(m_calls).subspan(request.firstCall, request.calls);
    }
    [[nodiscard]] std::span<const RecordedVeto> vetoesOf(const RecordedRequest &request) const
    {
        return std::span(m_vetoes).subspan(request.firstVeto, request.vetoes);
    }
    [[nodiscard]] const Names &targets() const { return m_targets; }
    [[nodiscard]] const Names &routes() const { return m_routes; }
    [[nodiscard]] const Names &tasks() const { return m_tasks; }
    [[nodiscard]] const Names &models() const { return m_models; }

private:
    void addCalls(const RequestRecord &record, RecordedRequest &request);
    void addVetoes(const RequestRecord &record, RecordedRequest &request);
    [[nodiscard]] bool isPinned(const RequestRecord &record) const;

    std::vector<RecordedRequest> m_requests;
    std::vector<RecordedCall> m_calls;
    std::vector<RecordedVeto> m_vetoes;
    std::vector<std::string> m_openRoutes; ///< in which one candidate alone means a pin
    Names m_targets;
    Names m_routes;
    Names m_tasks;
    Names m_models;
};

} // namespace signalbox::replay
