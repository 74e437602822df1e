// SPDX-License-Identifier: Apache-2.0
#include "tests/support/compare_log.h"
#include "tests/support/house.h"
#include "tests/unit/providers/golden.h"

#include "core/gateway/continuation.h"
#include "core/providers/adapter.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace signalbox;
using namespace signalbox::tests;
using namespace Qt::StringLiterals;

namespace {

/// Besides House: d/w and d/v, which take a prefill as c/z does.
House continuing(const char *targets = R"([{ target = "a/x" }, { target = "c/z" }])",
                 const std::string &route = {})
{
    return House{.targets = targets,
                 .route = "on_stream_break = \"continue\"\n" + route,
                 .more =
                     "[[provider]]\nid = \"d\"\nkind = \"anthropic\"\nkeys = [\"env:D1\"]\n"
                     "[[provider.model]]\nname = \"w\"\nprice = { input = 3.0, output = 15.0 }\n"
                     "[[provider.model]]\nname = \"claude-opus-4-6\"\n"};
}

const char *const kThree = R"([{ target = "a/x" }, { target = "c/z" }, { target = "d/w" }])";

QJsonObject bodyOf(const gateway::CallUpstream &call)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(call.call.body)).object();
}

/// What a call has of the answer already.
std::string begunIn(const gateway::CallUpstream &call)
{
    const QJsonObject last = bodyOf(call)[u"messages"].toArray().last().toObject();
    if (last[u"role"].toString() != u"assistant"_s) {
        return {};
    }
    const QJsonValue content = last[u"content"];
    return (content.isString() ? content : content.toArray().at(0)[u"text"])
        .toString()
        .toStdString();
}

/// Upstreams that know \p text, and say what of it is not said yet, in pieces of \p size.
VirtualGateway::Answering saying(const std::string &text, std::size_t size)
{
    return [text, size](const gateway::CallUpstream &call) {
        ScriptedAnswer answer;
        answer.id = "0123456789abcdef" + std::to_string(call.attempt);
        answer.pieces.clear();
        for (std::size_t at = begunIn(call).size(); at < text.size(); at += size) {
            answer.pieces.push_back(text.substr(at, size));
        }
        return answer;
    };
}

void prepare(VirtualGateway &world, const char *script)
{
    world.script(script);
    world.answerBy(saying("hello", 2));
}

QString notesOf(const RequestRecord &record)
{
    QStringList notes;
    for (const AttemptRecord &attempt : record.attempts) {
        for (const std::string &note : attempt.notes) {
            notes << QString::fromStdString(attempt.target.name() + ": " + note);
        }
    }
    return notes.join(u"; "_s);
}

std::vector<QJsonObject> eventsOf(const std::string &bytes)
{
    std::vector<QJsonObject> events;
    for (const QByteArray &line : QByteArray::fromStdString(bytes).split('\n')) {
        if (line.startsWith("data: {")) {
            events.push_back(QJsonDocument::fromJson(line.mid(6)).object());
        }
    }
    return events;
}

/// Empty if \p bytes are one whole chat stream: one id, one model, one role, one end, and \p text.
QString faultIn(const std::string &bytes, const std::string &text)
{
    int roles = 0;
    int finishes = 0;
    int seams = 0;
    QStringList ids;
    for (const QJsonObject &event : eventsOf(bytes)) {
        const QString id = event[u"id"].toString() + u' ' + event[u"model"].toString();
        if (!ids.contains(id)) {
            ids << id;
        }
        seams += event.contains(u"signalbox"_s) ? 1 : 0;
        const QJsonObject choice = event[u"choices"].toArray().at(0).toObject();
        roles += choice[u"delta"].toObject().contains(u"role"_s) ? 1 : 0;
        finishes += choice[u"finish_reason"].isString() ? 1 : 0;
    }
    const auto done = QByteArray::fromStdString(bytes).count("[DONE]");
    if (streamedText(bytes) != text || ids.size() != 1 || roles != 1 || finishes != 1 || seams > 1
        || done != 1 || !errorCode(bytes).empty()) {
        return QString::fromStdString(bytes);
    }
    return {};
}

