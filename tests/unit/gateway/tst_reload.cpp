// SPDX-License-Identifier: Apache-2.0
#include "tests/support/compare_log.h"
#include "tests/support/house.h"
#include "tests/support/virtual_gateway.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::tests;

namespace {

const char *const kOnlyA = R"([{ target = "a/x" }])";
const char *const kOnlyB = R"([{ target = "b/y" }])";

/// The house without its provider a.
std::string withoutA()
{
    const std::string whole = House{.targets = kOnlyB}.toml();
    return whole.substr(whole.find("[[provider]]\nid = \"b\""));
}

} // namespace

/// Goal: a new configuration takes nothing from the requests in the air and nothing from what was
/// learned about what stays.
/// Method: the configuration is replaced in each phase of a request; the log tells what followed.
class TestReload : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requestsInTheAirEndAsTheyBegan();
    void theirNextTargetsAreThoseOfTheirOwnTime();
    void breakersOfUntouchedTargetsKeepTheirState();
    void newBreakerSettingsApplyToWhatIsKnown();
    void removedTargetsSettleWithoutACrash_data();
    void removedTargetsSettleWithoutACrash();
    void aKeyThatWasReplacedIsNotBlamedOnTheNewOne_data();
    void aKeyThatWasReplacedIsNotBlamedOnTheNewOne();
    void restsOfUnchangedKeysRemain();
    void aNewKeyMakesADisabledProviderUsable();
    void aProviderThatMovedIsANewOne();
    void aNewKeyIsNotSentToTheOldAddress_data();
    void aNewKeyIsNotSentToTheOldAddress();
    void permitsOfBeforeCountAgainstTheNewLimit();
    void twoReloadsInOneRequestAreSurvived();
};

void TestReload::requestsInTheAirEndAsTheyBegan()
{
    VirtualGateway world(House{.targets = kOnlyA}.toml());
    world.script("a/x: 200 slow, 200 slow");
    world.ask();
    world.ask({.stream = true});
    world.at(Seconds(1), [&] { world.reload(House{.targets = kOnlyB}.toml()); });
    world.at(Seconds(2), [&] { world.ask(); });
    world.run();
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 a/x: call · #2 a/x: call · t=1 reload · t=2 #3 b/y: call · t=2.1 #3 b/y: 200 · "
            "#3 client: 200 \"hello\" target=b/y attempts=1 · t=20 a/x: 200 slow · "
            "client: 200 \"hello\" target=a/x attempts=1 · t=20.3 #2 a/x: 200 slow · "
            "#2 client: 200 stream \"hello\" target=a/x attempts=1"));
}

void TestReload::theirNextTargetsAreThoseOfTheirOwnTime()
{
    VirtualGateway world(House{.route = "retry = { same_target = 1, backoff_ms = 0 }"}.toml());
    world.script("a/x: reset, reset");
    world.ask();
    world.at(Millis(50), [&] { world.reload(House{.targets = kOnlyA}.toml()); });
    world.run();
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 a/x: call · t=0.05 reload · t=0.1 a/x: reset · a/x: failures 1 · a/x: call · "
            "t=0.2 a/x: reset · a/x: failures 2 · b/y: call · t=0.3 b/y: 200 · "
            "client: 200 \"hello\" target=b/y attempts=3"));
}

void TestReload::breakersOfUntouchedTargetsKeepTheirState()
{
    const House house{.provider = "breaker = { failures = 1, open_s = 100 }"};
    VirtualGateway world(house.toml());
    world.script("a/x: 503");
    world.ask();
    world.at(Seconds(1), [&] {
        House other = house;
        other.targets = R"([{ target = "a/x" }, { target = "c/z" }])";
        world.reload(other.toml());
    });
    world.at(Seconds(2), [&] { world.ask(); });
    world.run();
    COMPARE_LOG(logOf(world),
                QString::fromUtf8(
                    "t=0 a/x: call · t=0.1 a/x: 503 · a/x: open · b/y: call · t=0.2 b/y: 200 · "
                    "client: 200 \"hello\" target=b/y attempts=2 · t=1 reload · t=2 #2 c/z: call · "
                    "t=2.1 #2 c/z: 200 · #2 client: 200 \"hello\" target=c/z attempts=1"));
}

