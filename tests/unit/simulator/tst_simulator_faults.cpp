// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/simulator.h"
#include "tests/unit/simulator/http_client.h"

#include <QElapsedTimer>
#include <QTest>

#include <boost/asio/error.hpp>
#include <boost/beast/http/error.hpp>

using namespace signalbox;
using namespace signalbox::simulator;

/// *Goal*: each kind of fault looks from outside as it is described. *Method*: faults injected through
/// the control endpoint of a simulator without latency, seen over real sockets.
class TestSimulatorFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void statusSpeaksTheProvidersWords();
    void statusTakesABodyAndHeaders();
    void rateLimitHints_data();
    void rateLimitHints();
    void anthropicTellsItsResetAsATime();
    void quotaAndCreditAreTheProvidersOwn();
    void refuseResetsOnASharedPort();
    void refuseClosesAPortOfItsOwn();
    void resetBreaksAStreamAfterItsTokens();
    void resetBeforeTheHead();
    void cutEndsInTheMiddle();
    void framedCutLacksOnlyTheEnd();
    void stallStopsAndStays();
    void stallEndsWithItsWindow();
    void hangNeverAnswers();
    void garbageInsteadOfAndAfterTokens();
    void errorEventEndsAStream();
    void slowTakesLonger();
    void emptyAndHtml();
    void aPlainAnswerBreaksOffToo();
    void countLimitsTheHits();
    void onlyTheNamedModelAndKeyAreHit();
    void windowsComeAgain();
    void clearingEndsThem();
    void badFaultsAreRefused();

private:
    void inject(const std::string &fault);
    HttpAnswer chat(bool stream = true,
                    const std::string &model = "model-1",
                    const std::string &key = "k0");
    HttpAnswer message(bool stream = true);
    HttpRequest chatRequest(bool stream) const;
    Json provider(const std::string &id);

    std::unique_ptr<Simulator> m_simulator;
};

namespace {

ProviderSpec quick(const std::string &id, Format format)
{
    ProviderSpec spec;
    spec.id = id;
    spec.format = format;
    spec.models = {{"model-1", "", {}}, {"model-2", "", {}}};
    spec.latencyMs = {0, 0};
    spec.tokensPerSecond = 0;
    spec.outputTokens = {20, 0};
    spec.keys = {Secret("k0"), Secret("k1")};
    return spec;
}

std::size_t tokensIn(const HttpAnswer &answer)
{
    std::size_t count = 0;
    for (const Json &chunk : answer.chunks()) {
        const bool openAi =
            chunk.contains("choices") && !chunk["choices"].empty()
            && !textAt(chunk["choices"][0]["delta"], "content").value_or("").empty();
        count += openAi || textAt(chunk, "type") == "content_block_delta" ? 1U : 0U;
    }
    return count;
}

bool isReset(const HttpAnswer &answer)
{
    return answer.error == boost::asio::error::connection_reset;
}

} // namespace

void TestSimulatorFaults::init()
{
    Scenario scenario;
    scenario.providers = {quick("oa", Format::OpenAi),
                          quick("an", Format::Anthropic),
                          quick("own", Format::OpenAi)};
    scenario.providers[2].ownPort = true;
    m_simulator = std::make_unique<Simulator>(std::move(scenario));
    QVERIFY(m_simulator->start().ok());
}

void TestSimulatorFaults::cleanup()
{
    m_simulator.reset();
}

void TestSimulatorFaults::inject(const std::string &fault)
{
    HttpClient client(m_simulator->port());
    const HttpAnswer answer = client.exchange({"POST", "/_sim/faults", fault, {}});
    QVERIFY2(answer.status == 200, answer.body.c_str());
}

HttpRequest TestSimulatorFaults::chatRequest(bool stream) const
{
    return {"POST",
            "/oa/v1/chat/completions",
            std::string(R"({"model":"model-1","stream":)") + (stream ? "true" : "false")
                + R"(,"messages":[{"role":"user","content":"hello"}]})",
            {{"authorization", "Bearer k0"}}};
}