Usage usageOf(const QJsonObject &usage)
{
    Usage read;
    read.promptTokens = usage[u"prompt_tokens"].toInteger();
    read.completionTokens = usage[u"completion_tokens"].toInteger();
    read.estimated = usage[u"estimated"].toBool();
    return read;
}

} // namespace

/// Goal: an answer whose stream broke goes on with another target's words, and the client sees one
/// answer; where that cannot be, it ends as with `fail`, and the record says why.
/// Method: the table in exchange_continue.cpp, row by row, on a virtual clock.
class TestContinue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void events_data();
    void events();
    void onlyPlainTextGoesOn_data();
    void onlyPlainTextGoesOn();
    void theRestIsAskedForInEachProvidersWay_data();
    void theRestIsAskedForInEachProvidersWay();
    void whoTakesAPrefill_data();
    void whoTakesAPrefill();
    void whiteSpaceIsNeitherLostNorDoubled_data();
    void whiteSpaceIsNeitherLostNorDoubled();
    void theSeamIsToldInEachDialect();
    void allAttemptsArePaidForAndSummed();
    void theLimitOfTheAnswerShrinks();
    void aCutAtEveryByteIsUnseen_data();
    void aCutAtEveryByteIsUnseen();
    void whatIsKeptIsBounded();
    void aClientThatReadsSlowlyIsNotFlooded();
    void waitingIsCommentedOn();
    void leavingEndsTheWait();
    void stoppingEndsTheWait();
    void lateEventsOfTheBrokenCallHaveNoConsequences();
};

