// SPDX-License-Identifier: Apache-2.0
#include "core/cache/word_scan.h"

#include <QTest>

#include <string>

using namespace signalbox::cache;

namespace {

/// Each token with the first letter of its kind before it; quotations in angle brackets at the end.
std::string told(std::string_view text)
{
    constexpr std::string_view kKinds = "WNCHSE";
    const Scan scan = scanWords(text);
    std::string out;
    for (const Token &token : scan.tokens) {
        out += out.empty() ? "" : " ";
        out += kKinds.at(static_cast<std::size_t>(token.kind));
        out += token.capital ? "^" : "";
        out += ":" + token.text;
    }
    for (const std::string &quote : scan.quotes) {
        out += " <" + quote + ">";
    }
    return out;
}

} // namespace

class TestWordScan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tells_data();
    void tells();
    void survivesAnything();
};

void TestWordScan::tells_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("told");
    const auto row = [](const char *text, const char *told) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(told);
    };
    row("Hello World", "W^:hello W^:world");
    row("don't stop", "W:don't W:stop");
    row("don’t", "W:don't");
    row("two-factor login", "W:two W:factor W:login");
    row("ÉTÉ", "W^:été");
    row("Wait. What?", "W^:wait E:. W^:what E:.");
    row("1,000 or 2.5", "N:1000 W:or N:2.5");
    row("-5 and 3-5", "N:-5 W:and C:3-5");
    row("3 - 5", "N:3 S:- N:5");
    row("12km 3 pm", "N:12 W:km N:3 W:pm");
    row("60 km/h", "N:60 W:km/h");
    row("A-552 at 10:30", "C:A-552 W:at C:10:30");
    row("42P01", "C:42P01");
    row("my_name std::sort f() node.js", "C:my_name C:std::sort C:f() C:node.js");
    row("C++ and C#", "C:C++ W:and C:C#");
    row("GitHub", "W^:github");
    row("a + b = 5%", "W:a S:+ W:b S:= N:5 S:%");
    row("say \"hi there\" now", "W:say W:now <hi there>");
    row("say 'hi' to the dogs' home", "W:say W:to W:the W:dogs W:home <hi>");
    row("run `ls -l`", "W:run <ls -l>");
    row("an \"open end", "W:an W:open W:end");
    row("“画蛇添足”是什么", "H:是什么 <画蛇添足>");
    row("《围城》的作者", "H:的作者 <围城>");
    row("用Python写", "H:用 W^:python H:写");
    row("第３章。好", "H:第 N:3 H:章 E:. H:好");
    row("", "");
    row("...", "E:. E:. E:.");
}

void TestWordScan::tells()
{
    QFETCH(QString, text);
    QFETCH(QString, told);
    QCOMPARE(QString::fromStdString(::told(text.toStdString())), told);
}

/// Every two bytes and every cut of a text with everything in it.
void TestWordScan::survivesAnything()
{
    for (int first = 0; first < 256; ++first) {
        for (int second = 0; second < 256; ++second) {
            const std::string text = {static_cast<char>(first), static_cast<char>(second)};
            QCOMPARE_LE(scanWords(text).tokens.size(), std::size_t(2));
        }
    }
    const std::string all = "Is 'x' -1.5km `y`—“说” C++ a/b? 他don't「」3,5:::_(";
    for (std::size_t from = 0; from < all.size(); ++from) {
        for (std::size_t size = 0; size <= all.size() - from; ++size) {
            QCOMPARE_LE(scanWords(all.substr(from, size)).tokens.size(), size);
        }
    }
}

QTEST_APPLESS_MAIN(TestWordScan)
#include "tst_word_scan.moc"