HttpAnswer TestSimulatorFaults::chat(bool stream, const std::string &model, const std::string &key)
{
    HttpRequest request = chatRequest(stream);
    request.body.replace(request.body.find("model-1"), 7, model);
    request.headers = {{"authorization", "Bearer " + key}};
    return HttpClient(m_simulator->port()).exchange(request);
}

HttpAnswer TestSimulatorFaults::message(bool stream)
{
    const std::string body = std::string(R"({"model":"model-1","max_tokens":100,"stream":)")
                             + (stream ? "true" : "false")
                             + R"(,"messages":[{"role":"user","content":"hello"}]})";
    return HttpClient(m_simulator->port())
        .exchange({"POST",
                   "/an/v1/messages",
                   body,
                   {{"x-api-key", "k0"}, {"anthropic-version", "2023-06-01"}}});
}

Json TestSimulatorFaults::provider(const std::string &id)
{
    const Json state = *parseJson(m_simulator->state());
    for (const Json &item : state["providers"]) {
        if (item["id"] == id)
            return item;
    }
    return nullptr;
}

void TestSimulatorFaults::statusSpeaksTheProvidersWords()
{
    for (const int status : {400, 401, 402, 403, 404, 413, 422, 429, 500, 502, 503, 529}) {
        inject(R"({"kind":"status","count":2,"status":)" + std::to_string(status) + "}");
        const HttpAnswer openAi = chat();
        QCOMPARE(openAi.status, status);
        QVERIFY(openAi.json()["error"].contains("code"));
        const HttpAnswer anthropic = message();
        QCOMPARE(anthropic.status, status);
        QCOMPARE(anthropic.json()["type"], Json("error"));
        QCOMPARE(anthropic.json()["error"]["type"] == "overloaded_error", status == 529);
    }
}

void TestSimulatorFaults::statusTakesABodyAndHeaders()
{
    inject(
        R"({"kind":"status","status":503,"body":"busy","headers":{"content-type":"text/plain","x-a":"1"}})");
    const HttpAnswer answer = chat();
    QCOMPARE(answer.body, std::string("busy"));
    QCOMPARE(answer.header("content-type"), std::string("text/plain"));
    QCOMPARE(answer.header("x-a"), std::string("1"));
}

void TestSimulatorFaults::rateLimitHints_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("words");

    QTest::newRow("none") << QByteArray(R"("hint":"none")") << QByteArray("retry-after")
                          << QByteArray("") << QByteArray("Rate limit");
    QTest::newRow("seconds") << QByteArray(R"("hint":"retry_after_s","hint_value":1.5)")
                             << QByteArray("retry-after") << QByteArray("1.5") << QByteArray("");
    QTest::newRow("verbatim") << QByteArray(R"("hint":"retry_after_s","hint_value":"soon")")
                              << QByteArray("retry-after") << QByteArray("soon") << QByteArray("");
    QTest::newRow("millis") << QByteArray(R"("hint":"retry_after_ms","hint_value":250)")
                            << QByteArray("retry-after-ms") << QByteArray("250") << QByteArray("");
    QTest::newRow("reset") << QByteArray(R"("hint":"x_ratelimit_reset","hint_value":360)")
                           << QByteArray("x-ratelimit-reset-requests") << QByteArray("6m0s")
                           << QByteArray("");
    QTest::newRow("text") << QByteArray(R"("hint":"text","hint_value":18.642)")
                          << QByteArray("retry-after") << QByteArray("")
                          << QByteArray("Please try again in 18.642s.");
}

void TestSimulatorFaults::rateLimitHints()
{
    QFETCH(QByteArray, fault);
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, words);
    inject(R"({"kind":"rate_limit",)" + fault.toStdString() + "}");
    const HttpAnswer answer = chat();
    QCOMPARE(answer.status, 429);
    QCOMPARE(answer.header(header.toStdString()), value.toStdString());
    QCOMPARE(answer.json()["error"]["code"], Json("rate_limit_exceeded"));
    QVERIFY(answer.json()["error"]["message"].get<std::string>().find(words.toStdString())
            != std::string::npos);
}