void TestContinue::events_data()
{
    QTest::addColumn<QString>("targets");
    QTest::addColumn<QString>("route");
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("log");
    QTest::addColumn<QString>("notes");
    const auto row = [](const char *name,
                        const char *targets,
                        const char *route,
                        const char *script,
                        const char *log,
                        const char *notes) {
        QTest::newRow(name) << targets << route << script << QString::fromUtf8(log) << notes;
    };
    const char *const two = R"([{ target = "a/x" }, { target = "c/z" }])";
    row("another goes on",
        two,
        "",
        "a/x: cut after content",
        "t=0 a/x: call · t=0.3 a/x: cut after content · a/x: failures 1 · c/z: call · "
        "t=0.7 c/z: 200 · client: 200 stream \"hello\" target=a/x attempts=1",
        "c/z: goes on with an answer after 2 bytes");
    row("before content it begins anew",
        two,
        "",
        "a/x: cut before content",
        "t=0 a/x: call · t=0.2 a/x: cut before content · a/x: failures 1 · c/z: call · "
        "t=0.7 c/z: 200 · client: 200 stream \"hello\" target=c/z attempts=2",
        "");
    row("silence is a break",
        two,
        "",
        "a/x: stall after content",
        "t=0 a/x: call · t=30.2 a/x: cut off · a/x: failures 1 · c/z: call · "
        "t=30.6 c/z: 200 · client: 200 stream \"hello\" target=a/x attempts=1",
        "c/z: goes on with an answer after 2 bytes");
    row("a refused key in the stream is one",
        two,
        "",
        "a/x: key after content",
        "t=0 a/x: call · t=0.3 a/x: key after content · env:A1 disabled, auth_failed · c/z: call · "
        "t=0.7 c/z: 200 · client: 200 stream \"hello\" target=a/x attempts=1",
        "c/z: goes on with an answer after 2 bytes");
    row("no target takes a prefill",
        R"([{ target = "a/x" }, { target = "b/y" }, { target = "d/claude-opus-4-6" }])",
        "",
        "a/x: cut after content",
        "t=0 a/x: call · t=0.3 a/x: cut after content · a/x: failures 1 · "
        "client: 200 stream \"he\" upstream_stream_broken target=a/x attempts=1",
        "a/x: not continued: no target was left that could");
    row("one that takes none is passed over",
        R"([{ target = "a/x" }, { target = "b/y" }, { target = "c/z" }])",
        "",
        "a/x: cut after content",
        "t=0 a/x: call · t=0.3 a/x: cut after content · a/x: failures 1 · c/z: call · "
        "t=0.7 c/z: 200 · client: 200 stream \"hello\" target=a/x attempts=1",
        "c/z: goes on with an answer after 2 bytes");
    row("the rest fails",
        two,
        "",
        "a/x: cut after content; c/z: 503",
        "t=0 a/x: call · t=0.3 a/x: cut after content · a/x: failures 1 · c/z: call · t=0.4 c/z: "
        "503 · c/z: failures 1 · "
        "client: 200 stream \"he\" upstream_stream_broken target=a/x attempts=1",
        "a/x: not continued: no target was left that could; c/z: goes on with an answer after 2 "
        "bytes");
    row("the rest fails, the next goes on",
        kThree,
        "",
        "a/x: cut after content; c/z: 503",
        "t=0 a/x: call · t=0.3 a/x: cut after content · a/x: failures 1 · c/z: call · t=0.4 c/z: "
        "503 · c/z: failures 1 · d/w: call · t=0.8 d/w: 200 · "
        "client: 200 stream \"hello\" target=a/x attempts=1",
        "c/z: goes on with an answer after 2 bytes; d/w: goes on with an answer after 2 bytes");
    row("the rest is refused, the next goes on",
        kThree,
        "",
        "a/x: cut after content; c/z: 400",
        "t=0 a/x: call · t=0.3 a/x: cut after content · a/x: failures 1 · c/z: call · t=0.4 c/z: "
        "400 · d/w: call · t=0.8 d/w: 200 · "
        "client: 200 stream \"hello\" target=a/x attempts=1",
        "c/z: goes on with an answer after 2 bytes; d/w: goes on with an answer after 2 bytes");
    row("the rest breaks too",
        kThree,
        "",
        "a/x: cut after content; c/z: error after content",
        "t=0 a/x: call · t=0.3 a/x: cut after content · a/x: failures 1 · c/z: call · t=0.6 c/z: "
        "error after content · c/z: failures 1 · d/w: call · t=0.9 d/w: 200 · "
        "client: 200 stream \"hello\" target=a/x attempts=1",
        "c/z: goes on with an answer after 2 bytes; d/w: goes on with an answer after 4 bytes");
    row("attempts bound it",
        kThree,
        "retry = { attempts = 2 }",
        "a/x: cut after content; c/z: cut after content",
        "t=0 a/x: call · t=0.3 a/x: cut after content · a/x: failures 1 · c/z: call · t=0.6 c/z: "
        "cut after content · c/z: failures 1 · "
        "client: 200 stream \"hell\" upstream_stream_broken target=a/x attempts=1",
        "c/z: goes on with an answer after 2 bytes; c/z: not continued: no target was left that "
        "could");
    row("the deadline bounds it",
        two,
        "deadline_s = 2",
        "a/x: cut after content; c/z: hang",
        "t=0 a/x: call · t=0.3 a/x: cut after content · a/x: failures 1 · c/z: call · t=2 c/z: cut "
        "off · client: 200 stream \"he\" upstream_stream_broken target=a/x attempts=1",
        "a/x: not continued: no target was left that could; c/z: goes on with an answer after 2 "
        "bytes");
    row("the same target, where the route says so",
        R"([{ target = "c/z" }])",
        "retry = { same_target = 1, backoff_ms = 0 }",
        "c/z: cut after content",
        "t=0 c/z: call · t=0.3 c/z: cut after content · c/z: failures 1 · c/z: call · t=0.7 c/z: "
        "200 · c/z: failures 0 · client: 200 stream \"hello\" target=c/z attempts=1",
        "c/z: goes on with an answer after 2 bytes");
    row("a key that rests is waited for",
        R"([{ target = "c/z" }])",
        "",
        "c/z: throttled after content",
        "t=0 c/z: call · t=0.3 c/z: throttled after content · env:C1 cools until 60.3, "
        "rate_limited · client: 200 stream \"he\" upstream_stream_broken target=c/z attempts=1",
        "c/z: not continued: no target was left that could");
}

