// SPDX-License-Identifier: GPL-3.0-or-later
// The console, with the gateway on a thread of its own or on another machine.
#include "app/console/batch_line.h"
#include "app/console/cache/local_cache.h"
#include "app/console/chime.h"
#include "app/console/desktop_notifier.h"
#include "app/console/desktop_secrets.h"
#include "app/console/desktop_tray.h"
#include "app/console/foresight/local_foresight.h"
#include "app/console/gateway_config.h"
#include "app/console/gateway_source.h"
#include "app/console/judgement_file.h"
#include "app/console/key_keeper.h"
#include "app/console/keychain.h"
#include "app/console/ledger/local_ledger.h"
#include "app/console/playground_line.h"
#include "app/console/playground_store.h"
#include "app/console/recording/file_recorder.h"
#include "app/console/recording/recording_source.h"
#include "app/console/remote/remote_settings.h"
#include "app/console/remote/remote_source.h"
#include "app/console/remote/remote_verdict.h"
#include "app/console/simulated_faults.h"
#include "app/console/start_meter.h"
#include "app/console/turn_meter.h"
#include "app/console/vault_desk.h"
#include "app/console/web_hook.h"
#include "app/demo/demo.h"
#include "app/options.h"
#include "app/startup.h"
#include "ui/console_window.h"
#include "ui/text/language.h"
#include "ui/theme/text_size.h"

#include "core/runtime/clock.h"
#include "core/runtime/gateway_thread.h"
#include "core/runtime/process.h"
#include "core/runtime/secret_store.h"

#include <QApplication>
#include <QRegularExpression>
#include <QScreen>
#include <QSettings>
#include <QSslCertificate>

#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <random>
#include <span>

namespace {

using namespace signalbox;

constexpr const char *kUsage =
    "signalbox: the LLM gateway's console, gateway inside\n"
    "  --connect URL   no gateway inside: the one at URL, on this or another machine; the\n"
    "                  operator's token comes from SIGNALBOX_TOKEN, the keychain, or is typed in\n"
    "  --ca-file FILE  with --connect: PEM of an authority to trust beside the system's\n"
    "  --open FILE     no gateway at all: a recording of one\n"
    "  --config FILE   configuration (~/.config/signalbox/signalbox.toml)\n"
    "  --state DIR     ledger and log (~/.local/state/signalbox)\n"
    "  --listen H:P    instead of the configured address\n"
    "  --demo          simulated providers and traffic\n"
    "  --rehearse      the configuration's own routes with simulated providers and traffic\n"
    "  --screen NAME   the page to open: overview, providers, playground, requests, costs,\n"
    "                  cache, alerts, settings\n"
    "  --turns         at the end: how long the start took, and turns of the event loop\n";

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
    keeper.text = options.isSimulated() ? demo.configuration() : app::firstText(options, service);
    keeper.stateDir = places.state;
    keeper.ledger = service.ledgerPlace().shown();
    keeper.log = runtime::logPath(places.state);
    keeper.reload = [&service] {
        boost::asio::post(service.loop(), [&service] { service.reload("console"); });
    };
    keeper.gateway = [&service] { return QUrl(QString::fromStdString(service.url())); };
    return keeper;
}

/// What operators can train on; null where the providers are real.
std::unique_ptr<ui::Rehearsal> rehearsalOf(const app::Options &options,
                                           app::Demo &demo,
                                           const app::KeyKeeper &keeper)
{
    if (!options.isSimulated()) {
        return nullptr;
    }
    QStringList providers;
    for (const ui::ProviderKeys &provider : keeper.providers()) {
        providers << provider.provider;
    }
    return std::make_unique<app::SimulatedFaults>(demo.providers(), providers);
}