void TestSimulatorFaults::anthropicTellsItsResetAsATime()
{
    inject(R"({"kind":"rate_limit","hint":"x_ratelimit_reset","hint_value":30,"count":1})");
    const HttpAnswer reset = message();
    QVERIFY(reset.header("anthropic-ratelimit-requests-reset").find('Z') == 19);
    QCOMPARE(reset.json()["error"]["type"], Json("rate_limit_error"));
    inject(R"({"kind":"rate_limit","hint":"retry_after_date","hint_value":30})");
    QVERIFY(message().header("retry-after").find(" GMT") != std::string::npos);
}

void TestSimulatorFaults::quotaAndCreditAreTheProvidersOwn()
{
    inject(R"({"kind":"quota","provider":"oa"})");
    inject(R"({"kind":"credit","provider":"an"})");
    const HttpAnswer quota = chat();
    QCOMPARE(quota.status, 429);
    QCOMPARE(quota.json()["error"]["code"], Json("insufficient_quota"));
    const HttpAnswer credit = message();
    QCOMPARE(credit.status, 400);
    QVERIFY(credit.body.find("credit balance is too low") != std::string::npos);
}

void TestSimulatorFaults::refuseResetsOnASharedPort()
{
    inject(R"({"kind":"refuse","provider":"oa"})");
    const HttpAnswer answer = chat();
    QVERIFY(isReset(answer));
    QCOMPARE(answer.status, 0);
    QCOMPARE(message().status, 200);
}

void TestSimulatorFaults::refuseClosesAPortOfItsOwn()
{
    const int port = *m_simulator->ownPort("own");
    QCOMPARE(provider("own")["port"], Json(port));
    HttpRequest request = chatRequest(false);
    request.target = "/v1/chat/completions";
    QCOMPARE(HttpClient(port).exchange(request).status, 200);
    inject(R"({"kind":"refuse","provider":"own"})");
    QCOMPARE(HttpClient(port).connectError(),
             boost::system::error_code(boost::asio::error::connection_refused));
    m_simulator->clearFaults("own");
    QCOMPARE(HttpClient(port).exchange(request).status, 200);
    inject(R"({"kind":"refuse","provider":"own","for_s":0.1})");
    QVERIFY(HttpClient(port).connectError().failed());
    QTRY_VERIFY(!HttpClient(port).connectError().failed());
}

void TestSimulatorFaults::resetBreaksAStreamAfterItsTokens()
{
    inject(R"({"kind":"reset","after_tokens":5})");
    const HttpAnswer answer = chat();
    QVERIFY(isReset(answer));
    QCOMPARE(answer.status, 200);
    QCOMPARE(tokensIn(answer), std::size_t{5});
    QTRY_COMPARE(provider("oa")["broken"], Json(1));
    m_simulator->clearFaults();
    inject(R"({"kind":"reset"})");
    const HttpAnswer anthropic = message();
    QVERIFY(isReset(anthropic));
    QCOMPARE(anthropic.status, 200);
    QCOMPARE(tokensIn(anthropic), std::size_t{0});
}

void TestSimulatorFaults::resetBeforeTheHead()
{
    inject(R"({"kind":"reset_before_head"})");
    const HttpAnswer answer = chat();
    QVERIFY(isReset(answer));
    QCOMPARE(answer.status, 0);
}

void TestSimulatorFaults::cutEndsInTheMiddle()
{
    inject(R"({"kind":"cut","after_tokens":3})");
    const HttpAnswer answer = chat();
    QCOMPARE(answer.error, boost::system::error_code(boost::beast::http::error::partial_message));
    QCOMPARE(tokensIn(answer), std::size_t{3});
}