void TestContinue::events()
{
    QFETCH(QString, targets);
    QFETCH(QString, route);
    QFETCH(QString, script);
    QFETCH(QString, log);
    QFETCH(QString, notes);
    VirtualGateway world(continuing(targets.toStdString().c_str(), route.toStdString()).toml());
    prepare(world, script.toStdString().c_str());
    const auto id = world.ask({.stream = true});
    world.run();
    COMPARE_LOG(logOf(world), log);
    QCOMPARE(notesOf(world.record(id)), notes);
}

void TestContinue::onlyPlainTextGoesOn_data()
{
    QTest::addColumn<QString>("more");
    QTest::addColumn<QString>("why");
    const auto row = [](const char *name, const char *more, const char *why) {
        QTest::newRow(name) << more << why;
    };
    const char *const tool = R"("tools":[{"type":"function","function":{"name":"f"}}])";
    row("tools", tool, "it may call tools");
    row("JSON", R"("response_format":{"type":"json_object"})", "it is structured output");
    row("reasoning", R"("reasoning_effort":"low")", "it is to be reasoned about");
    row("Qwen's reasoning", R"("enable_thinking":true)", "it is to be reasoned about");
    row("several answers", R"("n":2)", "it has several answers");
    row("probabilities", R"("logprobs":true)", "probabilities are wanted with it");
}

void TestContinue::onlyPlainTextGoesOn()
{
    QFETCH(QString, more);
    QFETCH(QString, why);
    VirtualGateway world(continuing().toml());
    prepare(world, "a/x: cut after content");
    Ask ask{.stream = true};
    ask.body = R"({"model":"chat","stream":true,"messages":[{"role":"user","content":"say JSON"}],)"
               + more.toStdString() + "}";
    const auto id = world.ask(ask);
    world.run();
    QCOMPARE(world.calls().size(), 1U);
    QCOMPARE(errorCode(world.reply(id).bytes), std::string("upstream_stream_broken"));
    QCOMPARE(notesOf(world.record(id)), u"a/x: not continued: "_s + why);
}

namespace {

ChatRequest plainRequest()
{
    ChatRequest request;
    request.stream = true;
    request.fields = {{"model", R"("chat")"},
                      {"stream", "true"},
                      {"messages", R"([{"role":"user","content":"say hello"}])"}};
    ChatMessage message;
    message.parts.push_back({ChatMessage::PartKind::Text, "say hello"});
    request.messages.push_back(message);
    return request;
}

ChatChunk chunkOf(const std::string &text)
{
    ChatChunk chunk;
    chunk.choices.emplace_back();
    chunk.choices.back().content = text;
    return chunk;
}

gateway::Continuation brokenAfter(const ChatRequest &request, const std::string &text)
{
    gateway::Continuation continuation(request, true);
    continuation.add(chunkOf(text));
    AttemptRecord broken;
    broken.target = TargetId("a", "x");
    continuation.breakOff(broken);
    return continuation;
}

} // namespace

void TestContinue::theRestIsAskedForInEachProvidersWay_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("last");
    QTest::addColumn<QString>("beside");
    const auto row = [](ProviderKind kind,
                        const char *model,
                        const char *path,
                        const char *last,
                        const char *beside) {
        QTest::newRow(std::string(toString(kind)).c_str())
            << static_cast<int>(kind) << model << path << last << beside;
    };
    row(ProviderKind::Anthropic,
        "claude-haiku-4-5",
        "/messages",
        R"({"content":[{"text":"It is","type":"text"}],"role":"assistant"})",
        "");
    row(ProviderKind::Mistral,
        "mistral-small-latest",
        "/chat/completions",
        R"({"content":"It is","prefix":true,"role":"assistant"})",
        "");
    row(ProviderKind::Qwen,
        "qwen3-32b",
        "/chat/completions",
        R"({"content":"It is","partial":true,"role":"assistant"})",
        "enable_thinking false");
    row(ProviderKind::DeepSeek,
        "deepseek-chat",
        "/beta/chat/completions",
        R"({"content":"It is","prefix":true,"role":"assistant"})",
        R"(thinking {"type":"disabled"})");
}