/// What differs between a gateway inside and one on another machine.
struct Surroundings
{
    runtime::SecretStore &secrets; ///< the web hook's
    ui::SettingsSource *settings = nullptr;
    ui::ConfigSource *config = nullptr;
    ui::PlaygroundSource *playground = nullptr;
    ui::PlaygroundHistory *history = nullptr; ///< the playground's
    ui::BatchSource *batch = nullptr;
    ui::JudgementStore *judgements = nullptr;
    ui::LedgerSource *ledger = nullptr;
    ui::CacheSource *cache = nullptr;
    ui::ForesightSource *foresight = nullptr;
    ui::ConsoleState::Clock clock = [] { return runtime::readClock().system; };
    QString place = {}; ///< of the layout; empty: the program's own
    ui::Rehearsal *rehearsal = nullptr;
    ui::Recorder *recorder = nullptr;
    /// Of a recording, which alerts nobody outside the window.
    std::optional<runtime::RecordingPeriod> period = {};
};

/// Beside what else the console keeps; its folder is made where there is none.
/// Where \p what is kept, of the own gateway or of the one at \p far: one file for each, in the state
/// directory, which is made where it is not there.
std::string keptAt(const app::Options &options, const std::string &what, const QUrl &far = {})
{
    const std::filesystem::path folder = app::placesOf(options).state;
    std::error_code ignored; // then the file cannot be opened, and the page says so
    if (std::filesystem::create_directories(folder, ignored)) {
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, ignored);
    }
    QString name = far.authority();
    name.replace(QRegularExpression(QStringLiteral("[^A-Za-z0-9.-]")), QStringLiteral("_"));
    return folder / (what + (name.isEmpty() ? "" : "-") + name.toStdString() + ".sqlite");
}

/// For tests/bench: lines of figures on stdout.
void tellTurns(const app::StartMeter &begun, const app::TurnMeter &turns)
{
    constexpr std::chrono::milliseconds kNever{-1};
    std::printf("first window after %lld ms, usable after %lld ms\n",
                static_cast<long long>(begun.painted().value_or(kNever).count()),
                static_cast<long long>(begun.usable().value_or(kNever).count()));
    std::printf("longest turn %.1f ms of CPU, of %lld\n",
                std::chrono::duration<double, std::milli>(turns.longest()).count(),
                static_cast<long long>(turns.turns()));
    std::printf("over 16 ms %lld, over 50 ms %lld, of a core %.1f %%\n",
                static_cast<long long>(turns.slow()),
                static_cast<long long>(turns.verySlow()),
                turns.coreShare() * 100);
}

/// Shows the window until it is closed.
int showConsole(ui::ConsoleSource &source, const Surroundings &around, const app::Options &options)
{
    QSettings settings(QStringLiteral("signalbox"),
                       around.place.isEmpty() ? QStringLiteral("signalbox") : around.place);
    ui::installLanguage(ui::languageOf(settings.value(QStringLiteral("language")).toString()));
    ui::installTextSize(settings.value(QStringLiteral("textSize"), 100).toInt());
    ui::ConsoleOptions console;
    console.clock = around.clock;
    console.settings = &settings;
    console.source = around.settings;
    console.rehearsal = around.rehearsal;
    console.config = around.config;
    console.playground = around.playground;
    console.history = around.history;
    console.batch = around.batch;
    console.judgements = around.judgements;
    console.ledger = around.ledger;
    console.cache = around.cache;
    console.foresight = around.foresight;
    console.recorder = around.recorder;
    app::DesktopNotifier notifier;
    app::DesktopChime chime;
    app::WebHook hook(around.secrets);
    app::DesktopTray tray;
    if (!around.period) {
        console.notifier = &notifier;
        console.chime = &chime;
        console.hook = &hook;
        console.tray = &tray;
    }
    console.version = QStringLiteral(SIGNALBOX_VERSION);
    ui::ConsoleWindow window(source, console);
    if (!options.screen.empty()) {
        window.showPage(QString::fromStdString(options.screen));
    }
    if (around.period) {
        const auto msOf = [](SystemTime time) {
            return std::chrono::floor<Millis>(time.time_since_epoch()).count();
        };
        window.view().setFixed(msOf(around.period->since), msOf(around.period->until));
    }
    // The first start on a small screen must not reach over its edge.
    if (const QScreen *screen = window.screen(); screen != nullptr) {
        const QSize frame(16, 48);
        window.resize(window.size().boundedTo(screen->availableSize() - frame));
    }
    std::optional<app::StartMeter> begun;
    std::optional<app::TurnMeter> turns;
    if (options.turns) {
        begun.emplace(window, [&window] { return window.state().snapshot() != nullptr; });
        turns.emplace();
    }
    window.show();
    const int code = QApplication::exec();
    if (turns) {
        tellTurns(*begun, *turns);
    }
    return code;
}

