// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/telemetry/scene.h"

#include "core/telemetry/metrics_text.h"
#include "core/telemetry/prometheus.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QStandardPaths>
#include <QTest>

using namespace signalbox;
using namespace signalbox::telemetry;
using namespace Qt::StringLiterals;

namespace {

LiveState liveState()
{
    LiveState live;
    live.version = "0.1.0";
    live.buildRevision = "0123abc";
    live.requestsInFlight = 5;
    live.targets[kPlus].inFlight = 2;
    live.targets[kPlus].breaker.state = BreakerState::HalfOpen;
    live.targets[kHaiku].breaker.forced = ForcedState::Open;
    live.ledger.dropped = 3;
    live.ledger.queued = 11;
    live.cache = {.totals = {}, .entries = 7, .entriesMax = 100, .bytes = 2048, .bytesMax = 4096};
    live.cache.totals.lookups = 40;
    live.cache.totals.exactHits = 9;
    live.cache.totals.semanticHits = 2;
    live.cache.totals.staleHits = 1;
    live.cache.totals.shared = 3;
    live.cache.totals.notCacheable = 11;
    live.cache.totals.vetoed = 4;
    live.cache.totals.evicted = 5;
    live.cache.totals.saved = Money::fromNanos(77'000'001);
    live.cache.totals.unpricedHits = 1;
    live.cache.totals.waitSaved = Millis(12'345);
    live.budgets = {{"bot", Money::fromNanos(5'000'000'000), Money::fromNanos(1'234), {}, {}}};
    return live;
}

/// A little of everything that is counted.
void playScript(Telemetry &telemetry, Now now)
{
    AttemptRecord estimated = sceneSuccess(kHaiku, Millis(2000));
    estimated.usage->estimated = true;
    estimated.cost.estimated = true;
    AttemptRecord unknown = sceneSuccess(kSmall, Millis(30));
    unknown.cost.amount.reset();
    auto left = sceneRequest("chat", {sceneAttempt(kHaiku, OutcomeClass::ClientGone, Millis(80))});
    left.status = 499;
    left.abandoned = true;
    const std::vector<RequestRecord> requests = {
        sceneRequest("chat", {sceneSuccess(kPlus, Millis(500))}),
        sceneRequest("chat",
                     {sceneAttempt(kPlus, OutcomeClass::Overloaded, Millis(20)), estimated}),
        sceneRequest("cheap", {unknown}),
        left,
        sceneRequest("", {sceneSuccess(TargetId(std::string("qwen/unheard-of")), Millis(1))}),
    };
    for (const RequestRecord &request : requests) {
        for (const AttemptRecord &attempt : request.attempts) {
            telemetry.attemptEnded(attempt, now, request.operation);
        }
        telemetry.requestEnded(request, now);
    }
    telemetry.streamInterrupted(kPlus, OutcomeClass::IdleTimeout);
    telemetry.healthChecked(sceneSuccess(kPlus, Millis(80)));
    telemetry.embedded(sceneSuccess(kPlus, Millis(70)));
    telemetry.shadowed(sceneSuccess(kPlus, Millis(900)));
    telemetry.shadowLeftOut(kPlus);
    telemetry.refusedUnread(413);
    telemetry.refusedUnread(400);
    telemetry.refusedUnread(400);
    telemetry.turnedAway();
    telemetry.breakerChanged({now.system, kPlus, BreakerState::Closed, BreakerState::Open, {}, ""});
}

QString scriptedText()
{
    Telemetry telemetry(sceneConfiguration(), sceneStart());
    playScript(telemetry, sceneStart());
    return QString::fromStdString(
        prometheusText(telemetry, liveState(), sceneStart() + Seconds(1)));
}

QStringList linesOf(const QString &text, const QString &name)
{
    QStringList lines;
    for (const QString &line : text.split(u'\n')) {
        if (line.startsWith(name + u'{') || line.startsWith(name + u' ')) {
            lines << line;
        }
    }
    return lines;
}

} // namespace

class TestPrometheus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatTheGoldenFileSays();
    void promtoolHasNothingToSay_data();
    void promtoolHasNothingToSay();
    void costsAreExact();
    void labelValuesAreEscaped();
    void namesThatAreNotConfiguredAreOther();
    void aRouteOrProviderCalledOtherIsNotWrittenTwice();
    void noSeriesIsWrittenTwice();
    void sharesWithoutAPlanOrTrafficAreAbsent();
    void everyFamilyIsDocumented();
};

