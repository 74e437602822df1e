// SPDX-License-Identifier: Apache-2.0
// signalbox-sim: the provider simulator as a program.
#include "app/simulator/scenario_reader.h"
#include "app/simulator/simulator.h"

#include "core/base/text.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <fstream>
#include <iostream>
#include <sstream>

namespace {

using namespace signalbox;
using simulator::Scenario;

constexpr int kUsage = 2;
constexpr const char *kHelp =
    "usage: signalbox-sim [--listen HOST:PORT] [--scenario FILE] [--seed N] [--help]\n"
    "\n"
    "Serves simulated LLM providers: http://HOST:PORT/{provider}/v1/...\n"
    "  --listen HOST:PORT  where to listen (127.0.0.1:0: any free port)\n"
    "  --scenario FILE     providers, speeds, limits and faults, as TOML\n"
    "  --seed N            repeats a run; wins over the file's seed\n";

struct Options
{
    std::string host = "127.0.0.1";
    int port = 0;
    std::string scenarioFile;
    std::optional<std::int64_t> seed;
    bool help = false;
};

Status<std::string> readAddress(const std::string &text, Options &options)
{
    const std::size_t colon = text.rfind(':');
    const std::optional<std::int64_t> port = colon == std::string::npos
                                                 ? std::nullopt
                                                 : parseInteger(text.substr(colon + 1));
    if (!port || *port > 65535 || colon == 0) {
        return Failure{"--listen wants HOST:PORT, not " + text};
    }
    options.host = text.substr(0, colon);
    if (options.host.size() > 2 && options.host.front() == '[') {
        options.host = options.host.substr(1, options.host.size() - 2);
    }
    options.port = static_cast<int>(*port);
    return Nothing{};
}

Result<Options, std::string> readArguments(const std::vector<std::string> &arguments)
{
    Options options;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string &name = arguments[i];
        if (name == "--help") {
            options.help = true;
            continue;
        }
        if (name != "--listen" && name != "--scenario" && name != "--seed") {
            return Failure{"unknown argument " + name};
        }
        if (++i == arguments.size()) {
            return Failure{name + " wants a value"};
        }
        const std::string &value = arguments[i];
        if (name == "--scenario") {
            options.scenarioFile = value;
        }
        if (name == "--seed" && !(options.seed = parseInteger(value))) {
            return Failure{"--seed wants a whole number, not " + value};
        }
        if (name == "--listen") {
            if (const Status<std::string> address = readAddress(value, options); !address) {
                return Failure{address.error()};
            }
        }
    }
    return options;
}

Result<Scenario, std::string> loadScenario(const std::string &file)
{
    if (file.empty()) {
        return simulator::defaultScenario();
    }
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    if (!stream || !(text << stream.rdbuf())) {
        return Failure{file + ": cannot be read"};
    }
    Result<Scenario, std::vector<simulator::ScenarioError>> scenario = simulator::readScenario(
        text.str());
    if (scenario) {
        return std::move(scenario).value();
    }
    std::string problems;
    for (const simulator::ScenarioError &error : scenario.error()) {
        problems += (problems.empty() ? "" : "\n") + file + ":" + std::to_string(error.line) + ":"
                    + std::to_string(error.column) + ": " + error.message;
    }
    return Failure{problems};
}

int run(const Options &options)
{
    Result<Scenario, std::string> scenario = loadScenario(options.scenarioFile);
    if (!scenario) {
        std::cerr << scenario.error() << '\n';
        return kUsage;
    }
    if (options.seed) {
        scenario->seed = static_cast<std::uint64_t>(*options.seed);
    }
    boost::asio::io_context io;
    boost::asio::signal_set signals(io, SIGINT, SIGTERM);
    simulator::Simulator simulator(std::move(scenario).value());
    if (const auto started = simulator.start(options.host, options.port); !started) {
        std::cerr << "signalbox-sim: cannot listen on " << started.error().address << ": "
                  << started.error().message << '\n';
        return kUsage;
    }
    std::cout << "signalbox-sim ready " << simulator.url() << std::endl;
    signals.async_wait([](boost::system::error_code, int) {});
    io.run();
    return 0;
}

} // namespace

// NOLINTNEXTLINE(bugprone-exception-escape): what throws here is lack of memory, and ends us
int main(int argc, char **argv)
{
    const Result<Options, std::string> options = readArguments(
        std::vector<std::string>(argv + 1, argv + argc));
    if (!options) {
        std::cerr << "signalbox-sim: " << options.error() << '\n' << kHelp;
        return kUsage;
    }
    if (options->help) {
        std::cout << kHelp;
        return 0;
    }
    return run(*options);
}