void TestContinue::theRestIsAskedForInEachProvidersWay()
{
    QFETCH(int, kind);
    QFETCH(QString, model);
    QFETCH(QString, path);
    QFETCH(QString, last);
    QFETCH(QString, beside);
    const ChatRequest request = plainRequest();
    const auto rest = brokenAfter(request, "It is ").rest(request);
    const auto call = providers::adapterFor(static_cast<ProviderKind>(kind))
                          .encodeChat(rest, model.toStdString(), {});
    QVERIFY(call.ok());
    QCOMPARE(QString::fromStdString(call->path), path);
    const QJsonObject body =
        QJsonDocument::fromJson(QByteArray::fromStdString(call->body)).object();
    const QJsonArray messages = body[u"messages"].toArray();
    QCOMPARE(messages.size(), 2);
    QCOMPARE(QString::fromUtf8(
                 QJsonDocument(messages[1].toObject()).toJson(QJsonDocument::Compact)),
             last);
    QString said;
    if (body.contains(u"enable_thinking"_s)) {
        said = u"enable_thinking "_s + (body[u"enable_thinking"].toBool() ? u"true"_s : u"false"_s);
    } else if (body.contains(u"thinking"_s)) {
        said = u"thinking "_s
               + QString::fromUtf8(
                   QJsonDocument(body[u"thinking"].toObject()).toJson(QJsonDocument::Compact));
    }
    QCOMPARE(said, beside);
}

void TestContinue::whoTakesAPrefill_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("baseUrl");
    QTest::addColumn<bool>("takes");
    const auto row =
        [](ProviderKind kind, const char *model, bool takes, const char *baseUrl = "https://h/v1") {
            QTest::addRow("%s %s at %s", std::string(toString(kind)).c_str(), model, baseUrl)
                << static_cast<int>(kind) << model << baseUrl << takes;
        };
    using enum ProviderKind;
    row(Anthropic, "claude-haiku-4-5", true);
    row(Anthropic, "claude-opus-4-6", false);
    row(Mistral, "mistral-large-latest", true);
    row(Mistral, "magistral-medium-latest", false);
    row(Qwen, "qwen-plus", true);
    row(Qwen, "qwen3-max", true);
    row(Qwen, "qwen3-235b-a22b-thinking-2507", false);
    row(Qwen, "qwq-plus", false);
    row(Qwen, "qwen3-omni-flash", false);
    row(Qwen, "deepseek-r1", false);
    row(DeepSeek, "deepseek-chat", true, "https://api.deepseek.com");
    row(DeepSeek, "deepseek-chat", false, "https://api.deepseek.com/v1");
    row(DeepSeek, "deepseek-reasoner", false, "https://api.deepseek.com");
    row(OpenAi, "gpt-4.1", false);
    row(Gemini, "gemini-2.5-flash", false);
    row(OpenRouter, "anthropic/claude-haiku-4-5", false);
    row(OpenAiCompatible, "claude-haiku-4-5", false);
}

void TestContinue::whoTakesAPrefill()
{
    QFETCH(int, kind);
    QFETCH(QString, model);
    QFETCH(QString, baseUrl);
    QFETCH(bool, takes);
    QCOMPARE(providers::adapterFor(static_cast<ProviderKind>(kind))
                 .takesPrefill(model.toStdString(), baseUrl.toStdString()),
             takes);
}

void TestContinue::whiteSpaceIsNeitherLostNorDoubled_data()
{
    QTest::addColumn<QString>("sent");
    QTest::addColumn<QStringList>("rest");
    QTest::addColumn<QString>("added");
    QTest::newRow("none") << u"It is"_s << QStringList{u" so"_s} << u" so"_s;
    QTest::newRow("again") << u"It is "_s << QStringList{u" so"_s} << u"so"_s;
    QTest::newRow("not again") << u"It is "_s << QStringList{u"so"_s} << u"so"_s;
    QTest::newRow("in pieces") << u"is\n\n"_s << QStringList{u"\n"_s, u"\n"_s, u"\nso"_s}
                               << u"\nso"_s;
    QTest::newRow("other") << u"is\n"_s << QStringList{u" so"_s} << u" so"_s;
    QTest::newRow("later ones stay")
        << u"is "_s << QStringList{u" "_s, u"so "_s, u" on"_s} << u"so  on"_s;
}

