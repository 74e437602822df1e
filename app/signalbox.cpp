// SPDX-License-Identifier: GPL-3.0-or-later
// The console, with the gateway on a thread of its own.
#include "app/console/chime.h"
#include "app/console/desktop_notifier.h"
#include "app/console/desktop_secrets.h"
#include "app/console/gateway_source.h"
#include "app/console/key_keeper.h"
#include "app/console/keychain.h"
#include "app/console/turn_meter.h"
#include "app/console/web_hook.h"
#include "app/demo/demo.h"
#include "app/options.h"
#include "app/startup.h"
#include "ui/console_window.h"
#include "ui/text/language.h"

#include "core/runtime/clock.h"
#include "core/runtime/gateway_thread.h"
#include "core/runtime/secret_store.h"

#include <QApplication>
#include <QScreen>
#include <QSettings>

#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <optional>
#include <span>

namespace {

using namespace signalbox;

constexpr const char *kUsage =
    "signalbox: the LLM gateway's console, gateway inside\n"
    "  --config FILE   configuration (~/.config/signalbox/signalbox.toml)\n"
    "  --state DIR     ledger and log (~/.local/state/signalbox)\n"
    "  --listen H:P    instead of the configured address\n"
    "  --demo          simulated providers and traffic\n"
    "  --screen NAME   the page to open: overview, providers, requests, alerts, settings\n"
    "  --turns         at the end: the longest time the event loop was busy\n";

int usageError(const std::string &message)
{
    std::fprintf(stderr, "signalbox: %s\n%s", message.c_str(), kUsage);
    return 2;
}

app::KeeperOptions keeperOptions(const app::Options &options,
                                 runtime::Service &service,
                                 const app::Demo &demo)
{
    const app::Places places = app::placesOf(options);
    app::KeeperOptions keeper;
    keeper.configPath = places.configuration;
    keeper.text = options.demo ? demo.configuration() : app::firstText(options, service);
    keeper.stateDir = places.state;
    keeper.ledger = runtime::ledgerPath(places.state);
    keeper.log = runtime::logPath(places.state);
    keeper.reload = [&service] {
        boost::asio::post(service.loop(), [&service] { service.reload(); });
    };
    keeper.gateway = [&service] { return QUrl(QString::fromStdString(service.url())); };
    return keeper;
}

int runConsole(const app::Options &options)
{
    app::DesktopSecrets desktop;
    runtime::SystemSecretStore secrets(&desktop);
    app::Demo demo;
    auto started = app::start(options, secrets, demo, app::Secrets::Tolerated, app::Fresh::Allowed);
    if (!started) {
        std::fprintf(stderr, "signalbox: %s\n", started.error().c_str());
        return 1;
    }
    runtime::Service &service = **started;
    app::GatewaySource source(service);
    boost::asio::signal_set signals(service.loop(), SIGTERM, SIGINT);
    signals.async_wait([](const boost::system::error_code &error, int) {
        if (!error) {
            QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
        }
    });
    // Destroyed first: from then on nothing of the gateway runs that could call into the others.
    const runtime::GatewayThread thread(service);
    if (options.demo) {
        demo.startTraffic(service.url());
    }
    app::QtKeychainBackend backend;
    app::Keychain keychain(backend);
    app::KeyKeeper keeper(desktop, keychain, keeperOptions(options, service, demo));
    QSettings settings;
    ui::installLanguage(ui::languageOf(settings.value(QStringLiteral("language")).toString()));
    ui::ConsoleOptions console;
    console.clock = [] { return runtime::readClock().system; };
    console.settings = &settings;
    console.source = &keeper;
    app::DesktopNotifier notifier;
    console.notifier = &notifier;
    app::DesktopChime chime;
    console.chime = &chime;
    runtime::SystemSecretStore hookSecrets(&desktop);
    app::WebHook hook(hookSecrets);
    console.hook = &hook;
    console.version = QStringLiteral(SIGNALBOX_VERSION);
    ui::ConsoleWindow window(source, console);
    if (!options.screen.empty()) {
        window.showPage(QString::fromStdString(options.screen));
    }
    // The first start on a small screen must not reach over its edge.
    if (const QScreen *screen = window.screen(); screen != nullptr) {
        const QSize frame(16, 48);
        window.resize(window.size().boundedTo(screen->availableSize() - frame));
    }
    window.show();
    std::optional<app::TurnMeter> turns;
    if (options.turns) {
        turns.emplace();
    }
    const int code = QApplication::exec();
    if (turns) {
        std::printf("longest turn %.1f ms of CPU, of %lld\n",
                    std::chrono::duration<double, std::milli>(turns->longest()).count(),
                    static_cast<long long>(turns->turns()));
    }
    demo.stop();
    return code;
}

} // namespace

// NOLINTNEXTLINE(bugprone-exception-escape): what throws here is lack of memory, and ends us
int main(int argc, char **argv)
{
    const auto options =
        app::readOptions(app::Program::Console,
                         std::span(argv, static_cast<std::size_t>(argc)).subspan(1));
    if (!options) {
        return usageError(options.error());
    }
    if (options->help) {
        std::fputs(kUsage, stdout);
        return 0;
    }
    if (options->version) {
        std::puts("signalbox " SIGNALBOX_VERSION);
        return 0;
    }
    if (!options->connect.empty()) {
        return usageError("--connect is not available in this version");
    }
    std::signal(SIGPIPE, SIG_IGN);
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("signalbox"));
    QApplication::setOrganizationName(QStringLiteral("signalbox"));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.signalbox.Console"));
    return runConsole(*options);
}
