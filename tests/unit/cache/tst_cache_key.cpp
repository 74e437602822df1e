// SPDX-License-Identifier: Apache-2.0
#include "core/cache/cache_key.h"
#include "core/providers/dialect.h"

#include <QTest>

#include <set>
#include <string>

using namespace signalbox;
using namespace signalbox::cache;

namespace {

const providers::Dialect &dialectOf(bool messages)
{
    return messages ? providers::messagesDialect() : providers::chatDialect();
}

ChatRequest request(const QString &body, bool messages = false)
{
    auto read = dialectOf(messages).decode(body.toStdString(), http::Headers());
    if (!read) {
        qFatal("%s in %s", read.error().message.c_str(), qPrintable(body));
    }
    return std::move(read.value());
}

const Scope kScope = {"bot", "chat"};

CacheKey key(const ChatRequest &request, const Scope &scope = kScope)
{
    auto made = keyOf(request, scope, {});
    if (!made) {
        qFatal("not cached: %s", std::string(toString(made.error())).c_str());
    }
    return made.value();
}

const char *const kPlain =
    R"({"model":"chat","messages":[{"role":"system","content":"Be brief."},)"
    R"({"role":"user","content":"Café?"}],"temperature":0.2,"max_tokens":100})";

} // namespace

class TestCacheKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void digestsAreSha256();
    void spellingMakesNoDifference_data();
    void spellingMakesNoDifference();
    void whatIsAskedDoes_data();
    void whatIsAskedDoes();
    void dialectsShare();
    void whatOnlyOneDialectSaysCounts_data();
    void whatOnlyOneDialectSaysCounts();
    void scopesAreApart();
    void onlyTheQuestionIsNotInTheContext();
    void questionsThatAreNone_data();
    void questionsThatAreNone();
    void refusals_data();
    void refusals();
    void largeRequestsAreRefused();
    void reasonsHaveNames();
};

void TestCacheKey::digestsAreSha256()
{
    // FIPS 180-4's examples, of NIST's "SHA-256" test values.
    QCOMPARE(digestOf("").toHex(),
             std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    QCOMPARE(digestOf("abc").toHex(),
             std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
}

void TestCacheKey::spellingMakesNoDifference_data()
{
    QTest::addColumn<QString>("body");
    const auto row = [](const char *name, const char *body) {
        QTest::newRow(name) << QString::fromUtf8(body);
    };
    row("blanks",
        R"({ "model": "chat", "messages": [ {"role": "system", "content": "Be brief."},
             {"role":"user","content":"Café?"} ], "temperature": 0.2, "max_tokens": 100 })");
    row("order",
        R"({"max_tokens":100,"temperature":0.2,"messages":[{"content":"Be brief.","role":"system"},)"
        R"({"content":"Café?","role":"user"}],"model":"chat"})");
    row("escapes",
        R"({"model":"chat","messages":[{"role":"system","content":"Be\u0020brief."},)"
        R"({"role":"user","content":"Caf\u00e9?"}],"temperature":0.2,"max_tokens":100})");
    row("parts",
        R"({"model":"chat","messages":[{"role":"system","content":[{"type":"text","text":"Be brief."}]},)"
        R"({"role":"user","content":[{"text":"Café?","type":"text"}]}],"temperature":0.2,"max_tokens":100})");
    row("nulls",
        R"({"model":"chat","messages":[{"role":"system","content":"Be brief.","name":null},)"
        R"({"role":"user","content":"Café?"}],"temperature":0.2,"max_tokens":100,"seed":null,"tools":[]})");
    row("delivery",
        R"({"model":"chat","messages":[{"role":"system","content":"Be brief."},)"
        R"({"role":"user","content":"Café?"}],"temperature":0.2,"max_tokens":100,"stream":true,)"
        R"("stream_options":{"include_usage":true},"user":"u1","metadata":{"a":"b"},"store":false})");
    row("the route's name is in the scope, not here",
        R"({"model":"other","messages":[{"role":"system","content":"Be brief."},)"
        R"({"role":"user","content":"Café?"}],"temperature":0.2,"max_completion_tokens":100})");
}

void TestCacheKey::spellingMakesNoDifference()
{
    QFETCH(QString, body);
    QVERIFY(key(request(body)).exact == key(request(QString::fromUtf8(kPlain))).exact);
}

