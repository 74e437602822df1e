// SPDX-License-Identifier: Apache-2.0
#include "tests/support/gateway_under_test.h"

#include "core/base/check.h"

#include <charconv>
#include <sstream>
#include <unistd.h>
#include <utility>

namespace signalbox::tests {

std::string SimulatedProvider::toml() const
{
    return "[[provider]]\nid = \"" + id + "\"\nformat = \"" + format + "\"\nmodels = " + models
           + "\nlatency = " + latency + "\ntokens_per_s = " + std::to_string(tokensPerSecond)
           + "\noutput_tokens = { median = " + std::to_string(outputTokens) + ", sigma = 0 }\n"
           + more;
}

std::string scenarioOf(const std::vector<SimulatedProvider> &providers, const std::string &more)
{
    std::string text = "seed = 7\n" + more;
    for (const SimulatedProvider &provider : providers) {
        text += provider.toml();
    }
    return text;
}

namespace {

/// The port at the end of `... ready http://HOST:PORT`; 0 if it is no such line.
int portIn(const std::optional<std::string> &line, const std::string &program)
{
    const std::string start = program + " ready http";
    if (!line || !(line->starts_with(start + "://") || line->starts_with(start + "s://"))) {
        return 0;
    }
    int port = 0;
    const char *end = line->data() + line->size();
    const auto read = std::from_chars(line->data() + line->rfind(':') + 1, end, port);
    return read.ptr == end ? port : 0;
}

} // namespace

std::string daemonProgram()
{
    return SIGNALBOX_BIN_DIR "/signalboxd";
}

std::string simulatorProgram()
{
    return SIGNALBOX_BIN_DIR "/signalbox-sim";
}

HeaderList bearer(const std::string &token)
{
    return {{"authorization", "Bearer " + token}};
}

HttpRequest chatRequest(const std::string &model, bool stream, HeaderList headers)
{
    Json body = {{"model", model}};
    body["messages"] = Json::array({{{"role", "user"}, {"content", "Where is my order?"}}});
    if (stream) {
        body["stream"] = true;
    }
    return {"POST", "/v1/chat/completions", body.dump(), std::move(headers)};
}

RunningSimulator::RunningSimulator(const std::string &scenario)
{
    const std::string file = m_directory.filePath("scenario.toml").toStdString();
    writeFile(file, scenario);
    m_process = std::make_unique<ChildProcess>(ProgramCall{
        simulatorProgram(), {"--listen", "127.0.0.1:0", "--scenario", file}, {}, {}, {}});
    m_port = portIn(m_process->readLine(), "signalbox-sim");
    SB_CHECK(m_port > 0);
}

std::string RunningSimulator::baseUrl(const std::string &provider) const
{
    return "http://127.0.0.1:" + std::to_string(m_port) + "/" + provider + "/v1";
}

std::string RunningSimulator::ownPortUrl(const std::string &provider) const
{
    const int own = this->provider(provider).at("port").get<int>();
    return "http://127.0.0.1:" + std::to_string(own) + "/v1";
}

Json RunningSimulator::provider(const std::string &id) const
{
    const Json state = tests::get(m_port, "/_sim/state").json();
    for (const Json &entry : state.at("providers")) {
        if (entry.at("id") == id) {
            return entry;
        }
    }
    return {};
}

int RunningSimulator::requests(const std::string &id) const
{
    return provider(id).at("requests").get<int>();
}

void RunningSimulator::addFault(const Json &fault) const
{
    const auto answer = tests::fetch(m_port, {"POST", "/_sim/faults", fault.dump(), {}});
    SB_CHECK(answer.status == 200);
}

void RunningSimulator::clearFaults(const std::string &provider) const
{
    const std::string query = provider.empty() ? std::string() : "?provider=" + provider;
    SB_CHECK(tests::fetch(m_port, {"DELETE", "/_sim/faults" + query, {}, {}}).status == 200);
}

void RunningSimulator::reset() const
{
    clearFaults();
    SB_CHECK(tests::fetch(m_port, {"POST", "/_sim/reset", {}, {}}).status == 200);
}

RunningDaemon::RunningDaemon(const std::string &configuration, const DaemonOptions &options)
    : m_stateDir(options.stateDir.empty() ? m_directory.filePath("state").toStdString()
                                          : options.stateDir)
    , m_configPath(m_directory.filePath("signalbox.toml").toStdString())
    , m_errorFile(m_directory.filePath("stderr").toStdString())
{
    writeFile(m_configPath, configuration);
    ProgramCall call{daemonProgram(),
                     {"--config", m_configPath, "--state", m_stateDir, "--listen", options.listen},
                     options.environment,
                     {},
                     m_errorFile};
    call.environment.emplace("ADMIN_TOKEN", kAdminToken);
    call.arguments.insert(call.arguments.end(), options.arguments.begin(), options.arguments.end());
    m_process = std::make_unique<ChildProcess>(call);
    m_port = portIn(m_process->readLine(), "signalboxd");
}

std::size_t RunningDaemon::residentBytes() const
{
    return residentBytesOf(std::to_string(m_process->pid()));
}

std::size_t residentBytesOf(const std::string &process)
{
    std::istringstream text(readFile("/proc/" + process + "/statm"));
    std::size_t all = 0;
    std::size_t resident = 0;
    text >> all >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

HttpReply RunningDaemon::get(const std::string &path, HeaderList headers) const
{
    return tests::get(m_port, path, std::move(headers));
}

HttpReply RunningDaemon::chat(const std::string &model, bool stream, HeaderList headers) const
{
    return fetch(chatRequest(model, stream, std::move(headers)));
}

Json RunningDaemon::admin(const std::string &path) const
{
    return get("/admin/v1/" + path, bearer(kAdminToken)).json();
}

HttpReply RunningDaemon::act(const std::string &path, const Json &body) const
{
    return fetch({"POST", "/admin/v1/" + path, body.dump(), bearer(kAdminToken)});
}

Json RunningDaemon::target(const std::string &name) const
{
    const Json state = admin("state");
    for (const Json &entry : state.at("targets")) {
        if (entry.at("target") == name) {
            return entry;
        }
    }
    return {};
}

std::string RunningDaemon::breakerState(const std::string &target) const
{
    return this->target(target).at("breaker").at("state").get<std::string>();
}

} // namespace signalbox::tests
