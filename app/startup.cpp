// SPDX-License-Identifier: Apache-2.0
#include "app/startup.h"

#include "core/runtime/config_file.h"
#include "core/runtime/process.h"

#include <cstdlib>
#include <filesystem>
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

} // namespace

bool isFresh(const Options &options)
{
    return !options.demo && options.config.empty()
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
    if (options.demo) {
        places.state += options.state.empty() ? "/demo" : "";
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
    if (options.demo) {
        if (auto running = demo.startProviders(); !running) {
            return Failure{running.error()};
        }
    }
    const bool first = fresh == Fresh::Allowed && isFresh(options);
    auto ready = options.demo || first
                     ? runtime::readConfigurationText(first ? std::string() : demoText(demo),
                                                      first ? places.configuration : "demo.toml",
                                                      secrets)
                     : runtime::readConfigurationFile(places.configuration, secrets);
    if (!ready) {
        return Failure{joined(ready.error())};
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