void TestReload::newBreakerSettingsApplyToWhatIsKnown()
{
    VirtualGateway world(House{.provider = "breaker = { failures = 1, open_s = 100 }"}.toml());
    world.script("a/x: 503");
    world.ask();
    world.at(Seconds(1), [&] {
        world.reload(House{.provider = "breaker = { failures = 1, open_s = 10 }"}.toml());
    });
    world.at(Seconds(5), [&] { world.ask(); });
    world.at(Seconds(11), [&] { world.ask(); });
    world.run();
    COMPARE_LOG(logOf(world),
                QString::fromUtf8(
                    "t=0 a/x: call · t=0.1 a/x: 503 · a/x: open · b/y: call · t=0.2 b/y: 200 · "
                    "client: 200 \"hello\" target=b/y attempts=2 · t=1 reload · t=5 #2 b/y: call · "
                    "t=5.1 #2 b/y: 200 · #2 client: 200 \"hello\" target=b/y attempts=1 · "
                    "t=11 a/x: half_open · #3 a/x: call · t=11.1 #3 a/x: 200 · a/x: closed · "
                    "#3 client: 200 \"hello\" target=a/x attempts=1"));
}

void TestReload::removedTargetsSettleWithoutACrash_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<bool>("stream");
    QTest::addColumn<QString>("log");
    QTest::newRow("an answer") << QString::fromUtf8("a/x: 200 slow") << false
                               << QString::fromUtf8(
                                      "t=0 a/x: call · t=1 reload · t=20 a/x: 200 slow · "
                                      "client: 200 \"hello\" target=a/x attempts=1");
    QTest::newRow("a stream") << QString::fromUtf8("a/x: 200 slow") << true
                              << QString::fromUtf8(
                                     "t=0 a/x: call · t=1 reload · t=20.3 a/x: 200 slow · "
                                     "client: 200 stream \"hello\" target=a/x attempts=1");
    QTest::newRow("a broken stream")
        << QString::fromUtf8("a/x: stall after content") << true
        << QString::fromUtf8("t=0 a/x: call · t=1 reload · t=30.2 a/x: cut off · "
                             "client: 200 stream \"hel\" upstream_timeout target=a/x attempts=1");
    QTest::newRow("a timer")
        << QString::fromUtf8("a/x: hang") << true
        << QString::fromUtf8(
               "t=0 a/x: call · t=1 reload · t=30 a/x: cut off · b/y: call · t=30.4 b/y: 200 · "
               "client: 200 stream \"hello\" target=b/y attempts=2");
    QTest::newRow("a wait for a hint")
        << QString::fromUtf8("a/x: 429 hint 5s; b/y: 404") << false
        << QString::fromUtf8(
               "t=0 a/x: call · t=0.1 a/x: 429 hint 5s · env:A1 cools until 5.1, rate_limited · "
               "b/y: call · t=0.2 b/y: 404 · b/y: misconfigured · t=1 reload · "
               "client: 503 no_target_available (upstream) target=b/y attempts=2 "
               "retry-after=1");
    QTest::newRow("a failure of the provider")
        << QString::fromUtf8("a/x: drip") << true
        << QString::fromUtf8("t=0 a/x: call · t=1 reload · t=80.1 a/x: drip · "
                             "client: 200 stream \"1234\" target=a/x attempts=1");
}

void TestReload::removedTargetsSettleWithoutACrash()
{
    QFETCH(QString, script);
    QFETCH(bool, stream);
    QFETCH(QString, log);
    VirtualGateway world(House{}.toml());
    world.script(script.toStdString());
    world.ask({.stream = stream});
    world.at(Seconds(1), [&] { world.reload(withoutA()); });
    world.run();
    COMPARE_LOG(logOf(world), log);
}