int runConsole(const app::Options &options)
{
    app::DesktopSecrets desktop;
    runtime::SystemSecretStore secrets(&desktop);
    app::Demo demo;
    const Secret consoleKey = app::makeConsoleKey();
    auto started = app::start(options,
                              secrets,
                              demo,
                              app::Secrets::Tolerated,
                              app::Fresh::Allowed,
                              consoleKey);
    if (!started) {
        std::fprintf(stderr, "signalbox: %s\n", started.error().c_str());
        return 1;
    }
    runtime::Service &service = **started;
    app::GatewaySource source(service);
    app::GatewayConfig config(service, source);
    app::LocalRecorder recorder(service);
    app::LocalCache cache(service);
    boost::asio::signal_set signals(service.loop(), SIGTERM, SIGINT);
    signals.async_wait([](const boost::system::error_code &error, int) {
        if (!error) {
            QMetaObject::invokeMethod(
                qApp,
                [] {
                    qApp->setProperty(ui::kEndingProperty, true); // nobody is there to be asked
                    QCoreApplication::quit();
                },
                Qt::QueuedConnection);
        }
    });
    // Destroyed first: from then on nothing of the gateway runs that could call into the others.
    const runtime::GatewayThread thread(service);
    if (options.isSimulated()) {
        demo.startTraffic(service.url());
    }
    app::QtKeychainBackend backend;
    app::Keychain keychain(backend);
    app::VaultDesk vault(runtime::vaultPlaces(app::placesOf(options).configuration), desktop);
    app::KeyKeeper keeper(desktop, keychain, vault, keeperOptions(options, service, demo));
    runtime::SystemSecretStore hookSecrets(&desktop);
    app::PlaygroundLine
        playground([&service] { return QUrl(QString::fromStdString(service.url())); }, consoleKey);
    app::PlaygroundStore history(keptAt(options, "playground"));
    app::BatchLine batch(playground);
    app::JudgementFile judgements(keptAt(options, "judgements"));
    app::LocalLedger ledger(service.ledgerPlace());
    ledger.setOnBodies([&service](const std::string &id) { service.noteBodiesRead(id); });
    app::LocalForesight foresight(service.ledgerPlace(), config, [] {
        return runtime::readClock().system;
    });
    const auto rehearsal = rehearsalOf(options, demo, keeper);
    const int code = showConsole(source,
                                 {.secrets = hookSecrets,
                                  .settings = &keeper,
                                  .config = &config,
                                  .playground = &playground,
                                  .history = &history,
                                  .batch = &batch,
                                  .judgements = &judgements,
                                  .ledger = &ledger,
                                  .cache = &cache,
                                  .foresight = &foresight,
                                  .rehearsal = rehearsal.get(),
                                  .recorder = &recorder},
                                 options);
    demo.stop();
    return code;
}

