// SPDX-License-Identifier: Apache-2.0
// The whole gateway as one thing that runs on one thread: loop, rim, ledger, log, admin door.
#pragma once

#include "core/gateway/gateway.h"
#include "core/runtime/admin/admin_api.h"
#include "core/runtime/cache/cache_evaluator.h"
#include "core/runtime/cache/cache_keeper.h"
#include "core/runtime/cache/target_evaluator.h"
#include "core/runtime/config_file.h"
#include "core/runtime/config_keeper.h"
#include "core/runtime/doors.h"
#include "core/runtime/ebb.h"
#include "core/runtime/follow_ups.h"
#include "core/runtime/ledger/ledger_reader.h"
#include "core/runtime/ledger/ledger_writer.h"
#include "core/runtime/log.h"
#include "core/runtime/net/rim.h"
#include "core/runtime/proposal_keeper.h"
#include "core/runtime/secret_store.h"
#include "core/runtime/token_keeper.h"
#include "core/runtime/trial_keeper.h"
#include "core/telemetry/snapshot.h"

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::runtime {

struct ServiceOptions
{
    std::string configPath; ///< read again by reload(); empty: the configuration never changes
    std::string stateDir; ///< ledger and log; made if it is not there
    std::string listen; ///< overrides the file's, unless empty
    bool logToStderr = false;
    std::optional<std::uint64_t> seed; ///< nothing: from the system
    std::string version;
    /// The key of a console in this process, for requests by HTTP; empty: there is none.
    Secret consoleKey = {};
};

/// Made on any thread, then used by the one that calls run(), but for what says otherwise.
class Service
{
public:
    using FinishedInbox = Inbox<std::shared_ptr<const RequestRecord>>;

    /// \p secrets must outlive it. An error is a sentence: what cannot be opened, and why.
    static Result<std::unique_ptr<Service>, std::string> create(ServiceOptions options,
                                                                ReadyConfiguration configuration,
                                                                SecretStore &secrets);
    ~Service();
    Service(const Service &) = delete;
    Service &operator=(const Service &) = delete;

    /// Binds the address; from now on clients can connect, though run() serves them.
    /// \p instead of the configured address, unless empty.
    Status<std::string> listen(const std::string &instead = {});
    [[nodiscard]] std::string url() const { return m_rim->listener().url(); }
    /// From any thread: it is the same until the program ends.
    [[nodiscard]] const LedgerPlace &ledgerPlace() const { return m_place; }
    /// Runs until stop(), then finishes what is in the air and flushes the ledger.
    void run();

    [[nodiscard]] boost::asio::io_context &loop() { return m_loop; }
    /// Reads the file again: a valid one is applied at once, a faulty one is logged and ignored.
    /// \p who edited it.
    void reload(const std::string &who = "file");

    // ---- from any thread ----------------------------------------------------------------------

    /// Begins to stop; run() returns after at most `server.drain_s`.
    void stop();
    /// A console that looks on; both functions are called on the gateway's thread.
    struct Watcher
    {
        std::function<bool()> isReady; ///< it took what it was rung for, and wants the next
        std::function<void()> ring; ///< there is something new
    };
    /// Collects finished requests and publishes snapshots, as often as the watcher takes them and at
    /// most ten times a second: one that nobody takes would be work for nothing.
    void watch(Watcher watcher);
    [[nodiscard]] std::shared_ptr<const telemetry::Snapshot> snapshot() const
    {
        return m_latest.read();
    }
    [[nodiscard]] FinishedInbox::Batch takeFinished() { return m_finished.take(); }
    /// An operator's act; \p done is called on the gateway's thread: empty when it worked.
    void operate(gateway::Gateway::Act act,
                 TargetId target,
                 std::string reason,
                 std::optional<Millis> duration,
                 std::function<void(std::string problem)> done);

    /// The console showed the bodies of request \p id: that stands in the audit.
    void noteBodiesRead(const std::string &id);

    /// The configuration in force and its past.
    [[nodiscard]] std::shared_ptr<const ConfigState> configState() const
    {
        return m_config->state();
    }
    /// See ConfigKeeper; what is done is also in the audit. The answers come on the gateway's thread.
    [[nodiscard]] bool changeConfiguration(ConfigChange change, ConfigKeeper::Done done);
    /// See TrialKeeper; a share of the traffic first. What is done is also in the audit.
    void tryConfiguration(ConfigChange change, TrialTerms terms, ConfigKeeper::Done done);
    /// The newest trial, running or ended; null: none is known.
    [[nodiscard]] std::shared_ptr<const TrialView> trial() const { return m_trials->newest(); }
    /// Ends the trial that runs: it serves all, or nobody. A sentence: why it could not.
    void endTrial(bool takeOver, std::string why, std::function<void(std::string problem)> done);
    /// How far previews were off, over time.
    void truth(std::function<void(ForesightTruth)> done);
    /// Proposed weights, newest first.
    void proposals(std::function<void(std::vector<Proposal>)> done);
    void refuseProposal(std::int64_t number,
                        std::string why,
                        std::function<void(std::string problem)> done);
    [[nodiscard]] bool readRevision(std::int64_t number, ConfigKeeper::Read done)
    {
        return m_config->readRevision(number, std::move(done));
    }
    /// What would become of the chat request \p body by \p draft, or by what is in force where that is
    /// null; \p done is called on the gateway's thread.
    void explain(std::shared_ptr<const Configuration> draft,
                 std::string body,
                 std::function<void(Result<RequestRecord, gateway::ErrorAnswer>)> done);

    /// A flight recording; \p done is called on the gateway's thread, with null where too many
    /// questions to the ledger wait already.
    void record(const RecordingPeriod &period,
                std::function<void(std::shared_ptr<const Recorded>)> done);

    // ---- the cache (service_cache.cpp); each answer comes on the gateway's thread ------------------

    void cacheView(CacheQuery query, std::function<void(CacheView)> done);
    /// Takes them away and tells how many there were.
    void evictCached(std::vector<std::string> ids, std::function<void(std::size_t)> done);
    void evictCached(CacheFilter filter, std::function<void(std::size_t)> done);
    /// False: there is none of that id.
    void pinCached(std::string id, bool pinned, std::function<void(bool)> done);
    /// What the shipped pairs say about thresholds by the built-in embedder. False when too many wait for that.
    [[nodiscard]] bool evaluateCache(std::function<void(CacheEvaluation)> done);

private:
    Service(ServiceOptions options, ReadyConfiguration configuration, SecretStore &secrets);

    void apply(ReadyConfiguration configuration);
    void auditChange(const std::string &who, const std::string &why, const std::string &action);
    void keepAsConfigured(const LedgerSettings &kept);
    void onRecord(std::shared_ptr<const RequestRecord> record);
    void publish();
    void openProposals();
    void openTrials();
    void openFollowUps();
    void auditTrial(const std::string &action, const TrialView &trial);
    void bookSpendingOfToday();
    void bookSpendingOfToday(Result<LedgerReader, LedgerError> &reader,
                             CostDimension by,
                             BudgetOwner owner);
    void beginStop();

    ServiceOptions m_options;
    SecretStore &m_secrets;
    const LedgerPlace m_place;
    boost::asio::io_context m_loop{1};
    Log m_log;
    LedgerWriter m_ledger;
    std::unique_ptr<gateway::Gateway> m_gateway;
    std::unique_ptr<TokenKeeper> m_tokens;
    std::unique_ptr<CacheKeeper> m_cache;
    std::unique_ptr<Rim> m_rim;
    std::unique_ptr<ConfigKeeper> m_config;
    std::unique_ptr<ProposalKeeper> m_proposals;
    std::unique_ptr<TrialKeeper> m_trials;
    std::atomic<bool> m_endsFollowing{false};
    std::unique_ptr<FollowUps> m_followUps;
    std::unique_ptr<QueryWorker> m_followQueries; ///< ends before what it answers to
    std::unique_ptr<AdminApi> m_admin;
    CacheEvaluator m_evaluator{m_loop};
    std::unique_ptr<TargetEvaluator> m_targetEvaluator;
    boost::asio::steady_timer m_publisher;
    Ebb m_connectionEbb{32};
    Ebb m_recordEbb{2000}; ///< some MB; a console takes half as many at a time at full load
    Latest<telemetry::Snapshot> m_latest;
    FinishedInbox m_finished;
    std::optional<Watcher> m_watcher;
    telemetry::LedgerHealth m_lastLedgerHealth;
    bool m_stopping = false;
};

/// `~/.config/signalbox/signalbox.toml` and `~/.local/state/signalbox`, by XDG.
std::string defaultConfigPath();
std::string defaultStateDir();
/// The ledger's file, that of kept answers, the folder of revisions, the books of proposals and of trials,
/// and the log in a state directory.
std::string ledgerPath(const std::string &stateDir);
std::string cachePath(const std::string &stateDir);
/// The server that \p configuration names, or the file in the state directory.
LedgerPlace ledgerPlace(const ReadyConfiguration &configuration, const std::string &stateDir);
std::string revisionsPath(const std::string &stateDir);
std::string proposalsPath(const std::string &stateDir);
std::string trialsPath(const std::string &stateDir);
std::string logPath(const std::string &stateDir);

} // namespace signalbox::runtime