void TestReload::aKeyThatWasReplacedIsNotBlamedOnTheNewOne_data()
{
    QTest::addColumn<QString>("keys");
    QTest::addColumn<QString>("log");
    QTest::newRow("another key")
        << QString::fromUtf8(R"(["env:A9"])")
        << QString::fromUtf8(
               "t=0 a/x: call with A1-secret · #2 a/x: call with A2-secret · t=0.05 reload · "
               "t=0.1 a/x: 401 · a/x: call with A9-secret · #2 a/x: 401 · "
               "#2 a/x: call with A9-secret · t=0.2 a/x: 200 · "
               "client: 200 \"hello\" target=a/x attempts=2 · #2 a/x: 200 · "
               "#2 client: 200 \"hello\" target=a/x attempts=2 · t=1 #3 a/x: call · "
               "t=1.1 #3 a/x: 200 · #3 client: 200 \"hello\" target=a/x attempts=1");
    QTest::newRow("fewer keys")
        << QString::fromUtf8("[]")
        << QString::fromUtf8(
               "t=0 a/x: call with A1-secret · #2 a/x: call with A2-secret · t=0.05 reload · "
               "t=0.1 a/x: 401 · a/x: call with  · #2 a/x: 401 · #2 a/x: call with  · "
               "t=0.2 a/x: 200 · client: 200 \"hello\" target=a/x attempts=2 · #2 a/x: 200 · "
               "#2 client: 200 \"hello\" target=a/x attempts=2 · t=1 #3 a/x: call · "
               "t=1.1 #3 a/x: 200 · #3 client: 200 \"hello\" target=a/x attempts=1");
    QTest::newRow("the same in another order")
        << QString::fromUtf8(R"(["env:A2", "env:A1"])")
        << QString::fromUtf8(
               "t=0 a/x: call with A1-secret · #2 a/x: call with A2-secret · t=0.05 reload · "
               "t=0.1 a/x: 401 · a/x: call with A2-secret · #2 a/x: 401 · "
               "#2 a/x: call with A1-secret · t=0.2 a/x: 200 · "
               "client: 200 \"hello\" target=a/x attempts=2 · #2 a/x: 200 · "
               "#2 client: 200 \"hello\" target=a/x attempts=2 · t=1 #3 a/x: call with A2-secret · "
               "t=1.1 #3 a/x: 200 · #3 client: 200 \"hello\" target=a/x attempts=1");
}

/// Goal: a refusal is booked on the key that was refused, or on none.
/// Method: two calls are out, with A1 and A2; the keys are replaced; then both are refused.
void TestReload::aKeyThatWasReplacedIsNotBlamedOnTheNewOne()
{
    QFETCH(QString, keys);
    QFETCH(QString, log);
    VirtualGateway world(House{.targets = kOnlyA, .keysOfA = R"(["env:A1", "env:A2"])"}.toml());
    world.script("a/x: 401, 401");
    world.ask();
    world.ask();
    world.at(Millis(50),
             [&] { world.reload(House{.targets = kOnlyA, .keysOfA = keys.toStdString()}.toml()); });
    world.at(Seconds(1), [&] { world.ask(); });
    world.run();
    COMPARE_LOG(logOf(world), log);
}

void TestReload::restsOfUnchangedKeysRemain()
{
    const House house{.targets = kOnlyA, .keysOfA = R"(["env:A1", "env:A2"])"};
    VirtualGateway world(house.toml());
    world.script("a/x: 429 hint 100s");
    world.ask();
    world.at(Seconds(1), [&] {
        House other = house;
        other.limitsOfA = "{ concurrent = 5 }";
        world.reload(other.toml());
    });
    world.at(Seconds(2), [&] { world.ask(); });
    world.at(Seconds(3), [&] { world.ask(); });
    world.run();
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 a/x: call with A1-secret · t=0.1 a/x: 429 hint 100s · "
            "env:A1 cools until 100.1, rate_limited · a/x: call with A2-secret · "
            "t=0.2 a/x: 200 · client: 200 \"hello\" target=a/x attempts=2 · t=1 reload · "
            "t=2 #2 a/x: call with A2-secret · t=2.1 #2 a/x: 200 · "
            "#2 client: 200 \"hello\" target=a/x attempts=1 · t=3 #3 a/x: call with A2-secret · "
            "t=3.1 #3 a/x: 200 · #3 client: 200 \"hello\" target=a/x attempts=1"));
}

void TestReload::aNewKeyMakesADisabledProviderUsable()
{
    VirtualGateway world(House{.targets = kOnlyA, .keysOfA = R"(["env:GONE"])"}.toml());
    world.ask();
    world.at(Seconds(1), [&] { world.reload(House{.targets = kOnlyA}.toml()); });
    world.at(Seconds(2), [&] { world.ask(); });
    world.run();
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 env:GONE disabled, could not be read · "
            "client: 503 no_target_available (gateway) attempts=0 retry-after=1 · t=1 reload · "
            "t=2 #2 a/x: call · t=2.1 #2 a/x: 200 · #2 client: 200 \"hello\" target=a/x "
            "attempts=1"));
}

