// SPDX-License-Identifier: Apache-2.0
#include "core/tokens/splitter.h"

#include <QTest>

#include <string>
#include <vector>

using namespace signalbox::tokens;

namespace {

std::string cut(std::string_view text, SplitStyle style)
{
    Splitter splitter(text, style);
    std::string pieces;
    for (auto piece = splitter.next(); !piece.empty(); piece = splitter.next()) {
        pieces.append(pieces.empty() ? "" : "|").append(piece);
    }
    return pieces;
}

} // namespace

/// *Goal*: texts are cut where the makers' expressions cut them. *Method*: a table of cases, one for
/// each alternative and each way back of the expressions; the whole is held to two reference
/// tokenizers in tst_tokenizers.
class TestSplitter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cutsAsTheExpressionsDo_data();
    void cutsAsTheExpressionsDo();
    void losesNoByte();
};

void TestSplitter::cutsAsTheExpressionsDo_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("o200k");
    QTest::addColumn<QByteArray>("cl100k");
    QTest::addColumn<QByteArray>("qwen");
    const auto row =
        [](const char *name, const char *text, const char *o, const char *c, const char *q) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(o) << QByteArray(c)
                                << QByteArray(q);
        };
    const auto same = [&row](const char *name, const char *text, const char *cut) {
        row(name, text, cut, cut, cut);
    };
    same("nothing", "", "");
    same("words", "one two, three", "one| two|,| three");
    same("a sign may lead a word", "(foo_bar", "(foo|_bar");
    row("contractions", "I'll don'T", "I'll| don'T", "I|'ll| don|'T", "I|'ll| don|'T");
    row("no contraction", "it'x rock'n", "it|'x| rock|'n", "it|'x| rock|'n", "it|'x| rock|'n");
    row("humps",
        "camelCaseHTMLPage",
        "camel|Case|HTMLPage",
        "camelCaseHTMLPage",
        "camelCaseHTMLPage");
    row("capitals", "HTTP", "HTTP", "HTTP", "HTTP");
    row("back to the last that may be small", "A\u4e2dBC", "A\u4e2d|BC", "A\u4e2dBC", "A\u4e2dBC");
    row("digits", "12345", "123|45", "123|45", "1|2|3|4|5");
    same("signs with their breaks", "x ;\n\ny", "x| ;\n\n|y");
    row("slashes after signs", "a:\n//b", "a|:\n//|b", "a|:\n|//|b", "a|:\n|//|b");
    same("the last blank leads", "a   b", "a|  | b");
    same("blanks up to a break", "a  \n  b", "a|  \n| | b");
    row("blanks at the end", "a \n  ", "a| \n|  ", "a| \n  ", "a| \n|  ");
    same("a blank before a digit", "a 1", "a| |1");
    row("a mark alone", "\u0301BC", "\u0301|BC", "\u0301BC", "\u0301BC");
    row("a mark in a word", "e\u0301t", "e\u0301t", "e|\u0301t", "e|\u0301t");
}

void TestSplitter::cutsAsTheExpressionsDo()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, o200k);
    QFETCH(QByteArray, cl100k);
    QFETCH(QByteArray, qwen);
    QCOMPARE(QByteArray::fromStdString(cut(text.toStdString(), SplitStyle::O200k)), o200k);
    QCOMPARE(QByteArray::fromStdString(cut(text.toStdString(), SplitStyle::Cl100k)), cl100k);
    QCOMPARE(QByteArray::fromStdString(cut(text.toStdString(), SplitStyle::Qwen)), qwen);
}

void TestSplitter::losesNoByte()
{
    // All bytes, most of them no UTF-8, in an order that changes.
    std::string text;
    for (unsigned i = 0; i < 5000; ++i) {
        text += static_cast<char>((i * i * 31U + i) >> 3U);
    }
    for (const SplitStyle style : {SplitStyle::O200k, SplitStyle::Cl100k, SplitStyle::Qwen}) {
        Splitter splitter(text, style);
        std::string together;
        for (auto piece = splitter.next(); !piece.empty(); piece = splitter.next()) {
            together += piece;
        }
        QVERIFY(together == text);
    }
}

QTEST_APPLESS_MAIN(TestSplitter)
#include "tst_splitter.moc"
