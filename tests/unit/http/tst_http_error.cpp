// SPDX-License-Identifier: Apache-2.0
#include "core/http/error.h"

#include <QTest>

#include <set>
#include <string>

using namespace signalbox::http;

class TestHttpError : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyReasonHasAStatusAndASentenceOfItsOwn();
    void statusFollowsTheGroup_data();
    void statusFollowsTheGroup();
};

void TestHttpError::everyReasonHasAStatusAndASentenceOfItsOwn()
{
    std::set<std::string> sentences;
    const int count = static_cast<int>(Error::EventTooLarge) + 1;
    for (int i = 0; i < count; ++i) {
        const auto error = static_cast<Error>(i);
        QVERIFY(statusFor(error) >= 400 && statusFor(error) <= 505);
        QVERIFY(describe(error).ends_with('.'));
        sentences.emplace(describe(error));
    }
    QCOMPARE(sentences.size(), static_cast<std::size_t>(count));
}

void TestHttpError::statusFollowsTheGroup_data()
{
    QTest::addColumn<int>("error");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, Error error, int status) {
        QTest::newRow(name) << static_cast<int>(error) << status;
    };
    row("syntax", Error::BareLineBreak, 400);
    row("framing", Error::LengthWithTransferCoding, 400);
    row("body", Error::BodyTooLarge, 413);
    row("target", Error::StartLineTooLong, 414);
    row("expectation", Error::UnsupportedExpectation, 417);
    row("head", Error::HeadTooLarge, 431);
    row("count", Error::TooManyHeaders, 431);
    row("coding", Error::UnsupportedTransferCoding, 501);
    row("upstream", Error::Cut, 502);
    row("version", Error::UnsupportedVersion, 505);
}

void TestHttpError::statusFollowsTheGroup()
{
    QFETCH(int, error);
    QFETCH(int, status);
    QCOMPARE(statusFor(static_cast<Error>(error)), status);
}

QTEST_APPLESS_MAIN(TestHttpError)
#include "tst_http_error.moc"
