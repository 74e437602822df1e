// SPDX-License-Identifier: Apache-2.0
#include "app/startup.h"

#include "core/runtime/config_file.h"
#include "core/runtime/process.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

namespace signalbox::app {

namespace {

constexpr const char *kAnyPort = "127.0.0.1:0";

std::string joined(const runtime::Problems &problems)
{
    std::string text;
    for (const std::string &problem : problems) {
        text += (text.empty() ? "" : "\n") + problem;
    }
    return text;
}

/// Starts the providers that the options want simulated, if any; else a sentence.
Status<std::string> startSimulation(const Options &options, Demo &demo)
{
    if (options.demo && options.rehearse) {
        return Failure{std::string("--demo and --rehearse exclude each other")};
    }
    if (options.demo) {
        return demo.startProviders();
    }
    if (!options.rehearse) {
        return Nothing{};
    }
    const std::string path = options.config.empty() ? runtime::defaultConfigPath() : options.config;
    const auto own = runtime::readSettings(path);
    if (!own) {
        return Failure{joined(own.error())};
    }
    std::ifstream file(path);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    return demo.startProviders(*own, text);
}

/// The demo has an operator where a token for one is at hand: what `signalbox --connect` reads.
std::string demoText(const Demo &demo)
{
    constexpr const char *name = "SIGNALBOX_TOKEN";
    const char *token = std::getenv(name);
    std::string text = demo.configuration();
    if (token != nullptr && *token != '\0') {
        text += std::string("\n[[operator]]\nid = \"demo\"\ntoken = \"env:") + name
                + "\"\nrole = \"operator\"\n";
    }
    return text;
}

/// What is simulated is no traffic of anybody's: it never goes into a ledger that others share.
void keepApart(runtime::ReadyConfiguration &ready)
{
    Configuration settings = *ready.configuration;
    settings.ledger = {.keepRequestsDays = settings.ledger.keepRequestsDays};
    ready.configuration = std::make_shared<const Configuration>(std::move(settings));
}

} // namespace

bool isFresh(const Options &options)
{
    return !options.isSimulated() && options.config.empty()
           && !std::filesystem::exists(runtime::defaultConfigPath());
}

std::string firstText(const Options &options, const runtime::Service &service)
{
    const std::string url = service.url();
    const std::string address = url.substr(url.find("//") + 2);
    const bool usual = address == ServerSettings().listen || !options.listen.empty();
    return usual ? std::string() : "[server]\nlisten = \"" + address + "\"\n";
}

Places placesOf(const Options &options)
{
    Places places;
    places.state = options.state.empty() ? runtime::defaultStateDir() : options.state;
    if (options.isSimulated()) {
        const char *own = options.demo ? "/demo" : "/rehearsal";
        places.state += options.state.empty() ? own : "";
    } else {
        places.configuration = options.config.empty() ? runtime::defaultConfigPath()
                                                      : options.config;
    }
    return places;
}

Result<std::unique_ptr<runtime::Service>, std::string> start(const Options &options,
                                                             runtime::SecretStore &secrets,
                                                             Demo &demo,
                                                             Secrets missing,
                                                             Fresh fresh,
                                                             Secret consoleKey)
{
    runtime::prepareProcess();
    runtime::ServiceOptions service;
    service.version = SIGNALBOX_VERSION;
    service.listen = options.listen;
    service.consoleKey = std::move(consoleKey);
    const Places places = placesOf(options);
    service.stateDir = places.state;
    service.configPath = places.configuration;
    if (auto running = startSimulation(options, demo); !running) {
        return Failure{running.error()};
    }
    const bool first = fresh == Fresh::Allowed && isFresh(options);
    const char *simulated = options.demo ? "demo.toml" : "rehearsal.toml";
    auto ready = options.isSimulated() || first
                     ? runtime::readConfigurationText(first ? std::string() : demoText(demo),
                                                      first ? places.configuration : simulated,
                                                      secrets)
                     : runtime::readConfigurationFile(places.configuration, secrets);
    if (!ready) {
        return Failure{joined(ready.error())};
    }
    if (options.isSimulated()) {
        keepApart(*ready);
    }
    const bool tolerated = missing == Secrets::Tolerated || options.tolerateMissingSecrets;
    if (!ready->secretProblems.empty() && !tolerated) {
        return Failure{joined(ready->secretProblems)
                       + "\nuse --tolerate-missing-secrets to start without"};
    }
    auto made = runtime::Service::create(std::move(service), std::move(*ready), secrets);
    if (!made) {
        return Failure{made.error()};
    }
    auto listening = (*made)->listen();
    if (!listening && first && options.listen.empty()) {
        listening = (*made)->listen(kAnyPort);
    }
    if (!listening) {
        return Failure{listening.error()};
    }
    return std::move(*made);
}

} // namespace signalbox::app