void TestSimulatorFaults::framedCutLacksOnlyTheEnd()
{
    inject(R"({"kind":"cut","after_tokens":3,"framed":true})");
    const HttpAnswer answer = chat();
    QVERIFY(!answer.error);
    QCOMPARE(tokensIn(answer), std::size_t{3});
    QVERIFY(answer.body.find("[DONE]") == std::string::npos);
}

void TestSimulatorFaults::stallStopsAndStays()
{
    inject(R"({"kind":"stall","after_tokens":2})");
    HttpClient client(m_simulator->port());
    client.send(chatRequest(true));
    client.readUntil("HTTP/1.1 200");
    QTRY_COMPARE(provider("oa")["in_flight"], Json(1));
    client.close();
    QTRY_COMPARE(provider("oa")["aborted"], Json(1));
}

void TestSimulatorFaults::stallEndsWithItsWindow()
{
    inject(R"({"kind":"stall","after_tokens":2,"for_s":0.15})");
    QElapsedTimer timer;
    timer.start();
    const HttpAnswer answer = chat();
    QVERIFY(timer.elapsed() >= 100);
    QCOMPARE(answer.error, boost::system::error_code(boost::beast::http::error::partial_message));
    QCOMPARE(tokensIn(answer), std::size_t{2});
}

void TestSimulatorFaults::hangNeverAnswers()
{
    inject(R"({"kind":"hang"})");
    HttpClient client(m_simulator->port());
    client.send(chatRequest(true));
    QTRY_COMPARE(provider("oa")["in_flight"], Json(1));
    QCOMPARE(provider("oa")["by_status"], Json::object());
    client.close();
    QTRY_COMPARE(provider("oa")["aborted"], Json(1));
}

void TestSimulatorFaults::garbageInsteadOfAndAfterTokens()
{
    inject(R"({"kind":"garbage","count":2})");
    const HttpAnswer instead = chat();
    QCOMPARE(instead.status, 200);
    QVERIFY(instead.chunks().empty());
    QVERIFY(chat(false).json().is_null());
    inject(R"({"kind":"garbage","after_tokens":4})");
    const HttpAnswer after = chat();
    QCOMPARE(tokensIn(after), std::size_t{4});
    QVERIFY(after.body.find("no answer") != std::string::npos);
    QVERIFY(after.body.find("[DONE]") == std::string::npos);
    QVERIFY(chat(false).json().is_null());
}

void TestSimulatorFaults::errorEventEndsAStream()
{
    inject(R"({"kind":"error_event","after_tokens":6})");
    const HttpAnswer openAi = chat();
    QVERIFY(!openAi.error);
    QCOMPARE(tokensIn(openAi), std::size_t{6});
    QCOMPARE(openAi.chunks().back()["error"]["type"], Json("server_error"));
    QVERIFY(openAi.body.find("[DONE]") == std::string::npos);
    const HttpAnswer anthropic = message();
    QCOMPARE(anthropic.chunks().back()["error"]["type"], Json("overloaded_error"));
    QVERIFY(anthropic.body.find("event: error\n") != std::string::npos);
    QCOMPARE(chat(false).status, 200);
    QVERIFY(chat(false).json().contains("error"));
}

void TestSimulatorFaults::slowTakesLonger()
{
    Scenario scenario;
    scenario.providers = {quick("oa", Format::OpenAi)};
    scenario.providers[0].latencyMs = {5, 0};
    scenario.providers[0].tokensPerSecond = 2000;
    Simulator simulator(std::move(scenario));
    QVERIFY(simulator.start().ok());
    Fault slow;
    slow.kind = FaultKind::Slow;
    slow.factor = 20;
    simulator.addFault(slow);
    QElapsedTimer timer;
    timer.start();
    const HttpAnswer answer = HttpClient(simulator.port()).exchange(chatRequest(true));
    QCOMPARE(answer.status, 200);
    QVERIFY(timer.elapsed() >= 100 + 20 * 10 - 15);
}