void TestContinue::whiteSpaceIsNeitherLostNorDoubled()
{
    QFETCH(QString, sent);
    QFETCH(QStringList, rest);
    QFETCH(QString, added);
    auto continuation = brokenAfter(plainRequest(), sent.toStdString());
    std::string text;
    for (const QString &piece : rest) {
        ChatChunk chunk = chunkOf(piece.toStdString());
        continuation.join(chunk);
        continuation.add(chunk);
        text += *chunk.choices.front().content;
    }
    QCOMPARE(QString::fromStdString(text), added);
}

void TestContinue::theSeamIsToldInEachDialect()
{
    const auto bytesAt = [](const char *path, const std::string &body) {
        VirtualGateway world(continuing().toml());
        prepare(world, "a/x: cut after content");
        Ask ask{.stream = true};
        ask.path = path;
        ask.body = body;
        const auto id = world.ask(ask);
        world.run();
        return world.reply(id).bytes;
    };
    const std::string seam = R"("signalbox":{"seam":{"from":"a/x","to":"c/z","after_bytes":2}})";
    const std::string chat =
        bytesAt("/v1/chat/completions",
                R"({"model":"chat","stream":true,"messages":[{"role":"user","content":"hi"}]})");
    QCOMPARE(faultIn(chat, "hello"), QString());
    QVERIFY(chat.find(R"("delta":{},"logprobs":null,"finish_reason":null}],)" + seam)
            != std::string::npos);
    const std::string messages = bytesAt("/v1/messages",
                                         R"({"model":"chat","max_tokens":9,"stream":true,)"
                                         R"("messages":[{"role":"user","content":"hi"}]})");
    QVERIFY(messages.find("event: ping\ndata: {\"type\":\"ping\"," + seam + "}\n\n")
            != std::string::npos);
    QVERIFY(messages.ends_with("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"));
    QCOMPARE(QByteArray::fromStdString(messages).count("event: message_start"), 1);
    QCOMPARE(QByteArray::fromStdString(messages).count("event: content_block_start"), 1);
    const std::string responses = bytesAt("/v1/responses",
                                          R"({"model":"chat","stream":true,"input":"hi"})");
    QVERIFY(responses.find(": {" + seam + "}\n\n") != std::string::npos);
    QVERIFY(responses.find(R"("text":"hello")") != std::string::npos);
    QCOMPARE(QByteArray::fromStdString(responses).count("event: response.completed"), 1);
}

/// Both calls cost, and what the client is told was used is their sum; where a part is an estimate,
/// the sum is one.
void TestContinue::allAttemptsArePaidForAndSummed()
{
    VirtualGateway world(continuing().toml());
    prepare(world, "a/x: cut after content");
    const auto id = world.ask({.stream = true, .includeUsage = true});
    world.run();
    const RequestRecord &record = world.record(id);
    QCOMPARE(record.attempts.size(), 2U);
    const auto &[broken, rest] = std::tie(record.attempts[0], record.attempts[1]);
    QVERIFY(broken.usage && broken.usage->estimated && broken.usage->completionTokens > 0);
    QVERIFY(rest.usage && !rest.usage->estimated);
    QCOMPARE(record.usage.promptTokens, broken.usage->promptTokens + rest.usage->promptTokens);
    QCOMPARE(record.usage.completionTokens,
             broken.usage->completionTokens + rest.usage->completionTokens);
    QVERIFY(record.usage.estimated);
    QCOMPARE(record.cost.amount->nanos(), broken.cost.amount->nanos() + rest.cost.amount->nanos());
    QVERIFY(broken.cost.amount->nanos() > 0 && rest.cost.amount->nanos() > 0);
    QVERIFY(record.cost.estimated);
    QCOMPARE(record.target.name(), std::string("c/z"));
    QVERIFY(broken.contentSent && rest.contentSent && broken.counted);
    QCOMPARE(*record.firstToken, *broken.firstToken);
    QCOMPARE(record.status, 200);
    QVERIFY(record.outcome == OutcomeClass::Success);
    const Usage told = usageOf(eventsOf(world.reply(id).bytes).back()[u"usage"].toObject());
    QCOMPARE(told.promptTokens, record.usage.promptTokens);
    QCOMPARE(told.completionTokens, record.usage.completionTokens);
    QVERIFY(told.estimated);
    const std::string metrics = world.gateway().metrics(world.now());
    QVERIFY(metrics.find(R"(signalbox_stream_continuations_total{target="c/z"} 1)")
            != std::string::npos);
}

