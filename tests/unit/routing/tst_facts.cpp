// SPDX-License-Identifier: Apache-2.0
#include "core/routing/facts.h"
#include "core/routing/script.h"

#include <QElapsedTimer>
#include <QTest>

#include <utility>

using namespace signalbox;
using namespace signalbox::routing;

namespace {

ChatMessage::Part textPart(const char *text)
{
    return {ChatMessage::PartKind::Text, text};
}

ChatMessage::Part imagePart()
{
    return {ChatMessage::PartKind::Image, R"({"url":"https://example.com/a.png"})"};
}

ChatMessage message(Role role, std::vector<ChatMessage::Part> parts)
{
    ChatMessage result;
    result.role = role;
    result.parts = std::move(parts);
    return result;
}

FactContext stating(const char *task)
{
    FactContext context;
    context.metadata["task"] = task;
    return context;
}

} // namespace

class TestFacts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsCjkOverLettersAndIdeographs_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<double>("share");
        const auto row = [](const char *name, const char *text, double share) {
            QTest::newRow(name) << QByteArray(text) << share;
        };
        row("nothing", "", 0);
        row("no letters", "12 + 30 = 42 !?", 0);
        row("English", "hello world", 0);
        row("Chinese", "你好，世界。", 1);
        row("Japanese", "カタカナとひらがな", 1);
        row("Korean", "안녕하세요", 1);
        row("half", "abcd 你好世界", 0.5);
        row("digits do not count", "1234567890 你好", 1);
        row("emoji do not count", "\xF0\x9F\x98\x80 你好", 1);
        row("accents are letters", "éàüß 你好世界", 0.5);
        row("Cyrillic", "Привет", 0);
        row("Arabic", "سلام 你好世界", 0.5);
        row("signs are no letters", "×÷ 你", 1);
        row("a tag", "<div class=\"wide\">你好</div>", 1);
        row("a comment", "<!-- note -->你好", 1);
        row("no tag but a comparison", "a < b 你好", 0.5);
        row("an open bracket", "<ab 你好", 0.5);
        row("two brackets", "<ab <ab> 你好", 0.5);
        row("a bracket at the end", "你好<", 1);
        row("code", "你好\n```python\nprint(1)\n```\n世界", 1);
        row("code that ends the text", "你好\n```\nabc\n```", 1);
        row("code that never closes", "你好\n~~~\nabc", 1);
        row("code in a longer fence", "````\na\n```\nb\n````\n你 a", 0.5);
        row("indented code fence", "   ```\nabc\n   ```\n你", 1);
        row("inline ticks are text", "`ab` 你好", 0.5);
        row("a URL", "https://example.com/a?b=c 你好", 1);
        row("a URL without a space after", "见https://example.com/abc，谢谢", 1);
        row("www", "www.example.com 你", 1);
        row("www inside a word", "awww.ab 你好", 0.25);
        row("ill-formed bytes", "\xFF\xFE\xE4\xBD 你", 1);
    }

    void countsCjkOverLettersAndIdeographs()
    {
        QFETCH(QByteArray, text);
        QFETCH(double, share);
        QCOMPARE(cjkShare(text.toStdString()), share);
    }

    /// Long stretches of ASCII are counted in blocks: what is in them must be seen wherever it stands.
    void countsTheSameAtEveryPlace()
    {
        constexpr std::size_t letters = 200;
        for (const char *more : {"", " https://example.com/", "\n```\ncode\n```"}) {
            for (std::size_t at = 0; at <= letters; ++at) {
                const std::string text = std::string(at, 'z') + "<b>中"
                                         + std::string(letters - at, 'A') + "@[`{ 0" + more;
                QCOMPARE(cjkShare(text), 1.0 / (letters + 1));
            }
        }
    }

    void isCheapOnHostileText()
    {
        for (const char *piece : {"<a", "```\n", "http://", "~~~x\n", "<"}) {
            std::string text;
            while (text.size() < 2'000'000) {
                text += piece;
            }
            QElapsedTimer timer;
            timer.start();
            QCOMPARE(cjkShare(text), 0.0);
            QCOMPARE_LT(timer.elapsed(), 2000);
        }
    }

    void takesFactsFromTheRequest()
    {
        ChatRequest request;
        request.stream = true;
        request.wantsJson = true;
        request.maxOutputTokens = 300;
        request.needs = {Feature::Tools, Feature::Images, Feature::Reasoning};
        request.messages = {
            message(Role::System, {textPart("abcd")}),
            message(Role::User, {textPart("你好"), imagePart()}),
            message(Role::Assistant, {textPart("世界")}),
            message(Role::Tool, {}),
        };
        const FactContext context{.client = "bot",
                                  .hour = 23,
                                  .headers = {{"x-team", "a"}},
                                  .metadata = {{"tier", "gold"}},
                                  .promptTokens = 17};
        const RequestFacts facts = factsOf(request, context);
        const RequestFacts expected{.cjkShare = 0.5,
                                    .language = {},
                                    .task = Task::Chat,
                                    .promptTokens = 17,
                                    .maxOutputTokens = 300,
                                    .hasTools = true,
                                    .hasImages = true,
                                    .wantsJson = true,
                                    .wantsReasoning = true,
                                    .stream = true,
                                    .turns = 2,
                                    .client = "bot",
                                    .hour = 23,
                                    .headers = {{"x-team", "a"}},
                                    .metadata = {{"tier", "gold"}}};
        QCOMPARE(facts, expected);
    }

    void tellsTheLanguageOnlyWhenAsked()
    {
        ChatRequest request;
        request.messages = {message(Role::System, {textPart("Answer in three sentences.")}),
                            message(Role::User, {textPart("What a beautiful day it is today!")}),
                            message(Role::User, {textPart("今天天气真好"), textPart("谢谢你")}),
                            message(Role::Assistant, {textPart("Bonjour tout le monde")})};
        QCOMPARE(factsOf(request, {}).language, std::string());
        FactContext asked;
        asked.tellsLanguage = true;
        QCOMPARE(factsOf(request, asked).language, std::string("zh"));
        request.messages[2].parts = {imagePart()};
        QCOMPARE(factsOf(request, asked).language, std::string("en")); // of the system prompt
        QCOMPARE(factsOf({}, asked).language, std::string("und"));
    }

    void takesTheTaskFromTheClientFirst()
    {
        ChatRequest request;
        request.messages = {message(Role::User, {textPart("请把这句话翻译成英文：早上好")})};
        QVERIFY(factsOf(request, {}).task == Task::Translation);
        QVERIFY(factsOf(request, stating("summary")).task == Task::Summary);
        QVERIFY(factsOf(request, stating("my-task")).task == Task::Translation);
    }

    void seesNoTaskInWhatIsOnlyEmbedded()
    {
        ChatRequest request;
        request.needs = {Feature::Embeddings};
        request.messages = {message(Role::User, {textPart("Translate: hello")})};
        QVERIFY(factsOf(request, {}).task == Task::Other);
        QVERIFY(factsOf(request, stating("code")).task == Task::Code);
    }

    void knowsWhichFactsRulesAskFor()
    {
        RouteSettings route;
        QVERIFY(!isAskedFor(Fact::Language, route));
        route.rules.resize(2);
        route.rules[0].when = {{Fact::Hour, {}, Range{1, 2}}};
        QVERIFY(!isAskedFor(Fact::Language, route));
        route.rules[1].when = {{Fact::Task, {}, Literal("code")},
                               {Fact::Language, {}, Literal("zh")}};
        QVERIFY(isAskedFor(Fact::Language, route));
        QVERIFY(isAskedFor(Fact::Hour, route));
    }

    void knowsWhichHeadersRulesAskFor()
    {
        RouteSettings route;
        route.rules.resize(2);
        route.rules[0].when = {{Fact::Header, "x-team", Literal(true)},
                               {Fact::Hour, {}, Range{1, 2}}};
        route.rules[1].when = {{Fact::Metadata, "tier", Literal(true)}};
        QCOMPARE(headersAskedFor(route), std::set<std::string>{"x-team"});
    }
};

QTEST_APPLESS_MAIN(TestFacts)
#include "tst_facts.moc"