/// Where a gateway on another machine is and whom to trust there, or what is wrong with that.
Result<app::RemoteOptions, std::string> remoteOptions(const app::Options &options)
{
    if (options.isSimulated() || !(options.config + options.state + options.listen).empty()) {
        return Failure{std::string("--connect shows another gateway: --config, --state, --listen "
                                   "--demo and --rehearse are for one inside")};
    }
    const app::RemoteAddress address = app::readAddress(QString::fromStdString(options.connect));
    if (!address.problem.isEmpty()) {
        return Failure{address.problem.toStdString()};
    }
    app::RemoteOptions remote;
    remote.address = address.url;
    remote.seed = std::random_device()();
    if (!options.caFile.empty()) {
        const auto more = QSslCertificate::fromPath(QString::fromStdString(options.caFile));
        if (more.isEmpty()) {
            return Failure{"--ca-file " + options.caFile + ": there is no certificate in it"};
        }
        remote.tls.addCaCertificates(more);
    }
    return remote;
}

/// The operator's token in the environment; the programs we start are not to inherit it.
Secret takeToken()
{
    constexpr const char *name = "SIGNALBOX_TOKEN";
    Secret token(qgetenv(name).trimmed().toStdString());
    qunsetenv(name);
    return token;
}

/// The file of votes and batches at a gateway elsewhere: each has its own, in the console's own folder.
int runConnected(const app::RemoteOptions &remote, const app::Options &options)
{
    runtime::prepareProcess();
    app::QtKeychainBackend backend;
    app::Keychain keychain(backend);
    app::RemoteSource source(remote, takeToken(), keychain);
    app::RemoteSettings settings(source);
    app::PlaygroundLine playground(source, remote.tls);
    app::BatchLine batch(playground);
    app::JudgementFile judgements(keptAt(options, "judgements", remote.address));
    app::RemoteRecorder recorder(source, remote.tls);
    app::PlaygroundStore history(keptAt(options, "playground", remote.address));
    runtime::SystemSecretStore hookSecrets; // env: and file:
    // Each gateway has its own window and its own mark of what it is for.
    const QString place = QStringLiteral("signalbox-") + remote.address.authority();
    return showConsole(source,
                       {.secrets = hookSecrets,
                        .settings = &settings,
                        .config = &source.config(),
                        .playground = &playground,
                        .history = &history,
                        .batch = &batch,
                        .judgements = &judgements,
                        .ledger = &source.ledger(),
                        .cache = &source.cache(),
                        .foresight = &source.foresight(),
                        .clock = [&source] { return source.now(); },
                        .place = place,
                        .recorder = &recorder},
                       options);
}

int runRecording(const app::Options &options)
{
    runtime::prepareProcess();
    const auto file = app::RecordingFile::open(QString::fromStdString(options.open));
    if (!file) {
        std::fprintf(stderr, "signalbox: %s\n", qPrintable(file.error()));
        return 1;
    }
    app::RecordingSource source(**file);
    app::RecordingConfig config(**file);
    app::RemoteSettings settings(source);
    app::LocalLedger ledger((*file)->ledgerPath());
    app::FileRecorder recorder;
    runtime::SystemSecretStore noSecrets;
    return showConsole(source,
                       {.secrets = noSecrets,
                        .settings = &settings,
                        .config = &config,
                        .ledger = &ledger,
                        .clock = [&source] { return source.now(); },
                        .place = QStringLiteral("signalbox-recording"),
                        .recorder = &recorder,
                        .period = (*file)->recording().header.period},
                       options);
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
    if (options->connect.empty() && !options->caFile.empty()) {
        return usageError("--ca-file goes with --connect");
    }
    if (!options->open.empty()
        && (options->isSimulated()
            || !(options->config + options->state + options->listen + options->connect).empty())) {
        return usageError(
            "--open shows a recording: the other options of a gateway do not go with it");
    }
    std::optional<app::RemoteOptions> remote;
    if (!options->connect.empty()) {
        const auto read = remoteOptions(*options);
        if (!read) {
            return usageError(read.error());
        }
        remote = *read;
    }
    std::signal(SIGPIPE, SIG_IGN);
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("signalbox"));
    QApplication::setOrganizationName(QStringLiteral("signalbox"));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.signalbox.Console"));
    if (!options->open.empty()) {
        return runRecording(*options);
    }
    return remote ? runConnected(*remote, *options) : runConsole(*options);
}
