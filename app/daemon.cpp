// SPDX-License-Identifier: Apache-2.0
#include "app/daemon.h"

#include "app/demo/demo.h"
#include "app/startup.h"

#include "core/runtime/config_file.h"
#include "core/runtime/secret_store.h"
#include "core/runtime/service.h"

#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <cstdio>
#include <functional>

namespace signalbox::app {

namespace {

int fail(const std::string &message)
{
    std::fprintf(stderr, "signalboxd: %s\n", message.c_str());
    return 1;
}

/// Waits for signals again and again.
void watchSignals(boost::asio::signal_set &signals, runtime::Service &service)
{
    signals.async_wait([&](const boost::system::error_code &error, int signal) {
        if (error) {
            return;
        }
        if (signal == SIGHUP) {
            service.reload();
        } else {
            service.stop();
        }
        watchSignals(signals, service);
    });
}

} // namespace

int checkConfiguration(const Options &options)
{
    runtime::SystemSecretStore secrets;
    const std::string path = options.config.empty() ? runtime::defaultConfigPath() : options.config;
    const auto problems =
        runtime::checkConfigurationFile(path, options.noSecrets ? nullptr : &secrets);
    for (const std::string &problem : problems) {
        std::puts(problem.c_str());
    }
    if (problems.empty()) {
        std::puts("ok");
    }
    return problems.empty() ? 0 : 1;
}

int runDaemon(const Options &options)
{
    // A client or provider that closes while we write is an error value, not a signal.
    std::signal(SIGPIPE, SIG_IGN);
    runtime::SystemSecretStore secrets;
    Demo demo;
    auto started = start(options, secrets, demo, Secrets::Required);
    if (!started) {
        return fail(started.error());
    }
    runtime::Service &service = **started;
    boost::asio::signal_set signals(service.loop(), SIGTERM, SIGINT, SIGHUP);
    watchSignals(signals, service);
    std::printf("signalboxd ready %s\n", service.url().c_str());
    std::fflush(stdout);
    if (options.demo) {
        demo.startTraffic(service.url());
    }
    service.run();
    demo.stop();
    return 0;
}

} // namespace signalbox::app