void TestPrometheus::saysWhatTheGoldenFileSays()
{
    QFile golden(QStringLiteral(SIGNALBOX_SOURCE_DIR "/tests/unit/telemetry/golden/metrics.prom"));
    if (qEnvironmentVariableIsSet("SIGNALBOX_UPDATE_GOLDEN")) {
        QVERIFY(golden.open(QIODevice::WriteOnly));
        golden.write(scriptedText().toUtf8());
        return;
    }
    QVERIFY(golden.open(QIODevice::ReadOnly));
    const QStringList expected = QString::fromUtf8(golden.readAll()).split(u'\n');
    const QStringList written = scriptedText().split(u'\n');
    for (qsizetype i = 0; i < std::min(expected.size(), written.size()); ++i) {
        QCOMPARE(written[i], expected[i]);
    }
    QCOMPARE(written.size(), expected.size());
}

void TestPrometheus::promtoolHasNothingToSay_data()
{
    QTest::addColumn<QString>("text");
    Telemetry fresh(sceneConfiguration(), sceneStart());
    QTest::newRow("after traffic") << scriptedText();
    QTest::newRow("before any") << QString::fromStdString(
        prometheusText(fresh, LiveState(), sceneStart()));
}

void TestPrometheus::promtoolHasNothingToSay()
{
    QFETCH(QString, text);
    const QString promtool = QStandardPaths::findExecutable(u"promtool"_s);
    if (promtool.isEmpty()) {
        QSKIP("promtool is not installed (Debian and Ubuntu: package prometheus)");
    }
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(promtool, {u"check"_s, u"metrics"_s});
    QVERIFY(process.waitForStarted());
    process.write(text.toUtf8());
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished());
    QCOMPARE(QString::fromUtf8(process.readAll()), QString());
    QCOMPARE(process.exitCode(), 0);
}

