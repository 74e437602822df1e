// SPDX-License-Identifier: Apache-2.0
#include "app/daemon.h"

#include "app/demo/demo.h"
#include "app/startup.h"

#include "core/config/import/import.h"
#include "core/runtime/config_file.h"
#include "core/runtime/config_lint.h"
#include "core/runtime/ledger/ledger_backup.h"
#include "core/runtime/secret_store.h"
#include "core/runtime/service.h"
#include "core/runtime/vault_store.h"

#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <string_view>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace signalbox::app {

namespace {

int fail(const std::string &message)
{
    std::fprintf(stderr, "signalboxd: %s\n", message.c_str());
    return 1;
}

/// Tells systemd, if it asked to be told (sd_notify(3)); a datagram that is lost does no harm.
void notifyServiceManager(std::string_view state)
{
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody changes the environment
    const char *path = std::getenv("NOTIFY_SOCKET");
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string_view name = path == nullptr ? "" : path;
    if (name.empty() || name.size() >= sizeof address.sun_path) {
        return;
    }
    name.copy(address.sun_path, name.size());
    if (name.front() == '@') {
        address.sun_path[0] = '\0'; // a socket without a file
    }
    const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    (void)::sendto(socket,
                   state.data(),
                   state.size(),
                   MSG_NOSIGNAL | MSG_DONTWAIT,
                   reinterpret_cast<const sockaddr *>(&address),
                   length);
    ::close(socket);
}

/// What Type=notify-reload wants to know of a reload: when it began, by the monotonic clock.
std::string reloadingState()
{
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    const auto micros = static_cast<long long>(now.tv_sec) * 1'000'000 + now.tv_nsec / 1000;
    return "RELOADING=1\nMONOTONIC_USEC=" + std::to_string(micros);
}

/// Waits for signals again and again.
void watchSignals(boost::asio::signal_set &signals, runtime::Service &service)
{
    signals.async_wait([&](const boost::system::error_code &error, int signal) {
        if (error) {
            return;
        }
        if (signal == SIGHUP) {
            notifyServiceManager(reloadingState());
            service.reload();
            notifyServiceManager("READY=1");
        } else {
            notifyServiceManager("STOPPING=1");
            service.stop();
        }
        watchSignals(signals, service);
    });
}

} // namespace

namespace {

/// Where the ledger of the options' configuration is; a server's password is read for it.
runtime::LedgerPlace ledgerOf(const Options &options)
{
    const Places places = placesOf(options);
    const auto settings = runtime::readSettings(places.configuration);
    if (!settings || settings->ledger.store == "sqlite") {
        return runtime::ledgerPath(places.state);
    }
    runtime::VaultStore vault(runtime::vaultPlaces(options.config));
    runtime::SystemSecretStore secrets(&vault);
    const auto ready = runtime::readConfigurationFile(places.configuration, secrets);
    return ready ? runtime::ledgerPlace(*ready, places.state)
                 : runtime::LedgerPlace(settings->ledger.store);
}

} // namespace

int checkConfiguration(const Options &options)
{
    runtime::VaultStore vault(runtime::vaultPlaces(options.config));
    runtime::SystemSecretStore secrets(&vault);
    const std::string path = options.config.empty() ? runtime::defaultConfigPath() : options.config;
    const auto problems = runtime::checkConfigurationFile(path,
                                                          options.noSecrets ? nullptr : &secrets);
    for (const std::string &problem : problems) {
        std::puts(problem.c_str());
    }
    if (problems.empty()) {
        std::puts("ok");
        // What is said in vain is worth a word, but no fault: it does not go where problems go.
        const auto warnings = runtime::lintConfigurationFile(path);
        for (const std::string &warning : warnings.valueOr({})) {
            std::fprintf(stderr, "%s\n", warning.c_str());
        }
    }
    return problems.empty() ? 0 : 1;
}

int lintConfiguration(const Options &options)
{
    const std::string path = options.config.empty() ? runtime::defaultConfigPath() : options.config;
    for (const auto &lines :
         {runtime::lintConfigurationFile(path), runtime::lintTraffic(path, ledgerOf(options))}) {
        if (!lines) {
            for (const std::string &problem : lines.error()) {
                std::fprintf(stderr, "%s\n", problem.c_str());
            }
            return 1;
        }
        for (const std::string &line : *lines) {
            std::puts(line.c_str());
        }
    }
    return 0;
}

int importConfiguration(const Options &options)
{
    const auto text = runtime::readConfigText(options.importFile);
    if (!text) {
        return fail(options.importFile + ": " + text.error());
    }
    const std::string name = options.importFile.substr(options.importFile.rfind('/') + 1);
    const auto imported = config::importConfiguration(*text, name.substr(0, name.find('.')));
    if (!imported) {
        for (const config::Fault &fault : imported.error()) {
            std::fprintf(stderr, "%s\n", config::toLine(fault, options.importFile).c_str());
        }
        return 1;
    }
    for (const config::ImportNote &note : imported->notes) {
        std::fprintf(stderr, "%s\n", config::toLine(note, options.importFile).c_str());
    }
    std::fputs(config::toToml(*imported).c_str(), stdout);
    return 0;
}

int backUpLedger(const Options &options)
{
    const runtime::LedgerPlace ledger = ledgerOf(options);
    if (ledger.isServer()) {
        return fail("no backup was made: the ledger is on a server, whose pg_dump copies it");
    }
    const auto copied = runtime::backUpLedger(ledger.where(), options.backup);
    return copied ? 0 : fail("no backup was made: " + runtime::toString(copied.error()));
}

int runDaemon(const Options &options)
{
    // A client or provider that closes while we write is an error value, not a signal.
    std::signal(SIGPIPE, SIG_IGN);
    // Nor is a file that may not grow any more: the ledger and the log say so.
    std::signal(SIGXFSZ, SIG_IGN);
    runtime::VaultStore vault(runtime::vaultPlaces(options.config));
    runtime::SystemSecretStore secrets(&vault);
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
    notifyServiceManager("READY=1");
    if (options.isSimulated()) {
        demo.startTraffic(service.url());
    }
    service.run();
    demo.stop();
    return 0;
}

} // namespace signalbox::app