void TestCacheKey::whatIsAskedDoes_data()
{
    QTest::addColumn<QString>("members");
    QTest::addColumn<QString>("user");
    const auto row = [](const char *name, const char *members, const char *user = "Café?") {
        QTest::newRow(name) << QString::fromUtf8(members) << QString::fromUtf8(user);
    };
    const char *same = R"("temperature":0.2,"max_tokens":100)";
    row("the question", same, "Cafe?");
    row("its case", same, "CAFÉ?");
    row("temperature", R"("temperature":0.3,"max_tokens":100)");
    row("no temperature", R"("max_tokens":100)");
    row("max_tokens", R"("temperature":0.2,"max_tokens":10)");
    row("top_p", R"("temperature":0.2,"max_tokens":100,"top_p":0.5)");
    row("stop", R"("temperature":0.2,"max_tokens":100,"stop":"a")");
    row("stops", R"("temperature":0.2,"max_tokens":100,"stop":["a","b"])");
    row("one stop", R"("temperature":0.2,"max_tokens":100,"stop":["ab"])");
    row("n", R"("temperature":0.2,"max_tokens":100,"n":2)");
    row("seed", R"("temperature":0.2,"max_tokens":100,"seed":1)");
    row("effort", R"("temperature":0.2,"max_tokens":100,"reasoning_effort":"low")");
    row("format", R"("temperature":0.2,"max_tokens":100,"response_format":{"type":"json_object"})");
    row("schema",
        R"("temperature":0.2,"max_tokens":100,"response_format":{"type":"json_schema","json_schema":)"
        R"({"name":"x","schema":{"type":"object","properties":{"a":{},"b":{}}}}})");
    row("a schema in another order",
        R"("temperature":0.2,"max_tokens":100,"response_format":{"type":"json_schema","json_schema":)"
        R"({"name":"x","schema":{"type":"object","properties":{"b":{},"a":{}}}}})");
    row("a member that nobody knows", R"("temperature":0.2,"max_tokens":100,"top_k":5)");
    row("its value", R"("temperature":0.2,"max_tokens":100,"top_k":6)");
}

/// Each row differs from the plain request and from all other rows.
void TestCacheKey::whatIsAskedDoes()
{
    static std::set<Digest> seen = {key(request(QString::fromUtf8(kPlain))).exact};
    QFETCH(QString, members);
    QFETCH(QString, user);
    const QString body =
        QStringLiteral(R"({"model":"chat","messages":[{"role":"system","content":"Be brief."},)"
                       R"({"role":"user","content":"%1"}],%2})")
            .arg(user, members);
    QVERIFY(seen.insert(key(request(body)).exact).second);
}

void TestCacheKey::dialectsShare()
{
    const ChatRequest messages =
        request(QStringLiteral(
                    R"({"model":"chat","max_tokens":100,"temperature":0.2,"system":"Be brief.",)"
                    R"("messages":[{"role":"user","content":"Café?"}]})"),
                true);
    QVERIFY(key(messages).exact == key(request(QString::fromUtf8(kPlain))).exact);
}

void TestCacheKey::whatOnlyOneDialectSaysCounts_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<bool>("counts");
    QTest::newRow("top_k") << R"("top_k":5)" << true;
    QTest::newRow("thinking") << R"("thinking":{"type":"enabled","budget_tokens":2048})" << true;
    QTest::newRow("metadata") << R"("metadata":{"user_id":"u"})" << false;
    QTest::newRow("a hint for the provider's cache")
        << R"("system":[{"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral"}}])"
        << false;
}

void TestCacheKey::whatOnlyOneDialectSaysCounts()
{
    QFETCH(QString, member);
    QFETCH(bool, counts);
    const QString body = QStringLiteral(
        R"({"model":"chat","max_tokens":4000,%1,"messages":[{"role":"user","content":"Café?"}]})");
    const QString system = QStringLiteral(R"("system":"Be brief.")");
    const bool replaces = member.contains(QLatin1String("system"));
    const auto plain = key(request(body.arg(system), true));
    const auto other = key(
        request(body.arg(replaces ? member : system + QLatin1Char(',') + member), true));
    QCOMPARE(other.exact != plain.exact, counts);
    QCOMPARE(other.context != plain.context, counts);
}

void TestCacheKey::scopesAreApart()
{
    const ChatRequest asked = request(QString::fromUtf8(kPlain));
    const std::vector<Scope> scopes = {
        {"bot", "chat"},
        {"", "chat"},
        {"tob", "chat"},
        {"bot", "code"},
        {"botc", "hat"},
        {"bot", "chat", true},
        {"bot", "chat", false, {{"tier", "gold"}}},
        {"bot", "chat", false, {{"tier", "gol"}, {"d", ""}}},
    };
    std::set<Digest> exact;
    std::set<Digest> contexts;
    for (const Scope &scope : scopes) {
        const CacheKey made = key(asked, scope);
        exact.insert(made.exact);
        contexts.insert(made.context);
    }
    QCOMPARE(exact.size(), scopes.size());
    QCOMPARE(contexts.size(), scopes.size());
    // The order in which facts were gathered is nobody's.
    QVERIFY(key(asked, {"bot", "chat", false, {{"a", "1"}, {"b", "2"}}}).exact
            == key(asked, {"bot", "chat", false, {{"b", "2"}, {"a", "1"}}}).exact);
}