void TestContinue::theLimitOfTheAnswerShrinks()
{
    ChatRequest request = plainRequest();
    request.maxOutputTokens = 100;
    request.fields.push_back({"max_tokens", "100"});
    gateway::Continuation continuation(request, true);
    continuation.add(chunkOf("one"));
    AttemptRecord broken;
    broken.target = TargetId("a", "x");
    broken.usage.emplace().completionTokens = 40;
    continuation.breakOff(broken);
    QCOMPARE(continuation.rest(request).maxOutputTokens, std::optional<std::int64_t>(60));
    QCOMPARE(continuation.rest(request).field("max_tokens")->json, std::string("60"));
    continuation.add(chunkOf("two"));
    broken.usage.emplace().completionTokens = 80;
    continuation.breakOff(broken);
    QCOMPARE(continuation.rest(request).maxOutputTokens, std::optional<std::int64_t>(1));
}

void TestContinue::aCutAtEveryByteIsUnseen_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("kind");
    QTest::newRow("qwen") << u"qwen/stream_cjk.exchange.json"_s << u"qwen"_s;
    QTest::newRow("anthropic") << u"anthropic/stream_text.exchange.json"_s << u"anthropic"_s;
}

/// Goal: wherever a recorded stream is cut, the client's stream is one whole answer with its text.
/// Method: all prefixes of the recorded bytes, then a reset; the second target says what is missing.
void TestContinue::aCutAtEveryByteIsUnseen()
{
    QFETCH(QString, file);
    QFETCH(QString, kind);
    const test::Exchange recorded = test::loadGolden(file.toStdString()).front();
    const std::string text = test::contentOf(
        test::decodeWhole(test::kindOfGolden(file.toStdString()), recorded.body));
    QVERIFY(text.size() > 4);
    House house = continuing();
    house.kindOfA = kind.toStdString();
    const std::string toml = house.toml();
    int seams = 0;
    for (std::size_t cut = 0; cut <= recorded.body.size(); ++cut) {
        VirtualGateway world(toml);
        world.script("a/x: connect-hang");
        world.answerBy([&](const gateway::CallUpstream &call) {
            ScriptedAnswer answer;
            answer.id = "0123456789abcdef";
            const std::string begun = begunIn(call);
            QString rest = QString::fromStdString(text.substr(begun.size()));
            rest.replace(u'\n', u"\\n"_s).replace(u'"', u"\\\""_s);
            answer.pieces = {rest.toStdString()};
            return answer;
        });
        const auto id = world.ask({.stream = true});
        const auto attempt = world.calls().front().attempt;
        world.tell(attempt, gateway::UpstreamConnected{});
        world.tell(attempt, gateway::UpstreamHead{200, {{"content-type", "text/event-stream"}}});
        const std::string bytes = recorded.body.substr(0, cut);
        world.tell(attempt, gateway::UpstreamBytes{bytes});
        world.tell(attempt, gateway::UpstreamFailed{OutcomeClass::ConnectionReset, "reset"});
        world.run();
        const std::string &sent = world.reply(id).bytes;
        const QString fault = faultIn(sent, text);
        QVERIFY2(fault.isEmpty(), qPrintable(u"cut at %1:\n"_s.arg(cut) + fault));
        QVERIFY2(!logOf(world).contains(u"FAULT"_s), world.log().c_str());
        seams += sent.find("\"seam\"") != std::string::npos ? 1 : 0;
    }
    QVERIFY(seams > 100);
}