void TestReload::aProviderThatMovedIsANewOne()
{
    const std::string breaker = "breaker = { failures = 1 }";
    VirtualGateway world(House{.targets = kOnlyA, .provider = breaker}.toml());
    world.script("a/x: refused");
    world.ask();
    world.at(Seconds(1), [&] {
        world.reload(
            House{.targets = kOnlyA, .provider = breaker, .baseUrlOfA = "https://right.example/v1"}
                .toml());
    });
    world.at(Seconds(2), [&] { world.ask(); });
    world.run();
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 a/x: call · t=0.1 a/x: refused · a/x: open · a/x2: open · "
            "client: 503 no_target_available (upstream) target=a/x attempts=1 retry-after=600 · "
            "t=1 reload · a/x: closed · a/x2: closed · t=2 #2 a/x: call · t=2.1 #2 a/x: 200 · "
            "#2 client: 200 \"hello\" target=a/x attempts=1"));
    QCOMPARE(world.calls().back().provider->baseUrl, std::string("https://right.example/v1"));
}

void TestReload::aNewKeyIsNotSentToTheOldAddress_data()
{
    QTest::addColumn<QString>("script");
    QTest::newRow("in a wait for a hint") << QString::fromUtf8("a/x: 429 hint 5s");
    QTest::newRow("in the backoff") << QString::fromUtf8("a/x: 503 hint 5s");
    QTest::newRow("in a call") << QString::fromUtf8("a/x: connect-hang");
}

void TestReload::aNewKeyIsNotSentToTheOldAddress()
{
    QFETCH(QString, script);
    const std::string retries = "retry = { same_target = 2 }";
    VirtualGateway world(House{.targets = kOnlyA, .route = retries}.toml());
    world.script(script.toStdString());
    world.ask();
    world.at(Seconds(1), [&] {
        world.reload(House{.targets = kOnlyA,
                           .route = retries,
                           .keysOfA = R"(["env:A9"])",
                           .baseUrlOfA = "https://elsewhere.example/v1"}
                         .toml());
    });
    world.run();
    QCOMPARE(world.calls().size(), std::size_t(1));
    world.ask();
    world.run();
    QCOMPARE(world.calls().size(), std::size_t(2));
    QCOMPARE(world.calls().back().provider->baseUrl, std::string("https://elsewhere.example/v1"));
    QVERIFY(world.calls().back().key.expose() == "A9-secret");
}

void TestReload::permitsOfBeforeCountAgainstTheNewLimit()
{
    VirtualGateway world(House{}.toml());
    world.script("a/x: 200 slow, 200 slow");
    world.ask();
    world.ask();
    world.at(Seconds(1), [&] { world.reload(House{.limitsOfA = "{ concurrent = 2 }"}.toml()); });
    world.at(Seconds(2), [&] { world.ask(); });
    world.at(Seconds(30), [&] { world.ask(); });
    world.run();
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 a/x: call · #2 a/x: call · t=1 reload · t=2 #3 b/y: call · t=2.1 #3 b/y: 200 · "
            "#3 client: 200 \"hello\" target=b/y attempts=1 · t=20 a/x: 200 slow · "
            "client: 200 \"hello\" target=a/x attempts=1 · #2 a/x: 200 slow · "
            "#2 client: 200 \"hello\" target=a/x attempts=1 · t=30 #4 a/x: call · "
            "t=30.1 #4 a/x: 200 · #4 client: 200 \"hello\" target=a/x attempts=1"));
}

void TestReload::twoReloadsInOneRequestAreSurvived()
{
    VirtualGateway world(House{}.toml());
    world.script("a/x: 200 slow, 503; b/y: 200");
    world.ask();
    world.at(Seconds(1), [&] { world.reload(withoutA()); });
    world.at(Seconds(2), [&] { world.reload(House{.keysOfA = R"(["env:A9"])"}.toml()); });
    world.at(Seconds(3), [&] { world.ask(); });
    world.run();
    COMPARE_LOG(
        logOf(world),
        QString::fromUtf8(
            "t=0 a/x: call · t=1 reload · t=2 reload · t=3 #2 a/x: call · t=3.1 #2 a/x: 503 · "
            "a/x: failures 1 · #2 b/y: call · t=3.2 #2 b/y: 200 · "
            "#2 client: 200 \"hello\" target=b/y attempts=2 · t=20 a/x: 200 slow · "
            "client: 200 \"hello\" target=a/x attempts=1"));
}

QTEST_APPLESS_MAIN(TestReload)

#include "tst_reload.moc"
