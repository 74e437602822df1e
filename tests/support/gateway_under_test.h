// SPDX-License-Identifier: Apache-2.0
// The built programs, running: a daemon and a provider simulator.
#pragma once

#include "tests/support/child_process.h"
#include "tests/support/http_client.h"

#include <QTemporaryDir>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::tests {

/// A provider of the simulator: OpenAI's format, answers within a millisecond and all at once, as
/// far as nothing else is said.
struct SimulatedProvider
{
    std::string id = "a";
    std::string models = R"(["m"])";
    std::string format = "openai";
    std::string latency = "{ median_ms = 1, sigma = 0 }";
    int tokensPerSecond = 0; ///< 0: at once
    int outputTokens = 12;
    std::string more = {}; ///< further keys

    [[nodiscard]] std::string toml() const;
};

/// A scenario of them, the same in every run. \p more: keys of the scenario itself.
std::string scenarioOf(const std::vector<SimulatedProvider> &providers,
                       const std::string &more = {});

/// `signalbox-sim` on a free port.
class RunningSimulator
{
public:
    explicit RunningSimulator(const std::string &scenario);

    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] std::string baseUrl(const std::string &provider) const;
    /// Of a provider with a port of its own.
    [[nodiscard]] std::string ownPortUrl(const std::string &provider) const;
    /// The counters of one provider.
    [[nodiscard]] Json provider(const std::string &id) const;
    [[nodiscard]] int requests(const std::string &id) const;
    void addFault(const Json &fault) const;
    /// Of one provider, or with an empty \p provider all of them.
    void clearFaults(const std::string &provider = {}) const;
    void reset() const;

private:
    QTemporaryDir m_directory;
    std::unique_ptr<ChildProcess> m_process;
    int m_port = 0;
};

struct DaemonOptions
{
    std::map<std::string, std::string> environment;
    std::vector<std::string> arguments; ///< beside --config, --state and --listen
    std::string stateDir; ///< empty: one of its own, which goes with it
    std::string listen = "127.0.0.1:0";
};

/// `signalboxd` with a configuration of its own.
class RunningDaemon
{
public:
    explicit RunningDaemon(const std::string &configuration, const DaemonOptions &options = {});

    /// 0 when it did not start.
    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] ChildProcess &process() { return *m_process; }
    [[nodiscard]] const std::string &stateDir() const { return m_stateDir; }
    [[nodiscard]] const std::string &configPath() const { return m_configPath; }
    [[nodiscard]] std::string stderrText() const { return readFile(m_errorFile); }
    [[nodiscard]] std::string logText() const { return readFile(m_stateDir + "/signalbox.log"); }
    /// Bytes of memory it holds now.
    [[nodiscard]] std::size_t residentBytes() const;

    HttpReply fetch(const HttpRequest &request) const { return tests::fetch(m_port, request); }
    HttpReply get(const std::string &path, HeaderList headers = {}) const;
    /// `POST /v1/chat/completions` with one user message.
    HttpReply chat(const std::string &model, bool stream = false, HeaderList headers = {}) const;
    /// `GET /admin/v1/PATH` as the operator "admin".
    [[nodiscard]] Json admin(const std::string &path) const;
    HttpReply act(const std::string &path, const Json &body = Json::object()) const;
    /// One target of `GET /admin/v1/state`.
    [[nodiscard]] Json target(const std::string &name) const;
    [[nodiscard]] std::string breakerState(const std::string &target) const;

private:
    QTemporaryDir m_directory;
    std::string m_stateDir;
    std::string m_configPath;
    std::string m_errorFile;
    std::unique_ptr<ChildProcess> m_process;
    int m_port = 0;
};

/// What a process, by its number or as "self", has in memory.
std::size_t residentBytesOf(const std::string &process);

/// Sanitizers keep freed memory back, so its amount says nothing then.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kMemoryIsMeasurable = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool kMemoryIsMeasurable = false;
#else
constexpr bool kMemoryIsMeasurable = true;
#endif
#else
constexpr bool kMemoryIsMeasurable = true;
#endif

/// The token that opens the admin door of a configuration that says kAdminServer.
constexpr const char *kAdminToken = "admin-token-of-the-test";
constexpr const char *kAdminServer = "admin_token = \"env:ADMIN_TOKEN\"\n";

std::string daemonProgram();
std::string simulatorProgram();
HttpRequest chatRequest(const std::string &model, bool stream = false, HeaderList headers = {});
HeaderList bearer(const std::string &token);

} // namespace signalbox::tests
