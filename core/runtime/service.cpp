// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/service.h"

#include "core/base/bounds.h"
#include "core/http/url.h"
#include "core/runtime/clock.h"
#include "core/runtime/ledger/ledger_reader.h"
#include "core/runtime/ledger/zone_buckets.h"
#include "core/runtime/process.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <filesystem>
#include <random>
#include <utility>

namespace signalbox::runtime {

namespace asio = boost::asio;

namespace {

constexpr Millis kPublishEvery{100};
constexpr Millis kLedgerPatience{10'000};

std::uint64_t systemSeed()
{
    std::random_device device;
    return (std::uint64_t(device()) << 32U) | device();
}

bool isLoopback(const std::string &address)
{
    const auto parsed = http::parseListenAddress(address);
    return parsed
           && (parsed->host == "localhost" || parsed->host == "::1"
               || parsed->host.starts_with("127."));
}

/// Operators may do more than spend money; a viewer's token opens nothing for applications.
gateway::Credentials withConsoles(const ReadyConfiguration &ready, const Secret &own)
{
    gateway::Credentials credentials = ready.credentials;
    credentials.consoles.push_back(own);
    for (const OperatorKey &person : ready.operators) {
        if (person.role == OperatorRole::Operator) {
            credentials.consoles.push_back(person.token);
        }
    }
    return credentials;
}

} // namespace

Result<std::unique_ptr<Service>, std::string> Service::create(ServiceOptions options,
                                                              ReadyConfiguration configuration,
                                                              SecretStore &secrets)
{
    std::error_code error;
    std::filesystem::create_directories(options.stateDir, error);
    if (error) {
        return Failure{"cannot make the state directory " + options.stateDir + ": "
                       + error.message()};
    }
    return std::unique_ptr<Service>(
        new Service(std::move(options), std::move(configuration), secrets));
}

Service::Service(ServiceOptions options, ReadyConfiguration configuration, SecretStore &secrets)
    : m_options(std::move(options))
    , m_secrets(secrets)
    , m_place(runtime::ledgerPlace(configuration, m_options.stateDir))
    , m_log(m_options.logToStderr ? std::string() : logPath(m_options.stateDir))
    , m_ledger(m_place, configuration.configuration->ledger.keepRequestsDays)
    , m_publisher(m_loop)
    , m_finished(bounds::kConsoleRecordsMax)
{
    gateway::GatewayOptions gatewayOptions;
    gatewayOptions.version = m_options.version;
    gatewayOptions.seed = m_options.seed.value_or(systemSeed());
    gatewayOptions.stopwatch = steadyNow;
    gatewayOptions.hourIn = hourInZone;
    gatewayOptions.dayEndIn = dayEndInZone;
    m_log.event(Log::Level::Info,
                "started",
                {{"version", m_options.version},
                 {"revision", configuration.configuration->revision},
                 {"seed", std::to_string(gatewayOptions.seed)}});
    m_gateway = std::make_unique<gateway::Gateway>(std::move(gatewayOptions),
                                                   configuration.configuration,
                                                   withConsoles(configuration,
                                                                m_options.consoleKey),
                                                   readClock());
    bookSpendingOfToday();
    m_tokens = std::make_unique<TokenKeeper>(m_loop, *m_gateway, m_log, m_options.stateDir);
    m_cache =
        std::make_unique<CacheKeeper>(m_loop, *m_gateway, m_log, cachePath(m_options.stateDir));
    m_cache->setKey(std::move(configuration.cacheKey));
    m_rim = std::make_unique<Rim>(m_loop,
                                  *m_gateway,
                                  [this](std::shared_ptr<const RequestRecord> record) {
                                      onRecord(std::move(record));
                                  });
    m_rim->setBodySink([this](RequestBodies bodies) {
        m_ledger.submitBodies(std::make_shared<const RequestBodies>(std::move(bodies)));
    });
    keepAsConfigured(configuration.configuration->ledger);
    m_rim->setTls(std::move(configuration.tls));
    const std::string &file = m_options.configPath;
    m_config = std::make_unique<ConfigKeeper>(
        m_loop,
        ConfigKeeper::Options{file, file.empty() ? "" : revisionsPath(m_options.stateDir)},
        configuration.text,
        m_secrets,
        [this](ReadyConfiguration ready) { apply(std::move(ready)); });
    m_admin = std::make_unique<AdminApi>(m_loop, *m_gateway, &m_ledger, m_place);
    m_admin->setRim(*m_rim);
    m_admin->setVersion(m_options.version);
    m_targetEvaluator = std::make_unique<TargetEvaluator>(*m_gateway, *m_rim, m_evaluator);
    m_admin->setEvaluators(m_evaluator, *m_targetEvaluator);
    m_admin->setConfig(*m_config, [this](ConfigChange change, ConfigKeeper::Done done) {
        return changeConfiguration(std::move(change), std::move(done));
    });
    openProposals();
    openTrials();
    openFollowUps();
    m_admin->setSecrets(
        secretsOf(withConsoles(configuration, m_options.consoleKey), configuration.operators));
    m_admin->setOperators(std::move(configuration.operators));
    m_rim->setSideDoor(m_admin.get());
    for (const std::string &problem : configuration.secretProblems) {
        m_log.event(Log::Level::Warning, "secret_unreadable", {{"problem", problem}});
    }
}

/// A gateway whose configuration is in no file proposes all the same, and keeps it in no file either.
void Service::openProposals()
{
    const bool kept = !m_options.configPath.empty();
    m_proposals = std::make_unique<ProposalKeeper>(
        m_loop,
        m_place,
        kept ? proposalsPath(m_options.stateDir) : std::string(),
        ProposalKeeper::Doors{
            .state = [this] { return m_config->state(); },
            .change =
                [this](ConfigChange change, ConfigKeeper::Done done) {
                    return changeConfiguration(std::move(change), std::move(done));
                },
            .tell =
                [this](const std::string &action, const Proposal &proposal) {
                    const std::string who = proposal.who.empty() ? "gateway" : proposal.who;
                    const std::string detail = "proposal " + std::to_string(proposal.number);
                    m_ledger.submitAudit(
                        {0, readClock().system, who, action, proposal.route, proposal.why, detail});
                    m_log.event(Log::Level::Info,
                                "weights_proposed",
                                {{"route", proposal.route},
                                 {"number", std::to_string(proposal.number)},
                                 {"state", std::string(toString(proposal.state))}});
                },
            .complain =
                [this](const std::string &problem) {
                    m_log.event(Log::Level::Warning, "proposals_failing", {{"problem", problem}});
                }});
    m_admin->setProposals(*m_proposals);
}

/// Budgets outlast the program: what is in the ledger of today counts.
void Service::bookSpendingOfToday()
{
    auto reader = LedgerReader::open(m_place);
    bookSpendingOfToday(reader, CostDimension::Client, BudgetOwner::Client);
    bookSpendingOfToday(reader, CostDimension::Provider, BudgetOwner::Provider);
}

void Service::bookSpendingOfToday(Result<LedgerReader, LedgerError> &reader,
                                  CostDimension by,
                                  BudgetOwner owner)
{
    const Now now = readClock();
    CostQuery today;
    today.by = by;
    today.timeZone = m_gateway->configuration().server.timeZone;
    today.since = ZoneBuckets::create(today.timeZone)->dayOf(now.system).start;
    const auto rows = reader ? reader->costs(today)
                             : Result<std::vector<CostRow>, LedgerError>(Failure{reader.error()});
    if (!rows) {
        m_log.event(Log::Level::Warning,
                    "spending_of_today_unknown",
                    {{"problem", toString(rows.error())}});
        return;
    }
    for (const CostRow &row : *rows) {
        // Our own calls are no client's: they stand under an empty name there.
        const bool provider = owner == BudgetOwner::Provider;
        const Money own = provider ? row.shadowCost + row.healthCheckCost + row.embedderCost
                                   : Money();
        m_gateway->bookSpent(owner, row.name, row.cost + own, now);
    }
}

Service::~Service()
{
    m_endsFollowing = true;
    m_ledger.stop(kLedgerPatience);
}

Status<std::string> Service::listen(const std::string &instead)
{
    const std::string &configured = m_gateway->configuration().server.listen;
    const std::string &given = m_options.listen.empty() ? configured : m_options.listen;
    const std::string address = instead.empty() ? given : instead;
    if (!isLoopback(address) && m_gateway->configuration().clients.empty()) {
        return Failure{"cannot listen on " + address
                       + ": an address that others can reach needs at least one [[client]]"};
    }
    auto listening = m_rim->listen(address);
    if (listening) {
        m_admin->setGuardsMetrics(!isLoopback(address));
        m_gateway->setListen(url());
        m_log.event(Log::Level::Info, "listening", {{"url", url()}});
        if (!isLoopback(address) && url().starts_with("http:")) {
            m_log.event(Log::Level::Warning, "keys_travel_unencrypted", {{"url", url()}});
        }
        publish();
    }
    return listening;
}

void Service::run()
{
    const auto work = asio::make_work_guard(m_loop);
    m_loop.run();
    m_ledger.flush(kLedgerPatience);
    m_tokens->save();
    m_cache->save();
    m_log.event(Log::Level::Info, "stopped");
    m_log.finish();
}

void Service::stop()
{
    asio::post(m_loop, [this] { beginStop(); });
}

void Service::beginStop()
{
    if (std::exchange(m_stopping, true)) {
        return;
    }
    m_log.event(Log::Level::Info,
                "stopping",
                {{"in_flight", std::to_string(m_gateway->inFlight())}});
    m_rim->drain(m_gateway->configuration().server.drain, [this] { m_loop.stop(); });
}

void Service::explain(std::shared_ptr<const Configuration> draft,
                      std::string body,
                      std::function<void(Result<RequestRecord, gateway::ErrorAnswer>)> done)
{
    asio::post(m_loop, [this, draft = std::move(draft), body = std::move(body), done] {
        const gateway::Arrival arrival{{}, body};
        done(draft ? m_gateway->explainBy(draft, arrival, "chat", readClock())
                   : m_gateway->explain(arrival, "chat", readClock()));
    });
}

void Service::record(const RecordingPeriod &period,
                     std::function<void(std::shared_ptr<const Recorded>)> done)
{
    asio::post(m_loop, [this, period, done = std::move(done)] {
        if (!m_admin->record("console", period, done)) {
            done(nullptr);
        }
    });
}

void Service::apply(ReadyConfiguration ready)
{
    if (ready.configuration->server.listen != m_gateway->configuration().server.listen) {
        m_log.event(Log::Level::Warning,
                    "listen_needs_restart",
                    {{"listen", ready.configuration->server.listen}});
    }
    if (ready.configuration->ledger.store != m_gateway->configuration().ledger.store) {
        m_log.event(Log::Level::Warning, "ledger_store_needs_restart");
    }
    m_gateway->configure(ready.configuration,
                         withConsoles(ready, m_options.consoleKey),
                         readClock());
    m_admin->setSecrets(secretsOf(withConsoles(ready, m_options.consoleKey), ready.operators));
    m_admin->setOperators(std::move(ready.operators));
    keepAsConfigured(ready.configuration->ledger);
    m_cache->setKey(std::move(ready.cacheKey));
    m_rim->setTls(std::move(ready.tls));
    m_rim->forgetAuthorities();
    m_gateway->setListen(url());
    m_rim->rearm();
    m_trials->configured(ready.configuration->revision, readClock().system);
    m_log.event(Log::Level::Info, "reloaded", {{"revision", ready.configuration->revision}});
    for (const std::string &problem : ready.secretProblems) {
        m_log.event(Log::Level::Warning, "secret_unreadable", {{"problem", problem}});
    }
}

void Service::keepAsConfigured(const LedgerSettings &kept)
{
    m_ledger.setKept(kept);
    m_rim->keepBodies(kept.keepBodiesDays > 0 ? kept.bodyBytesMax : 0);
}

void Service::noteBodiesRead(const std::string &id)
{
    m_ledger.submitAudit({0, readClock().system, "console", "requests.body", id, {}, {}});
}

void Service::onRecord(std::shared_ptr<const RequestRecord> record)
{
    // What no client asked for is in the books, and in no list of requests.
    if (!record->isOwn()) {
        m_log.request(record);
        m_admin->requestFinished(*record);
        if (m_watcher) {
            m_finished.put(record);
        }
    }
    m_ledger.submit(std::move(record));
}

/// Ten times a second: the pace of who writes, the ledger's health into the gateway, the state out to who waits for it, and
/// a burst's memory back to the system.
void Service::publish()
{
    m_ledger.keepPace();
    m_log.keepPace();
    const telemetry::LedgerHealth health = m_ledger.health();
    if (health.healthy != m_lastLedgerHealth.healthy) {
        m_log.event(health.healthy ? Log::Level::Info : Log::Level::Error,
                    health.healthy ? "ledger_recovered" : "ledger_failing",
                    {{"problem", health.problem}, {"dropped", std::to_string(health.dropped)}});
    }
    if (health.movedAside != m_lastLedgerHealth.movedAside) {
        m_log.event(Log::Level::Error, "ledger_moved_aside", {{"to", health.movedAside}});
    }
    m_lastLedgerHealth = health;
    m_gateway->setLedgerHealth(health);
    m_tokens->tick(steadyNow());
    m_cache->tick(readClock());
    m_proposals->tick(readClock(), m_gateway->configuration());
    m_trials->tick(readClock());
    m_followUps->tick(readClock().system);
    if (m_watcher && m_watcher->isReady()) {
        m_latest.publish(m_gateway->snapshot(readClock()));
        m_watcher->ring();
    }
    const SteadyTime now = readClock().steady;
    const std::size_t waiting = static_cast<std::size_t>(health.queued) + m_finished.size();
    const bool fewerOpen = m_connectionEbb.reached(m_rim->openConnections(), now);
    if (m_recordEbb.reached(waiting, now) || fewerOpen) {
        releaseFreeMemory();
    }
    m_publisher.expires_after(kPublishEvery);
    m_publisher.async_wait([this](const boost::system::error_code &stopped) {
        if (!stopped) {
            publish();
        }
    });
}

void Service::watch(Watcher watcher)
{
    asio::post(m_loop, [this, watcher = std::move(watcher)] { m_watcher = watcher; });
}

void Service::operate(gateway::Gateway::Act act,
                      TargetId target,
                      std::string reason,
                      std::optional<Millis> duration,
                      std::function<void(std::string problem)> done)
{
    asio::post(m_loop,
               [this, act, target = std::move(target), reason = std::move(reason), duration, done] {
                   const Now now = readClock();
                   const bool known = m_gateway->operate(act, target, duration, reason, now);
                   if (known) {
                       m_ledger.submitAudit({0,
                                             now.system,
                                             "console",
                                             std::string(gateway::toString(act)),
                                             target.name(),
                                             reason,
                                             {}});
                   }
                   done(known ? std::string()
                              : "There is no target " + target.name() + " any more.");
               });
}

} // namespace signalbox::runtime
