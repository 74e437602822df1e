// SPDX-License-Identifier: Apache-2.0
#include "core/providers/head_room.h"
#include "core/providers/retry_hint.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::providers;

class TestRetryHint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsDurations_data();
    void readsDurations();
    void takesTheFirstSourceThatSpeaks_data();
    void takesTheFirstSourceThatSpeaks();
    void readsResetsOfLimitsOnly();
    void readsGooglesRetryInfo_data();
    void readsGooglesRetryInfo();
    void saysNothingWithoutAHint();
    void readsTheHeadRoomOfEachFamily();
};

namespace {

const SystemTime kNow = *fromIso8601("2026-10-21T07:27:00Z");

ErrorBody saying(std::string message)
{
    ErrorBody error;
    error.message = std::move(message);
    return error;
}

} // namespace

void TestRetryHint::readsDurations_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("millis");
    QTest::newRow("12ms") << QByteArray("12ms") << qint64(12);
    QTest::newRow("0s") << QByteArray("0s") << qint64(0);
    QTest::newRow("6m0s") << QByteArray("6m0s") << qint64(360'000);
    QTest::newRow("17.399999999s") << QByteArray("17.399999999s") << qint64(17'400);
    QTest::newRow("1m30.5s") << QByteArray("1m30.5s.") << qint64(90'500);
    QTest::newRow("1h2m") << QByteArray("1h2m") << qint64(3'720'000);
    QTest::newRow("500us") << QByteArray("500us") << qint64(1);
    QTest::newRow("20 seconds") << QByteArray("20 seconds") << qint64(20'000);
    QTest::newRow("9e999h") << QByteArray("9e999h") << qint64(kRetryHintMax.count());
    QTest::newRow("number") << QByteArray("12") << qint64(-1);
    QTest::newRow("negative") << QByteArray("-5s") << qint64(-1);
    QTest::newRow("text") << QByteArray("soon") << qint64(-1);
    QTest::newRow("empty") << QByteArray("") << qint64(-1);
}

void TestRetryHint::readsDurations()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, millis);
    QCOMPARE(parseGoDuration(text.toStdString()).value_or(Millis(-1)).count(), millis);
}

void TestRetryHint::takesTheFirstSourceThatSpeaks_data()
{
    QTest::addColumn<QByteArray>("millisHeader");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<qint64>("wait");
    QTest::addColumn<int>("source");
    const auto row = [](const char *name,
                        const char *ms,
                        const char *after,
                        const char *message,
                        qint64 wait,
                        RetryHintSource source) {
        QTest::newRow(name) << QByteArray(ms) << QByteArray(after) << QByteArray(message) << wait
                            << int(source);
    };
    using enum RetryHintSource;
    const qint64 most = kRetryHintMax.count();
    row("ms", "250", "7", "try again in 9s", 250, RetryAfterMs);
    row("ms fraction", "250.2", "", "", 251, RetryAfterMs);
    row("ms garbage", "soon", "7", "", 7000, RetryAfterSeconds);
    row("seconds", "", "7", "try again in 9s", 7000, RetryAfterSeconds);
    row("fraction", "", "0.5", "", 500, RetryAfterSeconds);
    row("zero", "", "0", "", 0, RetryAfterSeconds);
    row("negative", "", "-3", "", 0, RetryAfterSeconds);
    row("NaN", "", "nan", "", 0, RetryAfterSeconds);
    row("infinite", "", "inf", "", most, RetryAfterSeconds);
    row("huge", "", "99999999999999999999", "", most, RetryAfterSeconds);
    row("beyond a double", "", "1e999", "", most, RetryAfterSeconds);
    row("date", "", "Wed, 21 Oct 2026 07:28:00 GMT", "", 60'000, RetryAfterDate);
    row("past date", "", "Wed, 21 Oct 2015 07:28:00 GMT", "", 0, RetryAfterDate);
    row("far date", "", "Wed, 21 Oct 2099 07:28:00 GMT", "", most, RetryAfterDate);
    row("header garbage", "", "tomorrow", "Please try again in 18.642s.", 18'642, BodyText);
    row("text", "", "", "Limit reached. Please try again in 1m30.5s. Visit", 90'500, BodyText);
    row("text ms", "", "", "Please Try Again In 20ms", 20, BodyText);
    row("retry after", "", "", "Rate limited, retry after 20 seconds", 20'000, BodyText);
}

void TestRetryHint::takesTheFirstSourceThatSpeaks()
{
    QFETCH(QByteArray, millisHeader);
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, message);
    QFETCH(qint64, wait);
    QFETCH(int, source);
    http::Headers headers{{"x-ratelimit-reset-requests", "1s"}};
    if (!millisHeader.isEmpty()) {
        headers.add("Retry-After-Ms", millisHeader.toStdString());
    }
    if (!header.isEmpty()) {
        headers.add("Retry-After", header.toStdString());
    }
    const auto hint = readRetryHint(headers, saying(message.toStdString()), true, kNow);
    QVERIFY(hint.has_value());
    QCOMPARE(hint->wait.count(), wait);
    QCOMPARE(static_cast<int>(hint->source), source);
}

void TestRetryHint::readsResetsOfLimitsOnly()
{
    const http::Headers usedUp{{"x-ratelimit-remaining-requests", "0"},
                               {"x-ratelimit-reset-requests", "120ms"},
                               {"x-ratelimit-remaining-tokens", "900"},
                               {"x-ratelimit-reset-tokens", "6m0s"}};
    const auto hint = readRetryHint(usedUp, {}, true, kNow);
    QCOMPARE(hint->wait, Millis(120));
    QVERIFY(hint->source == RetryHintSource::ResetHeader);
    QVERIFY(!readRetryHint(usedUp, {}, false, kNow));
    const http::Headers neither{{"x-ratelimit-reset-requests", "120ms"},
                                {"x-ratelimit-reset-tokens", "6m0s"}};
    QCOMPARE(readRetryHint(neither, {}, true, kNow)->wait, Millis(360'000));
    const http::Headers anthropic{{"anthropic-ratelimit-tokens-remaining", "0"},
                                  {"anthropic-ratelimit-tokens-reset", "2026-10-21T07:27:12Z"}};
    QCOMPARE(readRetryHint(anthropic, {}, true, kNow)->wait, Millis(12'000));
}

void TestRetryHint::readsGooglesRetryInfo_data()
{
    QTest::addColumn<QByteArray>("details");
    QTest::addColumn<qint64>("millis");
    const auto row = [](const char *name, const char *details, qint64 millis) {
        QTest::newRow(name) << QByteArray(details) << millis;
    };
    row("whole seconds, cut by the sender", R"([{"retryDelay":"48s"}])", 49'000);
    row("a fraction", R"([{"retryDelay":"34.4s"}])", 35'000);
    row("none", R"([{"retryDelay":"0s"}])", 1000);
    row("beyond the bound", R"([{"retryDelay":"9e99s"}])", kRetryHintMax.count());
    row("of the minute",
        R"([{"violations":[{"quotaId":"RequestsPerMinute-FreeTier"}]},{"retryDelay":"7s"}])",
        8000);
    row("of the day",
        R"([{"violations":[{"quotaId":"RequestsPerMinute"},{"quotaId":"RequestsPerDayPerProject"}]},{"retryDelay":"7s"}])",
        3'600'000);
    row("in words alone", R"([{"retryDelay":7},null,5,{"violations":{}}])", 48'940);
}

void TestRetryHint::readsGooglesRetryInfo()
{
    QFETCH(QByteArray, details);
    QFETCH(qint64, millis);
    const ErrorBody error = readErrorBody(
        R"({"error":{"code":429,"message":"Quota. Please retry in 48.939935699s.","details":)"
        + details.toStdString() + "}}");
    const auto hint = readRetryHint({}, error, true, kNow);
    QCOMPARE(hint->wait.count(), millis);
    QCOMPARE(hint->source == RetryHintSource::RetryInfo, millis != 48'940);
    http::Headers headers;
    headers.add("retry-after", "3");
    QCOMPARE(readRetryHint(headers, error, true, kNow)->wait.count(), 3000);
}

void TestRetryHint::saysNothingWithoutAHint()
{
    QVERIFY(!readRetryHint({}, saying("try again later"), true, kNow));
    QVERIFY(!readRetryHint({}, {}, true, kNow));
}

void TestRetryHint::readsTheHeadRoomOfEachFamily()
{
    const http::Headers openAi{{"x-ratelimit-limit-requests", "500"},
                               {"x-ratelimit-remaining-requests", "499"},
                               {"x-ratelimit-reset-requests", "120ms"},
                               {"x-ratelimit-limit-tokens", "200000"},
                               {"x-ratelimit-remaining-tokens", "199987"},
                               {"x-ratelimit-reset-tokens", "3ms"}};
    QCOMPARE(readHeadRoom(openAi, kNow),
             (HeadRoom{{500, 499, Millis(120)}, {200'000, 199'987, Millis(3)}}));
    const http::Headers anthropic{{"anthropic-ratelimit-requests-limit", "10000"},
                                  {"anthropic-ratelimit-requests-remaining", "9999"},
                                  {"anthropic-ratelimit-requests-reset", "2026-10-21T07:27:30Z"},
                                  {"anthropic-ratelimit-tokens-limit", "12000000"},
                                  {"anthropic-ratelimit-tokens-remaining", "11"},
                                  {"anthropic-ratelimit-tokens-reset", "2020-01-01T00:00:00Z"}};
    QCOMPARE(readHeadRoom(anthropic, kNow),
             (HeadRoom{{10'000, 9999, Millis(30'000)}, {12'000'000, 11, Millis(0)}}));
    const http::Headers mistral{{"x-ratelimit-limit-req-minute", "60"},
                                {"x-ratelimit-remaining-tokens-minute", "7"}};
    QCOMPARE(readHeadRoom(mistral, kNow), (HeadRoom{{60, {}, {}}, {{}, 7, {}}}));
    const http::Headers garbage{{"x-ratelimit-limit-requests", "many"},
                                {"x-ratelimit-remaining-requests", "-4"},
                                {"x-ratelimit-reset-requests", "later"}};
    QCOMPARE(readHeadRoom(garbage, kNow), HeadRoom());
}

QTEST_APPLESS_MAIN(TestRetryHint)
#include "tst_retry_hint.moc"