void TestSimulatorFaults::emptyAndHtml()
{
    inject(R"({"kind":"empty","count":1})");
    const HttpAnswer empty = chat();
    QCOMPARE(empty.status, 200);
    QVERIFY(empty.body.empty());
    inject(R"({"kind":"empty","count":1,"body":"{\"choices\":[]}"})");
    QVERIFY(chat(false).json()["choices"].empty());
    inject(R"({"kind":"html"})");
    const HttpAnswer html = chat();
    QCOMPARE(html.status, 502);
    QCOMPARE(html.header("content-type"), std::string("text/html"));
    QVERIFY(html.body.find("<html>") == 0);
}

void TestSimulatorFaults::aPlainAnswerBreaksOffToo()
{
    inject(R"({"kind":"cut","after_tokens":10,"count":1})");
    const HttpAnswer cut = chat(false);
    QCOMPARE(cut.error, boost::system::error_code(boost::beast::http::error::partial_message));
    QVERIFY(!cut.body.empty() && cut.json().is_null());
    inject(R"({"kind":"reset","count":1})");
    const HttpAnswer reset = chat(false);
    QVERIFY(isReset(reset));
    QCOMPARE(reset.status, 200);
    QVERIFY(reset.body.empty());
}

void TestSimulatorFaults::countLimitsTheHits()
{
    inject(R"({"kind":"status","status":500,"count":2})");
    QCOMPARE(chat().status, 500);
    QCOMPARE(chat().status, 500);
    QCOMPARE(chat().status, 200);
    const Json fault = (*parseJson(m_simulator->state()))["faults"][0];
    QCOMPARE(fault["hits"], Json(2));
    QCOMPARE(fault["active"], Json(false));
}

void TestSimulatorFaults::onlyTheNamedModelAndKeyAreHit()
{
    inject(R"({"kind":"status","status":500,"provider":"oa","model":"model-2"})");
    inject(R"({"kind":"status","status":403,"provider":"oa","key_slot":1})");
    QCOMPARE(chat(true, "model-1").status, 200);
    QCOMPARE(chat(true, "model-2").status, 500);
    QCOMPARE(chat(true, "model-1", "k1").status, 403);
    QCOMPARE(message().status, 200);
}

void TestSimulatorFaults::windowsComeAgain()
{
    inject(R"({"kind":"status","status":503,"for_s":0.15,"every_s":0.3})");
    for (int round = 0; round < 2; ++round) {
        QTRY_COMPARE(chat().status, 503);
        QTRY_COMPARE(chat().status, 200);
    }
}

void TestSimulatorFaults::clearingEndsThem()
{
    inject(R"({"kind":"hang","provider":"oa"})");
    inject(R"({"kind":"status","provider":"an"})");
    HttpClient client(m_simulator->port());
    QCOMPARE(client.exchange({"DELETE", "/_sim/faults?provider=oa", {}, {}}).json()["cleared"],
             Json(1));
    QCOMPARE(chat().status, 200);
    QCOMPARE(message().status, 503);
    QCOMPARE(client.exchange({"DELETE", "/_sim/faults", {}, {}}).json()["cleared"], Json(1));
    QCOMPARE(message().status, 200);
}

void TestSimulatorFaults::badFaultsAreRefused()
{
    HttpClient client(m_simulator->port());
    QCOMPARE(client.exchange({"POST", "/_sim/faults", "{", {}}).status, 400);
    QCOMPARE(client.exchange({"POST", "/_sim/faults", R"({"kind":"stal"})", {}}).status, 400);
    QCOMPARE(client.exchange({"POST", "/_sim/faults", R"({"kind":"stall","provider":"x"})", {}})
                 .status,
             404);
    QCOMPARE(client.exchange({"GET", "/_sim/nothing", {}, {}}).status, 404);
}

QTEST_GUILESS_MAIN(TestSimulatorFaults)
#include "tst_simulator_faults.moc"
