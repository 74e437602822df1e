// SPDX-License-Identifier: Apache-2.0
#include "app/startup.h"

#include "core/runtime/config_file.h"
#include "core/runtime/process.h"

#include <utility>

namespace signalbox::app {

namespace {

std::string joined(const runtime::Problems &problems)
{
    std::string text;
    for (const std::string &problem : problems) {
        text += (text.empty() ? "" : "\n") + problem;
    }
    return text;
}

} // namespace

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
                                                             Secrets missing)
{
    runtime::prepareProcess();
    runtime::ServiceOptions service;
    service.version = SIGNALBOX_VERSION;
    service.listen = options.listen;
    const Places places = placesOf(options);
    service.stateDir = places.state;
    service.configPath = places.configuration;
    if (options.demo) {
        if (auto running = demo.startProviders(); !running) {
            return Failure{running.error()};
        }
    }
    auto ready = options.demo
                     ? runtime::readConfigurationText(demo.configuration(), "demo.toml", secrets)
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
    if (auto listening = (*made)->listen(); !listening) {
        return Failure{listening.error()};
    }
    return std::move(*made);
}

} // namespace signalbox::app
