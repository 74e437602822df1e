// SPDX-License-Identifier: Apache-2.0
// The operators' door: state, acts on breakers, what happened, what it cost, and a live stream.
#pragma once

#include "core/gateway/error_answer.h"
#include "core/gateway/gateway.h"
#include "core/runtime/admin/event_stream.h"
#include "core/runtime/admin/query_worker.h"
#include "core/runtime/cache/cache_desk.h"
#include "core/runtime/cache/target_evaluator.h"
#include "core/runtime/config_file.h"
#include "core/runtime/config_keeper.h"
#include "core/runtime/ledger/ledger_writer.h"
#include "core/runtime/net/rim.h"
#include "core/runtime/proposal_keeper.h"
#include "core/runtime/recording/recorder.h"
#include "core/runtime/replay/replay_desk.h"
#include "core/runtime/trial_keeper.h"

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::runtime {

/// Lives on the gateway's thread.
class AdminApi : public SideDoor
{
public:
    AdminApi(boost::asio::io_context &loop,
             gateway::Gateway &gateway,
             LedgerWriter *ledger,
             LedgerPlace ledgerPlace);
    ~AdminApi() override;

    void setRim(Rim &rim)
    {
        m_rim = &rim;
        m_events.setRim(rim);
    }
    /// With no operators at all there is no door: its paths are unknown.
    void setOperators(std::vector<OperatorKey> operators) { m_operators = std::move(operators); }
    /// The program's version, as `GET state` tells it.
    void setVersion(std::string version) { m_version = std::move(version); }
    using ChangeConfig = std::function<bool(ConfigChange, ConfigKeeper::Done)>;
    /// Without them the configuration is not to be had here. \p keeper must outlive it.
    void setConfig(ConfigKeeper &keeper, ChangeConfig change)
    {
        m_config = &keeper;
        m_changeConfig = std::move(change);
    }
    /// Without it there are no proposals to be had here; it must outlive it.
    void setProposals(ProposalKeeper &proposals) { m_proposals = &proposals; }
    /// Without it every change is for all at once; it must outlive it.
    void setTrials(TrialKeeper &trials) { m_trials = &trials; }
    /// Without them nothing is evaluated here; they must outlive it.
    void setEvaluators(CacheEvaluator &own, TargetEvaluator &ofTarget)
    {
        m_evaluator = &own;
        m_targetEvaluator = &ofTarget;
    }
    /// All in use, so that no recording contains one.
    void setSecrets(std::shared_ptr<const Secrets> secrets) { m_secrets = std::move(secrets); }
    /// Makes a flight recording on the queries' thread; \p done is called on the loop. False when too
    /// many questions wait already: \p done is not called then. \p who wants it, for the audit.
    [[nodiscard]] bool record(const std::string &who,
                              const RecordingPeriod &period,
                              std::function<void(std::shared_ptr<const Recorded>)> done);
    /// `/metrics` asks for a token where others than this machine can reach it.
    void setGuardsMetrics(bool guards) { m_guardsMetrics = guards; }
    /// A request ended: told to those who listen.
    void requestFinished(const RequestRecord &record) { m_events.requestFinished(record); }

    [[nodiscard]] bool owns(const http::RequestHead &head) const override;
    void requested(gateway::ExchangeId id, http::RequestHead head, std::string body) override;
    void clientGone(gateway::ExchangeId id) override;
    void clientSlow(gateway::ExchangeId id, bool slow) override { m_events.clientSlow(id, slow); }
    void shutDown() override { m_events.shutDown(); }

private:
    struct Call
    {
        gateway::ExchangeId id = 0;
        http::RequestHead head;
        std::string path; ///< decoded, behind `/admin/v1/`
        std::string body;
        const OperatorKey *person = nullptr;
    };
    struct Read
    {
        std::string_view path;
        void (AdminApi::*show)(const Call &call);
    };
    using ReadLedger = std::function<Result<std::string, gateway::ErrorAnswer>(LedgerReader &)>;

    [[nodiscard]] const OperatorKey *identify(const http::Headers &headers) const;
    [[nodiscard]] static const Read *readOf(std::string_view path);
    void dispatch(Call call);
    void act(const Call &call);
    void explain(Call call);
    void answerExplanation(gateway::ExchangeId id, const RequestRecord &record);
    void showState(const Call &call);
    void subscribe(const Call &call);
    // admin_ledger.cpp
    void showSeries(const Call &call);
    void listRequests(const Call &call);
    void showHistogram(const Call &call);
    void showRequest(const Call &call);
    void showBodies(const Call &call, const std::string &wanted);
    void listCosts(const Call &call);
    void showCostMatrix(const Call &call);
    void listAudit(const Call &call);
    void askLedger(gateway::ExchangeId id, ReadLedger read);
    // admin_replay.cpp
    void replay(const Call &call);
    void ask(gateway::ExchangeId id, ReplayQuestion question);
    // admin_recording.cpp
    void showRecording(const Call &call);
    // admin_config.cpp
    void dispatchConfig(Call call);
    void showConfig(const Call &call);
    void checkConfig(Call call);
    void applyConfig(Call call);
    void rollBackConfig(const Call &call);
    void changeConfig(gateway::ExchangeId id, ConfigChange change);
    void answerChange(gateway::ExchangeId id,
                      const std::string &text,
                      const ConfigOutcome &outcome);
    void listRevisions(const Call &call);
    void showRevision(const Call &call);
    void lintConfig(const Call &call);
    void explainByDraft(const Call &call);
    // admin_trials.cpp
    void dispatchTrial(const Call &call);
    void tryConfig(ConfigChange change, TrialTerms terms, const Call &call);
    void showTrials(const Call &call);
    void endTrial(const Call &call, bool takeOver);
    void answerTrial(gateway::ExchangeId id, int status);
    // admin_cache.cpp
    void dispatchCache(const Call &call);
    void showCache(const Call &call);
    void evictMatching(const Call &call);
    void evictOne(const Call &call, const std::string &id);
    void pinCached(const Call &call, const std::string &id);
    void evaluateCache(const Call &call);
    void evaluateByTarget(const Call &call,
                          const TargetId &embedder,
                          std::vector<cache::LabelledPair> pairs);
    // admin_proposals.cpp
    void dispatchProposals(const Call &call);
    void listProposals(const Call &call);
    void decideProposal(const Call &call, std::int64_t number, bool accepts);
    [[nodiscard]] bool mayChange(const Call &call);
    void answer(gateway::ExchangeId id,
                int status,
                std::string body,
                std::string contentType = "application/json");
    void refuse(gateway::ExchangeId id, const gateway::ErrorAnswer &error);
    void audit(const OperatorKey &person,
               std::string action,
               std::string object,
               std::string reason,
               std::string detail);

    boost::asio::io_context &m_loop;
    gateway::Gateway &m_gateway;
    CacheDesk m_cacheDesk;
    ConfigKeeper *m_config = nullptr;
    ChangeConfig m_changeConfig;
    ProposalKeeper *m_proposals = nullptr;
    TrialKeeper *m_trials = nullptr;
    CacheEvaluator *m_evaluator = nullptr;
    TargetEvaluator *m_targetEvaluator = nullptr;
    LedgerWriter *m_ledger;
    LedgerPlace m_ledgerPlace;
    QueryWorker m_queries;
    EventStream m_events;
    Rim *m_rim = nullptr;
    std::vector<OperatorKey> m_operators;
    std::string m_version;
    std::shared_ptr<const Secrets> m_secrets;
    bool m_guardsMetrics = false;
    /// Whose replays are still wanted.
    std::map<gateway::ExchangeId, std::shared_ptr<std::atomic<bool>>> m_replaying;
    std::unique_ptr<ReplayDesk> m_replays; ///< from the first question on; ends before the rest
};

} // namespace signalbox::runtime
