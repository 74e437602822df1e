// SPDX-License-Identifier: Apache-2.0
// How long the calls take on the gateway's thread: 7 providers of 3 targets. Reported, not gated.
#include "tests/unit/telemetry/scene.h"

#include "core/telemetry/prometheus.h"

#include <QTest>

#include <ctime>

using namespace signalbox;
using namespace signalbox::telemetry;

namespace {

constexpr int kCalls = 200'000;

Configuration wideConfiguration()
{
    Configuration configuration;
    for (int i = 0; i < 7; ++i) {
        const std::string id = "provider-" + std::to_string(i);
        configuration.providers.push_back(
            sceneProvider(id, ProviderKind::OpenAi, {"small", "medium", "large"}));
    }
    return configuration;
}

std::vector<AttemptRecord> wideAttempts(const Configuration &configuration)
{
    std::vector<AttemptRecord> attempts;
    for (const ProviderSettings &provider : configuration.providers) {
        for (const ModelSettings &model : provider.models) {
            const TargetId target(provider.id, model.name);
            attempts.push_back(sceneSuccess(target, Millis(300 + 40 * attempts.size())));
        }
    }
    return attempts;
}

/// Half an hour of 100 attempts a second behind it, so that every ring is full.
struct Busy
{
    Configuration configuration = wideConfiguration();
    std::vector<AttemptRecord> attempts = wideAttempts(configuration);
    Telemetry telemetry{configuration, sceneStart()};
    Now now = sceneStart();

    Busy() { run(180'000); }
    void run(int calls)
    {
        for (int i = 0; i < calls; ++i) {
            now = now + Millis(10);
            telemetry.attemptEnded(attempts[static_cast<std::size_t>(i) % attempts.size()], now);
        }
    }
};

/// Processor time, so that a busy machine does not spoil the figure.
template <typename Call>
double microsPer(int calls, const Call &call)
{
    const std::clock_t begin = std::clock();
    for (int i = 0; i < calls; ++i) {
        call();
    }
    return static_cast<double>(std::clock() - begin) * 1e6 / CLOCKS_PER_SEC / calls;
}

} // namespace

class TestTelemetrySpeed : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatTheCallsCost();
};

void TestTelemetrySpeed::tellsWhatTheCallsCost()
{
    Busy busy;
    const auto taken = microsPer(1, [&] { busy.run(kCalls); });
    qInfo("attemptEnded %.2f us, seconds closed included", taken / kCalls);
    qInfo("snapshot %.1f us within a second",
          microsPer(500, [&] { QVERIFY(busy.telemetry.snapshot(busy.now, {})); }));
    double fresh = 0;
    for (int second = 0; second < 200; ++second) {
        busy.run(100);
        fresh += microsPer(1, [&] { QVERIFY(busy.telemetry.snapshot(busy.now, {})); }) / 200;
    }
    qInfo("snapshot %.1f us once a second, with new series", fresh);
    std::size_t bytes = 0;
    const double scrape = microsPer(20, [&] {
        bytes = prometheusText(busy.telemetry, {}, busy.now).size();
    });
    qInfo("scrape %.0f us, %zu KB", scrape, bytes / 1024);
}

QTEST_APPLESS_MAIN(TestTelemetrySpeed)
#include "tst_telemetry_speed.moc"
