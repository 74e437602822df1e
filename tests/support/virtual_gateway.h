// SPDX-License-Identifier: Apache-2.0
// The real gateway on a virtual clock, between scripted upstreams and scripted clients.
#pragma once

#include "tests/support/upstream_script.h"

#include "core/gateway/gateway.h"

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::tests {

/// What a client asks.
struct Ask
{
    std::string model = "chat";
    bool stream = false;
    bool includeUsage = false;
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string body = {}; ///< in place of the usual one
    std::string method = "POST";
    std::string path = "/v1/chat/completions";
    std::string host = "localhost:8787";
};

/// What a client got.
struct Reply
{
    int status = 0; ///< 0 until the head came
    http::Headers headers = {};
    bool streamed = false;
    std::string bytes; ///< of the body
    bool ended = false; ///< the body is complete
    bool finished = false; ///< the gateway has forgotten it
    bool gone = false; ///< the client left
    std::shared_ptr<const RequestRecord> record;

    [[nodiscard]] std::string header(std::string_view name) const;
};

/// Drives a Gateway from event to event: the clock jumps to the next upstream step, planned act or
/// deadline, in that order at equal times. Everything that happens goes into one log, in which a
/// time stands where it moved on:
/// `t=0 a/x: call · t=0.1 a/x: 503 · a/x: failures 1 · b/y: call · ... · client: 200 "hello" ...`.
/// A broken promise of the gateway's ports is logged as `FAULT`.
///
/// Secrets are dummies: the one named `env:A1` reads `A1-secret`; `env:GONE` cannot be read.
class VirtualGateway
{
public:
    explicit VirtualGateway(const std::string &toml, std::uint64_t seed = 1);

    /// `a/x: 503, 200; b/y: hang`: what each target does, call by call; 200 once that is used up.
    void script(std::string_view behaviours);
    /// What comes of the picture at \p url, and when. One nobody spoke of never comes.
    void picture(const std::string &url, gateway::PictureResult result, Millis after = Millis(1));
    /// What a good answer to a call says; the usual text where nothing is set.
    using Answering = std::function<ScriptedAnswer(const gateway::CallUpstream &)>;
    void answerBy(Answering answering) { m_answering = std::move(answering); }
    /// How long questions take to be compared that are not on the gateway's thread; nothing: for ever.
    void compareAfter(std::optional<Millis> time) { m_compareAfter = time; }
    gateway::ExchangeId ask(const Ask &ask = {});
    void leave(gateway::ExchangeId id);
    /// Texts for an evaluation; see Gateway::study().
    void study(gateway::StudyId id, std::vector<std::string> texts);
    void setSlow(gateway::ExchangeId id, bool slow);
    void operate(gateway::Act act, const char *target, std::optional<Millis> duration = {});
    void reload(const std::string &toml);
    void shutDown();
    /// An event of a call whose behaviour has none, `connect-hang`.
    void tell(gateway::AttemptId attempt, const gateway::UpstreamEvent &event)
    {
        send(attempt, event);
    }
    /// Plans \p act for so long after the start.
    void at(Millis time, std::function<void()> act);

    /// Until nothing is planned, awaited or due any more.
    void run();
    /// Until so long after the start.
    void runUntil(Millis time);
    /// Goes on delivering what an upstream sends after it was cancelled, as no rim should.
    void deliverLateEvents() { m_late = true; }
    /// Delivers upstream bodies byte by byte.
    void cutEverywhere() { m_cut = true; }

    [[nodiscard]] std::string log() const;
    void clearLog() { m_log.clear(); }
    [[nodiscard]] const Reply &reply(gateway::ExchangeId id) const { return m_replies.at(id); }
    [[nodiscard]] const RequestRecord &record(gateway::ExchangeId id) const;
    /// Of calls that no client asked for, which the log marks by `own`.
    [[nodiscard]] const std::vector<std::shared_ptr<const RequestRecord>> &ownRecords() const
    {
        return m_ownRecords;
    }
    [[nodiscard]] const std::vector<gateway::CallUpstream> &calls() const { return m_calls; }
    [[nodiscard]] gateway::Gateway &gateway() { return *m_gateway; }
    [[nodiscard]] telemetry::SnapshotPtr snapshot() { return m_gateway->snapshot(m_now); }
    [[nodiscard]] Now now() const { return m_now; }
    /// Since the start, as at() and runUntil() count.
    [[nodiscard]] Millis elapsed() const
    {
        return std::chrono::ceil<Millis>(m_now.steady - m_start.steady);
    }

private:
    struct Call
    {
        gateway::ExchangeId exchange = 0;
        TargetId target;
        std::string behaviour;
        bool over = false; ///< its events are not wanted any more
    };
    struct Seen
    {
        telemetry::BreakerView breaker;
        bool misconfigured = false;
    };

    void advanceTo(SteadyTime time);
    [[nodiscard]] std::optional<SteadyTime> nextTime() const;
    bool stepOnce(SteadyTime limit);
    void deliver(gateway::AttemptId attempt, const UpstreamStep &step);
    void send(gateway::AttemptId attempt, const gateway::UpstreamEvent &event);
    void take(gateway::Actions actions);
    void onAction(const gateway::CallUpstream &call);
    void onAction(const gateway::CancelUpstream &cancel);
    void onAction(const gateway::ReleaseUpstream &release);
    void onAction(const gateway::FetchPicture &fetch);
    void onAction(const gateway::CancelPictures &cancel);
    void onAction(const gateway::CompareQuestion &question);
    void onAction(const gateway::Respond &respond);
    void onAction(const gateway::SendBytes &send);
    void onAction(const gateway::EndStream &end);
    void onAction(const gateway::Finished &finished);
    void observe();
    void observeTarget(const telemetry::TargetView &target);
    void observeKeys(const telemetry::ProviderView &provider);
    void note(const std::string &line);
    [[nodiscard]] std::string nextBehaviour(const TargetId &target);
    [[nodiscard]] std::string mark(gateway::ExchangeId id) const;

    Now m_start;
    Now m_now;
    std::shared_ptr<const Configuration> m_configuration;
    std::unique_ptr<gateway::Gateway> m_gateway;
    std::map<TargetId, std::vector<std::string>> m_script;
    std::multimap<SteadyTime, std::function<void()>> m_planned;
    std::map<gateway::AttemptId, Call> m_open;
    std::map<gateway::ExchangeId, Reply> m_replies;
    std::vector<std::shared_ptr<const RequestRecord>> m_ownRecords;
    std::vector<gateway::CallUpstream> m_calls;
    std::map<std::string, std::pair<gateway::PictureResult, Millis>> m_pictures;
    cache::SemanticIndex m_questions{cache::IndexSettings()};
    std::optional<Millis> m_compareAfter = Millis(1);
    gateway::ExchangeId m_lastExchange = 0;
    std::map<TargetId, Seen> m_seen;
    std::map<std::string, std::string> m_seenKeys;
    std::vector<std::string> m_log;
    std::optional<SteadyTime> m_loggedAt;
    Answering m_answering;
    bool m_late = false;
    bool m_cut = false;
};

/// The streamed text of an answer: the contents of its chunks in their order.
std::string streamedText(const std::string &bytes);
/// `code` of a JSON error body or of an error event.
std::string errorCode(const std::string &bytes);

} // namespace signalbox::tests
