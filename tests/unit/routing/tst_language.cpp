// SPDX-License-Identifier: Apache-2.0
#include "core/routing/language.h"
#include "core/routing/script.h"

#include <QTest>

using namespace signalbox::routing;

class TestLanguage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsTheLanguage_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("language");
        const auto row = [](const char *name, const char *text, const char *language) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(language);
        };
        row("English", "What is the difference between a latte and a flat white?", "en");
        row("a word", "hello", "en");
        row("German", "Ich hätte gern einen Kaffee und ein Stück Kuchen", "de");
        row("French", "Bonjour tout le monde, comment allez-vous ?", "fr");
        row("Spanish", "¿Dónde está la estación de tren más cercana?", "es");
        row("Russian", "Где находится ближайшая аптека?", "ru");
        row("Arabic", "أين تقع أقرب صيدلية من هنا؟", "ar");
        row("Hebrew", "שלום עולם מה שלומך היום", "he");
        row("Simplified Chinese", "这个周末你有什么安排吗？", "zh");
        row("Traditional Chinese", "這個週末你有什麼安排嗎？請告訴我", "zh");
        row("two characters", "你好", "zh");
        row("Japanese", "週末は何をする予定ですか", "ja");
        row("Korean", "주말에 무엇을 할 계획입니까", "ko");
        row("Chinese about code",
            "这段代码为什么会死循环？\n```java\nwhile (true) { doSomethingVeryLong(); }\n"
            "for (int index = 0; index < length; ++index) { continue; }\n```\n请帮我看看",
            "zh");
        row("Chinese with a link",
            "请看 https://example.com/the/difference/between/a/latte/and/a/flat/white 这个网页",
            "zh");
        row("English in markup",
            "<p class=\"very-long-name-of-a-class\">What is <b>the weather</b> like today?</p>",
            "en");
        row("emoji beside words", "😀😀 今天天气真好啊 😀", "zh");
        row("nothing", "", "und");
        row("spaces", "  \n ", "und");
        row("figures", "12 + 30 = 42", "und");
        row("emoji", "😀😀", "und");
        row("only code", "```\nint main() { return 0; }\n```", "und");
        row("ill-formed bytes", "\xFF\xFE\xE4", "und");
    }

    void tellsTheLanguage()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, language);
        QCOMPARE(QByteArray::fromStdString(languageOf(text.toStdString())), language);
    }

    void looksAtTheStartOnly()
    {
        std::string text = "What is the difference between a latte and a flat white? ";
        while (text.size() < kLanguageBytes) {
            text += text;
        }
        const std::string chinese = "这个周末你有什么安排吗？";
        for (int i = 0; i < 1000; ++i) {
            text += chinese;
        }
        QCOMPARE(languageOf(text), std::string("en"));
    }

    void neverCutsACharacter()
    {
        std::string text = "a";
        while (text.size() < 3 * kLanguageBytes) {
            text += "这个周末你有什么安排吗";
        }
        const std::string prose = proseOf(text, kLanguageBytes);
        QCOMPARE(text.substr(0, prose.size()), prose);
        QCOMPARE_LT(prose.size(), kLanguageBytes + 4);
        QCOMPARE(prose.size() % 3, std::size_t(1));
        QCOMPARE(languageOf(text), std::string("zh"));
    }

    void leavesOutMarkupCodeAndLinks()
    {
        QCOMPARE(proseOf("a <b>c</b>\n```\nd\n```\ne https://f.example g", 100),
                 std::string("a  c \n \ne   g"));
        QCOMPARE(proseOf("abc", 0), std::string());
    }
};

QTEST_APPLESS_MAIN(TestLanguage)
#include "tst_language.moc"