void TestCacheKey::onlyTheQuestionIsNotInTheContext()
{
    const QString body = QStringLiteral(
        R"({"model":"chat","messages":[{"role":"user","content":"%1"},{"role":"assistant","content":"%2"},)"
        R"({"role":"user","content":"%3"%4}]})");
    const auto made = [&](const char *first, const char *said, const char *last, const char *more) {
        return key(request(body.arg(QLatin1String(first),
                                    QLatin1String(said),
                                    QLatin1String(last),
                                    QLatin1String(more))));
    };
    const CacheKey plain = made("a", "b", "c", "");
    QVERIFY(plain.question.ok());
    QCOMPARE(plain.question.value(), std::string("c"));
    QVERIFY(made("a", "b", "d", "").context == plain.context);
    QVERIFY(made("a", "b", "d", "").exact != plain.exact);
    QVERIFY(made("x", "b", "c", "").context != plain.context);
    QVERIFY(made("a", "x", "c", "").context != plain.context);
    QVERIFY(made("a", "b", "c", R"(,"name":"Ann")").context != plain.context);
    // A question mark is a question as any other, not the mark that stands for one.
    QVERIFY(made("a", "b", "?", "").exact != plain.exact);
}

void TestCacheKey::questionsThatAreNone_data()
{
    QTest::addColumn<QString>("messages");
    QTest::addColumn<int>("reason");
    const auto row = [](const char *name, const QString &messages, NotCompared reason) {
        QTest::newRow(name) << messages << static_cast<int>(reason);
    };
    row("the assistant has begun",
        R"({"role":"user","content":"a"},{"role":"assistant","content":"b"})",
        NotCompared::NoQuestion);
    row("only a system message", R"({"role":"system","content":"a"})", NotCompared::NoQuestion);
    row("two texts",
        R"({"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]})",
        NotCompared::NotPlain);
    row("long",
        QStringLiteral(R"({"role":"user","content":"%1"})").arg(QString(2001, QLatin1Char('a'))),
        NotCompared::TooLong);
}

void TestCacheKey::questionsThatAreNone()
{
    QFETCH(QString, messages);
    QFETCH(int, reason);
    const CacheKey made = key(
        request(QStringLiteral(R"({"model":"chat","messages":[%1]})").arg(messages)));
    QVERIFY(!made.question.ok());
    QCOMPARE(static_cast<int>(made.question.error()), reason);
    QVERIFY(made.exact != made.context);
}

void TestCacheKey::refusals_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<int>("reason");
    const auto row = [](const char *name, const char *member, NotCached reason) {
        QTest::newRow(name) << QString::fromUtf8(member) << static_cast<int>(reason);
    };
    row("tools", R"("tools":[{"type":"function","function":{"name":"f"}}])", NotCached::Tools);
    row("functions", R"("functions":[{"name":"f"}])", NotCached::Tools);
    row("an earlier call",
        R"("messages":[{"role":"user","content":"a"},{"role":"assistant","tool_calls":[)"
        R"({"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},)"
        R"({"role":"tool","tool_call_id":"c","content":"1"}])",
        NotCached::Tools);
    row("a picture",
        R"("messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://a/b"}}]}])",
        NotCached::Media);
    row("sound",
        R"("messages":[{"role":"user","content":[{"type":"input_audio","input_audio":{}}]}])",
        NotCached::Media);
    row("speech", R"("audio":{"voice":"x"},"modalities":["text","audio"])", NotCached::Media);
    row("search", R"("web_search_options":{"search_context_size":"low"})", NotCached::LiveData);
    row("Qwen's search", R"("enable_search":true)", NotCached::LiveData);
    row("store", R"("store":true)", NotCached::Stored);
    row("temperature", R"("temperature":1.01)", NotCached::Temperature);
    row("a temperature beyond all numbers", R"("temperature":1e999)", NotCached::Temperature);
}

void TestCacheKey::refusals()
{
    QFETCH(QString, member);
    QFETCH(int, reason);
    const QString messages = member.contains(QLatin1String("\"messages\""))
                                 ? QString()
                                 : QStringLiteral(R"("messages":[{"role":"user","content":"a"}],)");
    const auto made = keyOf(request(
                                QStringLiteral(R"({"model":"chat",%1%2})").arg(messages, member)),
                            kScope,
                            {});
    QVERIFY(!made.ok());
    QCOMPARE(static_cast<int>(made.error()), reason);
}

void TestCacheKey::largeRequestsAreRefused()
{
    const auto made = [](int bytes) {
        return keyOf(request(
                         QStringLiteral(
                             R"({"model":"chat","messages":[{"role":"system","content":"%1"}]})")
                             .arg(QString(bytes, QLatin1Char('a')))),
                     kScope,
                     {});
    };
    QVERIFY(made(static_cast<int>(kKeyBytesMax) - 1000).ok());
    const auto large = made(static_cast<int>(kKeyBytesMax));
    QVERIFY(!large.ok());
    QCOMPARE(static_cast<int>(large.error()), static_cast<int>(NotCached::TooLarge));
    QVERIFY(!keyOf(ChatRequest(), kScope, {}).ok());
}

void TestCacheKey::reasonsHaveNames()
{
    std::set<std::string_view> names;
    for (int i = 0; i < kNotCachedCount; ++i) {
        const auto name = toString(static_cast<NotCached>(i));
        QVERIFY(!name.empty());
        QVERIFY(names.insert(name).second);
    }
    QCOMPARE(toString(NotCompared::NotPlain), std::string_view("not_plain"));
}

QTEST_APPLESS_MAIN(TestCacheKey)
#include "tst_cache_key.moc"