void TestPrometheus::costsAreExact()
{
    Telemetry telemetry(sceneConfiguration(), sceneStart());
    AttemptRecord attempt = sceneSuccess(kPlus, Millis(1));
    attempt.cost.amount = Money::fromNanos(9'000'000'000'000'001);
    telemetry.attemptEnded(attempt, sceneStart());
    attempt.cost.amount = Money::fromNanos(1);
    telemetry.attemptEnded(attempt, sceneStart());
    const auto text = QString::fromStdString(prometheusText(telemetry, {}, sceneStart()));
    QCOMPARE(linesOf(text, u"signalbox_cost_usd_total"_s).first(),
             u"signalbox_cost_usd_total{provider=\"qwen\",target=\"qwen/qwen-plus\"} "
             "9000000.000000002"_s);
}

void TestPrometheus::labelValuesAreEscaped()
{
    MetricsText out;
    out.family("a_total", MetricsText::Type::Counter, "Help.");
    out.sample({{"name", "back\\slash \"quote\"\nline"}}, std::int64_t{1});
    out.family("unused_total", MetricsText::Type::Counter, "Help.");
    QCOMPARE(out.text(),
             "# HELP a_total Help.\n# TYPE a_total counter\n"
             "a_total{name=\"back\\\\slash \\\"quote\\\"\\nline\"} 1\n");
}

void TestPrometheus::namesThatAreNotConfiguredAreOther()
{
    Telemetry telemetry(sceneConfiguration(), sceneStart());
    for (int i = 0; i < 100; ++i) {
        const TargetId unknown("qwen", "model-" + std::to_string(i));
        auto request = sceneRequest("route-" + std::to_string(i),
                                    {sceneSuccess(unknown, Millis(1))});
        request.status = 600 + i;
        telemetry.attemptEnded(request.attempts.front(), sceneStart(), "op-" + std::to_string(i));
        telemetry.requestEnded(request, sceneStart());
    }
    const auto text = QString::fromStdString(prometheusText(telemetry, {}, sceneStart()));
    QCOMPARE(linesOf(text, u"signalbox_requests_total"_s),
             QStringList{u"signalbox_requests_total{route=\"other\",status=\"other\","
                         "outcome=\"success\"} 100"_s});
    QCOMPARE(linesOf(text, u"signalbox_attempts_total"_s),
             QStringList{u"signalbox_attempts_total{provider=\"other\",target=\"other\","
                         "outcome=\"success\"} 100"_s});
    QVERIFY(!text.contains(u"model-"_s) && !text.contains(u"op-"_s));
}

void TestPrometheus::aRouteOrProviderCalledOtherIsNotWrittenTwice()
{
    Configuration configuration;
    configuration.providers = {sceneProvider("other", ProviderKind::OpenAi, {"m"})};
    const TargetId target("other", "m");
    configuration.routes = {sceneRoute("other", Strategy::Priority, {{target, 1, 1}})};
    Telemetry telemetry(configuration, sceneStart());
    for (const char *route : {"other", "unknown"}) {
        auto request = sceneRequest(route, {sceneSuccess(target, Millis(1))});
        request.abandoned = true;
        telemetry.requestEnded(request, sceneStart());
    }
    const auto text = QString::fromStdString(prometheusText(telemetry, {}, sceneStart()));
    QCOMPARE(linesOf(text, u"signalbox_requests_total"_s).size(), 1);
    QVERIFY(linesOf(text, u"signalbox_requests_total"_s).first().endsWith(u" 2"_s));
    QCOMPARE(linesOf(text, u"signalbox_abandoned_total"_s),
             QStringList{u"signalbox_abandoned_total{provider=\"other\"} 2"_s});
}

/// Two providers of one kind with the same model differ by the label `target`.
void TestPrometheus::noSeriesIsWrittenTwice()
{
    Configuration configuration = sceneConfiguration();
    configuration.providers.push_back(sceneProvider("qwen-2", ProviderKind::Qwen, {"qwen-plus"}));
    Telemetry telemetry(configuration, sceneStart());
    playScript(telemetry, sceneStart());
    telemetry.attemptEnded(sceneSuccess(TargetId("qwen-2", "qwen-plus"), Millis(1)), sceneStart());
    const auto text = QString::fromStdString(prometheusText(telemetry, liveState(), sceneStart()));
    QSet<QString> seen;
    for (const QString &line : text.split(u'\n', Qt::SkipEmptyParts)) {
        const QString series = line.startsWith(u'#') ? line : line.left(line.lastIndexOf(u' '));
        QVERIFY2(!seen.contains(series), qPrintable(series));
        seen.insert(series);
    }
    QVERIFY(seen.size() > 300);
}

void TestPrometheus::sharesWithoutAPlanOrTrafficAreAbsent()
{
    Telemetry telemetry(sceneConfiguration(), sceneStart());
    const auto text = QString::fromStdString(prometheusText(telemetry, {}, sceneStart()));
    QCOMPARE(linesOf(text, u"signalbox_route_share_planned"_s).size(), 3);
    QVERIFY(linesOf(text, u"signalbox_route_share_actual"_s).isEmpty());
    QVERIFY(!text.contains(u"nan"_s));
}

void TestPrometheus::everyFamilyIsDocumented()
{
    QFile docs(QStringLiteral(SIGNALBOX_SOURCE_DIR "/docs/METRICS.md"));
    QVERIFY(docs.open(QIODevice::ReadOnly));
    const QString page = QString::fromUtf8(docs.readAll());
    static const QRegularExpression kType(u"^# TYPE (\\S+) (\\S+)$"_s,
                                          QRegularExpression::MultilineOption);
    int families = 0;
    for (auto match = kType.globalMatch(scriptedText()); match.hasNext(); ++families) {
        const auto family = match.next();
        const QString row = u"| `"_s + family.captured(1) + u"` | "_s + family.captured(2)
                            + u" |"_s;
        QVERIFY2(page.contains(row), qPrintable(row));
    }
    QCOMPARE(families, 48);
}

QTEST_APPLESS_MAIN(TestPrometheus)
#include "tst_prometheus.moc"
