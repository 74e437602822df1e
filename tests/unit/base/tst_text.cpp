// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"

#include <QTest>

using namespace signalbox;

class TestText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judgesUtf8ByTheStandard_data();
    void judgesUtf8ByTheStandard();
    void everyCodePointRoundTrips();
    void readsPastWhatIsIllFormed();
    void knowsCjk();
    void readsWholeNumbersOnly();
    void trimsBlanksAndTabs();
    void findsTheNearestNames();
    void measuresPlainTextWhateverItEndsWith();
};

void TestText::judgesUtf8ByTheStandard_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("good");
    const auto row = [](const char *name, const QByteArray &bytes, bool good) {
        QTest::newRow(name) << bytes << good;
    };
    row("empty", "", true);
    row("mixed", "a\xC3\xA9\xE4\xB8\xAD\xF0\x9F\x98\x80", true);
    row("lone continuation", "\x80", false);
    row("overlong slash", "\xC0\xAF", false);
    row("overlong of three", "\xE0\x80\xAF", false);
    row("overlong of four", "\xF0\x80\x80\xAF", false);
    row("surrogate", "\xED\xA0\x80", false);
    row("beyond Unicode", "\xF4\x90\x80\x80", false);
    row("cut", "\xE4\xB8", false);
    row("five bytes", "\xF8\x88\x80\x80\x80", false);
    row("NUL is a character", QByteArray("a\0b", 3), true);
}

void TestText::judgesUtf8ByTheStandard()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, good);
    QCOMPARE(isUtf8({bytes.data(), static_cast<std::size_t>(bytes.size())}), good);
}

void TestText::everyCodePointRoundTrips()
{
    for (char32_t codePoint = 0; codePoint <= 0x10FFFF; ++codePoint) {
        if (codePoint >= 0xD800 && codePoint <= 0xDFFF) {
            continue;
        }
        std::string text;
        appendUtf8(text, codePoint);
        std::size_t at = 0;
        if (nextCodePoint(text, at) != codePoint || at != text.size() || !isUtf8(text)) {
            QFAIL(qPrintable(QString::number(codePoint, 16)));
        }
    }
}

void TestText::readsPastWhatIsIllFormed()
{
    const std::string text = "a\xFF\xE4\xB8";
    std::size_t at = 0;
    QCOMPARE(nextCodePoint(text, at), U'a');
    QCOMPARE(nextCodePoint(text, at), U'\uFFFD');
    QCOMPARE(nextCodePoint(text, at), U'\uFFFD');
    QCOMPARE(nextCodePoint(text, at), U'\uFFFD');
    QCOMPARE(at, text.size());
}

void TestText::knowsCjk()
{
    for (const char32_t yes : {U'中', U'の', U'ア', U'한', U'。', U'\uFF0C', U'𠀀', U'ㄅ'}) {
        QVERIFY(isCjk(yes));
    }
    for (const char32_t no : {U'a', U'é', U'Ж', U'ع', U'1', U'.', U'😀'}) {
        QVERIFY(!isCjk(no));
    }
}

void TestText::readsWholeNumbersOnly()
{
    QCOMPARE(parseInteger("0"), std::optional<std::int64_t>(0));
    QCOMPARE(parseInteger("9223372036854775807"),
             std::optional<std::int64_t>(std::numeric_limits<std::int64_t>::max()));
    for (const char *bad : {"", "-1", "+1", "1.0", "1e3", " 1", "1 ", "9223372036854775808", "x"}) {
        QVERIFY2(!parseInteger(bad), bad);
    }
}

void TestText::trimsBlanksAndTabs()
{
    QCOMPARE(trimmed(" \ta b\t "), std::string_view("a b"));
    QCOMPARE(trimmed(" \t "), std::string_view());
    QCOMPARE(trimmed("\na"), std::string_view("\na"));
}

void TestText::findsTheNearestNames()
{
    const std::vector<std::string> known = {"failures", "window_s", "open_s", "probes"};
    QCOMPARE(nearestNames("failure", known), std::vector<std::string>{"failures"});
    QCOMPARE(nearestNames("probse", known), std::vector<std::string>{"probes"});
    QCOMPARE(nearestNames("OPEN_S", known), std::vector<std::string>{"open_s"});
    QCOMPARE(nearestNames("something else", known), std::vector<std::string>{});
    QCOMPARE(nearestNames("", {""}), std::vector<std::string>{""});
}

/// Each byte stands at each place of a text long enough for every way of passing it over.
void TestText::measuresPlainTextWhateverItEndsWith()
{
    constexpr std::size_t kLength = 83;
    for (int byte = 0; byte <= 0xFF; ++byte) {
        const char c = static_cast<char>(byte);
        const bool plain = byte >= 0x20 && c != '"' && c != '\\';
        for (std::size_t place = 0; place < kLength; ++place) {
            std::string text(kLength, 'm');
            text[place] = c;
            QCOMPARE(plainJsonPrefix(text), plain ? kLength : place);
            QCOMPARE(plainJsonPrefix(std::string_view(text).substr(0, place + 1)),
                     plain ? place + 1 : place);
        }
    }
    QCOMPARE(plainJsonPrefix({}), 0U);
}

QTEST_APPLESS_MAIN(TestText)
#include "tst_text.moc"