void TestContinue::whatIsKeptIsBounded()
{
    gateway::Continuation continuation(plainRequest(), true);
    const ChatChunk chunk = chunkOf(std::string(64 * 1024, 'x'));
    for (int i = 0; i < 4; ++i) {
        continuation.add(chunk);
        QVERIFY(continuation.obstacle().empty());
    }
    continuation.add(chunk);
    QCOMPARE(QString::fromUtf8(continuation.obstacle().data(),
                               static_cast<qsizetype>(continuation.obstacle().size())),
             u"it is longer than what is kept"_s);
    QCOMPARE(continuation.bytes(), 0U);
}

/// The idle timer of the call for the rest stands still too while the client does not read.
void TestContinue::aClientThatReadsSlowlyIsNotFlooded()
{
    VirtualGateway world(continuing().toml());
    prepare(world, "a/x: cut after content; c/z: stall after content");
    const auto id = world.ask({.stream = true});
    world.at(Millis(250), [&] { world.setSlow(id, true); });
    world.at(Seconds(100), [&] { world.setSlow(id, false); });
    world.run();
    COMPARE_LOG(logOf(world),
                QString::fromUtf8(
                    "t=0 a/x: call · t=0.25 client: stops reading · t=0.3 a/x: cut after content · "
                    "a/x: failures 1 · c/z: call · t=100 client: reads again · t=130 c/z: cut off "
                    "· c/z: failures 1 · client: 200 stream \"hell\" upstream_timeout target=a/x "
                    "attempts=1"));
}

void TestContinue::waitingIsCommentedOn()
{
    VirtualGateway world(continuing(kThree, "comment_s = 1").toml());
    prepare(world, "a/x: cut after content; c/z: hang");
    const auto id = world.ask({.stream = true});
    world.runUntil(Seconds(3));
    const std::string bytes = world.reply(id).bytes;
    QCOMPARE(QByteArray::fromStdString(bytes).count(": waiting\n\n"), 2);
    world.run();
    QCOMPARE(faultIn(world.reply(id).bytes, "hello"), QString());
}

void TestContinue::leavingEndsTheWait()
{
    VirtualGateway world(continuing().toml());
    prepare(world, "a/x: cut after content; c/z: hang");
    const auto id = world.ask({.stream = true});
    world.at(Seconds(1), [&] { world.leave(id); });
    world.run();
    QVERIFY(!logOf(world).contains(u"FAULT"_s));
    QVERIFY(world.record(id).outcome == OutcomeClass::ClientGone);
    QCOMPARE(world.record(id).target.name(), std::string("a/x"));
    QCOMPARE(world.record(id).attempts.size(), 2U);
}

void TestContinue::stoppingEndsTheWait()
{
    VirtualGateway world(continuing().toml());
    prepare(world, "a/x: cut after content; c/z: hang");
    const auto id = world.ask({.stream = true});
    world.at(Seconds(1), [&] { world.shutDown(); });
    world.run();
    QVERIFY(!logOf(world).contains(u"FAULT"_s));
    QVERIFY(!errorCode(world.reply(id).bytes).empty());
    QVERIFY(world.record(id).outcome == OutcomeClass::ShutDown);
}

void TestContinue::lateEventsOfTheBrokenCallHaveNoConsequences()
{
    VirtualGateway world(continuing().toml());
    world.deliverLateEvents();
    prepare(world, "a/x: stall after content");
    const auto id = world.ask({.stream = true});
    world.runUntil(Seconds(31));
    const auto broken = world.calls().front().attempt;
    world.tell(broken, gateway::UpstreamFailed{OutcomeClass::ConnectionReset, "reset"});
    world.run();
    QCOMPARE(faultIn(world.reply(id).bytes, "hello"), QString());
    QCOMPARE(world.record(id).attempts.size(), 2U);
}

QTEST_GUILESS_MAIN(TestContinue)
#include "tst_continue.moc"
