// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/providers/golden.h"
#include "tests/unit/providers/told.h"

#include "core/providers/adapter.h"
#include "core/providers/client_api.h"
#include "core/providers/gemini_details.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace signalbox;
using namespace signalbox::test;

class TestGeminiDecode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatAStreamSays_data();
    void tellsWhatAStreamSays();
    void tellsWhatADocumentSays_data();
    void tellsWhatADocumentSays();
    void mapsFinishReasons_data();
    void mapsFinishReasons();
    void readsTheRecordings_data();
    void readsTheRecordings();
    void addsUpTheUsageOfEveryRecording();
    void makesIdsThatNoOtherAnswerHas();
    void boundsTheSignaturesItKeeps();
    void readsRecordedEmbeddings();
    void writesEmbeddingsInBase64();
    void tellsHowEmbeddingsFailed_data();
    void tellsHowEmbeddingsFailed();
    void encodesEmbeddings();
};

namespace {

constexpr ProviderKind kGemini = ProviderKind::Gemini;

/// An event with one candidate; \p more are members beside `candidates`, each with its comma.
QByteArray chunk(const QByteArray &parts,
                 const QByteArray &ending = "",
                 const QByteArray &more = "")
{
    return "data: {\"candidates\": [{\"content\": {\"parts\": [" + parts
           + "],\"role\": \"model\"},\"index\": 0" + ending + "}]" + more
           + ",\"responseId\": \"r-1\"}\r\n\r\n";
}

QByteArray text(const char *words)
{
    return "{\"text\": \"" + QByteArray(words) + "\"}";
}

const QByteArray kStop = ",\"finishReason\": \"STOP\"";
const QByteArray kUsage =
    R"(,"usageMetadata":{"promptTokenCount":8,"candidatesTokenCount":7,"totalTokenCount":35,"thoughtsTokenCount":20,"cachedContentTokenCount":3})";
const QByteArray kCall = R"({"functionCall": {"name": "f","args": {"a": 1.50}}})";

QByteArray detailsOf(const char *entry)
{
    return "details[" + QByteArray(entry) + R"("format":"google-gemini-v1","index":0}] )";
}

std::vector<ChatEvent> decodedEmbeddings(std::string_view body, providers::EmbeddingsTerms terms)
{
    const auto decoder = providers::adapterFor(kGemini).embeddingsDecoder(std::move(terms));
    std::vector<ChatEvent> events;
    for (const char &byte : body) {
        decoder->feed(std::string_view(&byte, 1), events);
    }
    decoder->finish(events);
    return events;
}

QJsonObject embeddingsAnswer(const std::vector<ChatEvent> &events)
{
    const auto &chunk = std::get<ChatChunk>(events.front());
    return QJsonDocument::fromJson(QByteArray::fromStdString(chunk.wholeJson)).object();
}

} // namespace

void TestGeminiDecode::tellsWhatAStreamSays_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArray>("events");
    const auto row = [](const char *name, const QByteArray &stream, const QByteArray &events) {
        QTest::newRow(name) << stream << events;
    };
    row("text",
        chunk(text("Hel"), "", kUsage) + chunk(text("lo"), kStop, kUsage),
        "content[Hel] content[lo] finish[stop] 8 3 0 27 20");
    row("parts in one event",
        chunk(text("a") + "," + text("b"), kStop),
        "content[ab] finish[stop]");
    row("thoughts",
        chunk(R"({"text":"hm","thought":true},)" + text("Hi")) + chunk(text("!"), kStop),
        "content[Hi] reasoning[hm] content[!] finish[stop]");
    row("call without id, finish in a later event",
        chunk(kCall) + chunk(text(""), kStop),
        R"(call0[call_r-1_0,f,{"a":1.50}] content[] finish[tool_calls])");
    row("two calls of one function",
        chunk(kCall + ",{\"functionCall\":{\"name\":\"f\"}}", kStop),
        R"(call0[call_r-1_0,f,{"a":1.50}] call1[call_r-1_1,f,{}] finish[tool_calls])");
    row("blanks in arguments",
        chunk("{\"functionCall\":{\"name\":\"f\",\"args\":{ \"a \\\" b\" : [ 1 ,\r\ndata: true ], "
              "\"c\":\" \\\\\" }}}",
              kStop),
        "call0[call_r-1_0,f,{\"a \\\" b\":[1,true],\"c\":\" \\\\\"}] finish[tool_calls]");
    row("call with an id",
        chunk(R"({"functionCall":{"id":"call_883098","name":"f","args":{}}})", kStop),
        "call0[call_883098,f,{}] finish[tool_calls]");
    row("signature of a call",
        chunk(R"({"functionCall":{"name":"f"},"thoughtSignature":"sig"})", kStop),
        "call0[call_r-1_0,f,{}] "
            + detailsOf(R"({"type":"reasoning.encrypted","data":"sig","id":"call_r-1_0",)")
            + "finish[tool_calls]");
    row("signature alone at the end",
        chunk(text("Hi")) + chunk(R"({"text":"","thoughtSignature":"sig"})", kStop),
        "content[Hi] content[] " + detailsOf(R"({"type":"reasoning.encrypted","data":"sig",)")
            + "finish[stop]");
    row("signature of a thought",
        chunk(R"({"text":"h","thought":true})")
            + chunk(R"({"text":"m","thought":true,"thoughtSignature":"sig"},)" + text("Hi"), kStop),
        "reasoning[h] content[Hi] reasoning[m] "
            + detailsOf(R"({"type":"reasoning.text","text":"hm","signature":"sig",)")
            + "finish[stop]");
    row("two candidates",
        R"(data: {"candidates":[{"content":{"parts":[{"text":"a"}]},"index":1},{"content":{"parts":[{"text":"b"}]},"finishReason":"STOP"}]})"
        "\n\n"
        R"(data: {"candidates":[{"content":{"parts":[{"text":"c"}]},"finishReason":"MAX_TOKENS","index":1}]})"
        "\n\n",
        "content[a] content[b] finish[stop] content[c] finish[length]");
    row("one of two candidates cut",
        R"(data: {"candidates":[{"content":{"parts":[{"text":"a"}]},"index":1},{"content":{"parts":[{"text":"b"}]},"finishReason":"STOP"}]})"
        "\n\n",
        "content[a] content[b] finish[stop] failed[stream_broken]");
    row("blocked prompt",
        R"(data: {"promptFeedback":{"blockReason":"SAFETY"},"usageMetadata":{"promptTokenCount":12,"totalTokenCount":12}})"
        "\r\n\r\n",
        "content[] finish[content_filter] 12 0 0 0 0");
    row("feedback without a block",
        R"(data: {"promptFeedback":{"safetyRatings":[]}})" + QByteArray("\n\n")
            + chunk(text("Hi"), kStop),
        "content[Hi] finish[stop]");
    row("filtered after words",
        chunk(text("Hi"))
            + "data: {\"candidates\":[{\"finishReason\":\"SAFETY\",\"index\":0}]}\n\n",
        "content[Hi] finish[content_filter]");
    row("malformed call",
        chunk(text("Hi"), R"(,"finishReason":"MALFORMED_FUNCTION_CALL","finishMessage":"bad")"),
        "content[Hi] failed[server_error]");
    row("other, with words",
        chunk(text("Hi"), R"(,"finishReason":"OTHER")"),
        "content[Hi] finish[stop]");
    row("other, without a word", chunk("", R"(,"finishReason":"OTHER")"), "failed[empty_answer]");
    row("a reason not known yet",
        chunk(text("Hi"), R"(,"finishReason":"LATER")"),
        "content[Hi] finish[stop]");
    row("cut before a reason",
        chunk(text("Hi"), "", kUsage),
        "content[Hi] failed[stream_broken] 8 3 0 27 20");
    row("no reason yet",
        chunk(text("Hi"), R"(,"finishReason":"FINISH_REASON_UNSPECIFIED")"),
        "content[Hi] failed[stream_broken]");
    row("nothing at all", "data: {}\n\n", "failed[stream_broken]");
    row("overloaded after words",
        chunk(text("Hi"))
            + R"(data: {"error":{"code":503,"message":"The model is overloaded. Please try again later.","status":"UNAVAILABLE"}})"
            + "\r\n\r\n",
        "content[Hi] failed[overloaded]");
    row("throttled in a stream",
        R"(data: {"error":{"code":429,"message":"You exceeded your current quota, please check your plan","status":"RESOURCE_EXHAUSTED"}})"
        "\n\n",
        "failed[rate_limited]");
    row("what is left out",
        chunk(
            R"({"executableCode":{"language":"PYTHON","code":"1"}},{"inlineData":{"mimeType":"image/png","data":"AA=="}},5,null,)"
                + text("Hi"),
            R"(,"finishReason":"STOP","safetyRatings":[],"citationMetadata":{},"groundingMetadata":{})"),
        "content[Hi] finish[stop]");
}

void TestGeminiDecode::tellsWhatAStreamSays()
{
    QFETCH(QByteArray, stream);
    QFETCH(QByteArray, events);
    const auto whole = decodeWhole(kGemini, stream.toStdString());
    QCOMPARE(told(whole), events);
    QVERIFY(decodeByteByByte(kGemini, stream.toStdString()) == whole);
}

void TestGeminiDecode::tellsWhatADocumentSays_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("events");
    const auto row = [](const char *name, const char *body, const QByteArray &events) {
        QTest::newRow(name) << QByteArray(body) << events;
    };
    row("all kinds of parts",
        R"({"candidates":[{"content":{"parts":[{"text":"hm","thought":true},{"text":"a"},{"text":"b"},{"functionCall":{"name":"f","args":{"x": 1}},"thoughtSignature":"s"}]},"finishReason":"STOP"}],"responseId":"r"})",
        R"(content[ab] reasoning[hm] call0[call_r_0,f,{"x":1}] )"
            + detailsOf(R"({"type":"reasoning.encrypted","data":"s","id":"call_r_0",)")
            + "finish[tool_calls]");
    row("calls alone",
        R"({"responseId":"r","candidates":[{"content":{"parts":[{"functionCall":{"name":"f"}}]},"finishReason":"STOP"}]})",
        "call0[call_r_0,f,{}] finish[tool_calls]");
    row("all in thoughts",
        R"({"candidates":[{"content":{"role":"model"},"finishReason":"MAX_TOKENS"}],"usageMetadata":{"promptTokenCount":5,"totalTokenCount":65,"thoughtsTokenCount":60}})",
        "content[] finish[length] 5 0 0 60 60");
    row("thoughts told by the total alone",
        R"({"candidates":[{"content":{"role":"model"},"finishReason":"MAX_TOKENS"}],"usageMetadata":{"promptTokenCount":5,"totalTokenCount":65}})",
        "content[] finish[length] 5 0 0 60 0");
    row("tokens of tool use",
        R"({"candidates":[{"content":{"parts":[{"text":"x"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":5,"toolUsePromptTokenCount":10,"candidatesTokenCount":2,"thoughtsTokenCount":3,"totalTokenCount":20}})",
        "content[x] finish[stop] 15 0 0 5 3");
    row("odd usage",
        R"({"candidates":[{"content":{"parts":[{"text":"x"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":-5,"candidatesTokenCount":"x"}})",
        "content[x] finish[stop] 0 0 0 0 0");
    row("no usage",
        R"({"candidates":[{"content":{"parts":[{"text":"x"}]},"finishReason":"STOP"}],"usageMetadata":{}})",
        "content[x] finish[stop]");
    row("no reason to end",
        R"({"candidates":[{"content":{"parts":[{"text":"x"}]}}]})",
        "content[x] finish[stop]");
    row("logprobs",
        R"({"candidates":[{"content":{"parts":[{"text":"x"}]},"finishReason":"STOP","logprobsResult":{"topCandidates":[{"candidates":[{"token":"x","tokenId":1,"logProbability":-0.10},{"token":"é"}]}],"chosenCandidates":[{"token":"x","logProbability":-0.10}]}}]})",
        R"(content[x] logprobs{"content":[{"token":"x","logprob":-0.10,"bytes":[120],"top_logprobs":[{"token":"x","logprob":-0.10,"bytes":[120]},{"token":")"
        "\xC3\xA9"
        R"(","logprob":0.0,"bytes":[195,169]}]}],"refusal":null} finish[stop])");
    row("no candidates", R"({"candidates":[]})", "failed[empty_answer]");
    row("nothing", "{}", "failed[empty_answer]");
    row("odd candidates", R"({"candidates":[5,null]})", "failed[empty_answer]");
    row("an array of nothing", "[]", "failed[empty_answer]");
    row("an error in a 200",
        R"({"error":{"code":500,"message":"x","status":"INTERNAL"}})",
        "failed[server_error]");
    row("an error in an array",
        R"([{"error":{"code":503,"message":"x","status":"UNAVAILABLE"}}])",
        "failed[overloaded]");
    row("a stream as an array, cut",
        R"([{"candidates":[{"content":{"parts":[{"text":"a"}]}}]}])",
        "content[a] failed[stream_broken]");
    row("no JSON", R"({"candidates":[)", "failed[unparseable]");
}

void TestGeminiDecode::tellsWhatADocumentSays()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, events);
    QCOMPARE(told(decodeWhole(kGemini, body.toStdString())), events);
}

void TestGeminiDecode::mapsFinishReasons_data()
{
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<QByteArray>("ending");
    for (const char *filtered : {"SAFETY",
                                 "RECITATION",
                                 "LANGUAGE",
                                 "BLOCKLIST",
                                 "PROHIBITED_CONTENT",
                                 "SPII",
                                 "IMAGE_SAFETY",
                                 "IMAGE_PROHIBITED_CONTENT",
                                 "IMAGE_RECITATION",
                                 "MODEL_ARMOR"}) {
        QTest::newRow(filtered) << QByteArray(filtered) << QByteArray("finish[content_filter]");
    }
    for (const char *failed : {"MALFORMED_FUNCTION_CALL",
                               "UNEXPECTED_TOOL_CALL",
                               "TOO_MANY_TOOL_CALLS",
                               "MALFORMED_RESPONSE",
                               "MISSING_THOUGHT_SIGNATURE"}) {
        QTest::newRow(failed) << QByteArray(failed) << QByteArray("failed[server_error]");
    }
    QTest::newRow("STOP") << QByteArray("STOP") << QByteArray("finish[stop]");
    QTest::newRow("MAX_TOKENS") << QByteArray("MAX_TOKENS") << QByteArray("finish[length]");
    QTest::newRow("OTHER") << QByteArray("OTHER") << QByteArray("finish[stop]");
    QTest::newRow("NO_IMAGE") << QByteArray("NO_IMAGE") << QByteArray("finish[stop]");
}

void TestGeminiDecode::mapsFinishReasons()
{
    QFETCH(QByteArray, reason);
    QFETCH(QByteArray, ending);
    const QByteArray body = R"({"candidates":[{"content":{"parts":[{"text":"x"}]},"finishReason":")"
                            + reason + R"("}]})";
    QCOMPARE(told(decodeWhole(kGemini, body.toStdString())), "content[x] " + ending);
}

void TestGeminiDecode::readsTheRecordings_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<int>("number");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("calls");
    QTest::addColumn<QByteArray>("usage");
    const auto row = [](const char *file,
                        int number,
                        const char *content,
                        const char *calls,
                        const char *usage) {
        QTest::addRow("%s %d", file, number) << QByteArray(file) << number << QByteArray(content)
                                             << QByteArray(calls) << QByteArray(usage);
    };
    row("text_basic.exchange.json", 0, "2 + 2 = **4**", "", "10 31 23");
    row("json_responseschema.exchange.json", 0, "{\"result\": 8}", "", "22 112 106");
    row("stream_text.exchange.json", 0, "1, 2, 3", "", "8 27 20");
    row("stream_usage_thoughts.exchange.json", 0, "Let's think step-by-step", "", "13 208 137");
    row("stream_tool_parallel.exchange.json",
        0,
        "",
        "secret_retrieval_tool secret_retrieval_tool ",
        "70 101 61");
    row("stream_tool_parallel.exchange.json", 1, "The secrets associated with the", "", "211 30 0");
    row("stream_tool_thought_signature.exchange.json", 0, "", "multiply ", "60 48 32");
    row("stream_tool_thought_signature.exchange.json", 1, "5 times 3 is 15.", "", "121 9 0");
    row("tool_anyof_param.exchange.json", 0, "", "any_of_params ", "84 88 65");
    row("tool_choice_required.exchange.json", 0, "", "weather ", "84 100 70");
    row("tool_parallel_roundtrip.exchange.json",
        0,
        "",
        "weather best_language_to_learn ",
        "143 153 109");
    row("tool_parallel_roundtrip.exchange.json", 1, "The weather in Berlin", "", "277 47 0");
    row("blocked_prompt.json", 0, "", "", "12 0 0");
}

void TestGeminiDecode::readsTheRecordings()
{
    QFETCH(QByteArray, file);
    QFETCH(int, number);
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, calls);
    QFETCH(QByteArray, usage);
    const auto exchanges = loadGolden("gemini/" + file.toStdString());
    const auto events = decodeWhole(kGemini, exchanges.at(static_cast<std::size_t>(number)).body);
    QVERIFY(endedWell(events));
    QVERIFY(QByteArray::fromStdString(contentOf(events)).startsWith(content));
    QByteArray names;
    std::size_t signatures = 0;
    for (const ToolCallDelta &call : toolCallsOf(events)) {
        names += QByteArray::fromStdString(call.name) + " ";
    }
    for (const ChatEvent &event : events) {
        if (const auto *chunk = std::get_if<ChatChunk>(&event)) {
            for (const ChoiceDelta &choice : chunk->choices) {
                signatures +=
                    providers::readGeminiSignatures(choice.reasoningDetailsJson).ofCalls.size();
            }
        }
    }
    QCOMPARE(names, calls);
    QCOMPARE(signatures, std::size_t(calls.isEmpty() ? 0 : 1)); // parallel ones share the first's
    const Usage used = usageOf(events).value_or(Usage());
    QCOMPARE(QByteArray::number(qint64(used.promptTokens)) + " "
                 + QByteArray::number(qint64(used.completionTokens)) + " "
                 + QByteArray::number(qint64(used.reasoningTokens)),
             usage);
}

/// What is booked is what Gemini counts in all.
void TestGeminiDecode::addsUpTheUsageOfEveryRecording()
{
    int checked = 0;
    for (const char *file : {"text_basic.exchange.json",
                             "json_responseschema.exchange.json",
                             "stream_text.exchange.json",
                             "stream_usage_thoughts.exchange.json",
                             "stream_tool_parallel.exchange.json",
                             "stream_tool_thought_signature.exchange.json",
                             "tool_anyof_param.exchange.json",
                             "tool_choice_required.exchange.json",
                             "tool_parallel_roundtrip.exchange.json"}) {
        for (const Exchange &exchange : loadGolden("gemini/" + std::string(file))) {
            const Usage usage = *usageOf(decodeWhole(kGemini, exchange.body));
            const QByteArray body = QByteArray::fromStdString(exchange.body);
            const QByteArray after = body.mid(body.lastIndexOf("\"totalTokenCount\": ") + 19);
            QCOMPARE(qint64(usage.promptTokens + usage.completionTokens),
                     after.left(after.indexOf(',')).trimmed().toLongLong());
            ++checked;
        }
    }
    QCOMPARE(checked, 12);
}

void TestGeminiDecode::makesIdsThatNoOtherAnswerHas()
{
    const auto idIn = [](const std::string &body) {
        return toolCallsOf(decodeWhole(kGemini, body)).front().id;
    };
    const auto answer = [](const char *args, const char *more) {
        return R"({"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":)"
               + std::string(args) + "}}]}}]" + more + "}";
    };
    QVERIFY(idIn(answer("{}", R"(,"responseId":"a")"))
            != idIn(answer("{}", R"(,"responseId":"b")")));
    QVERIFY(idIn(answer("{}", "")) != idIn(answer(R"({"x":1})", "")));
    const std::string odd = idIn(
        answer("{}", R"(,"responseId":"é/ 0123456789012345678901234567890")"));
    QVERIFY2(odd.size() <= 40, odd.c_str()); // of which OpenAI takes no more
    QVERIFY(odd.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == std::string::npos);
}

void TestGeminiDecode::boundsTheSignaturesItKeeps()
{
    providers::GeminiDetails details;
    details.ofText("sig");
    QVERIFY(!details.json().empty());
    const std::string piece(1 << 20U, 'x');
    for (int i = 0; i < 8; ++i) {
        details.ofCall("id", piece);
    }
    QVERIFY(details.json().empty());
}

void TestGeminiDecode::readsRecordedEmbeddings()
{
    const auto exchange = loadGolden("gemini/embeddings_batch.exchange.json").front();
    const auto events = decodedEmbeddings(exchange.body, {"gemini-embedding-2", 2, false, 7});
    QVERIFY(endedWell(events));
    const QJsonObject answer = embeddingsAnswer(events);
    QCOMPARE(answer[u"object"].toString(), QStringLiteral("list"));
    QCOMPARE(answer[u"model"].toString(), QStringLiteral("gemini-embedding-2"));
    QCOMPARE(answer[u"usage"].toObject()[u"prompt_tokens"].toInt(), 4);
    QCOMPARE(answer[u"data"].toArray().size(), 2);
    const QJsonObject first = answer[u"data"].toArray()[0].toObject();
    QCOMPARE(first[u"embedding"].toArray().size(), 768);
    QCOMPARE(first[u"embedding"].toArray()[0].toDouble(), -0.011345503);
    QCOMPARE(answer[u"data"].toArray()[1].toObject()[u"index"].toInt(), 1);
    QCOMPARE(usageOf(events)->promptTokens, 4);
}

void TestGeminiDecode::writesEmbeddingsInBase64()
{
    const auto events =
        decodedEmbeddings(R"({"embeddings":[{"values":[1, -2.5,0]},{"values":[1]}]})",
                          {"e", 2, true, 7});
    const QJsonArray data = embeddingsAnswer(events)[u"data"].toArray();
    QCOMPARE(data[0].toObject()[u"embedding"].toString(), QStringLiteral("AACAPwAAIMAAAAAA"));
    QCOMPARE(data[1].toObject()[u"embedding"].toString(), QStringLiteral("AACAPw=="));
    const QJsonObject usage = embeddingsAnswer(events)[u"usage"].toObject();
    QCOMPARE(usage[u"total_tokens"].toInt(), 7); // older models count nothing
    QVERIFY(!usageOf(events)); // the estimate is the gateway's
}

void TestGeminiDecode::tellsHowEmbeddingsFailed_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("events");
    const auto row = [](const char *name, const char *body, const char *events) {
        QTest::newRow(name) << QByteArray(body) << QByteArray(events);
    };
    row("html", "<html>", "failed[unparseable]");
    row("array", "[]", "failed[unparseable]");
    row("cut", R"({"embeddings":[)", "failed[unparseable]");
    row("stream", "data: {}\n\n", "failed[unparseable]");
    row("none", "{}", "failed[empty_answer]");
    row("one too few", R"({"embeddings":[{"values":[1]}]})", "failed[unparseable]");
    row("error",
        R"({"error":{"code":503,"status":"UNAVAILABLE","message":"x"}})",
        "failed[overloaded]");
}

void TestGeminiDecode::tellsHowEmbeddingsFailed()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, events);
    QCOMPARE(told(decodedEmbeddings(body.toStdString(), {"e", 2, false, 7})), events);
}

void TestGeminiDecode::encodesEmbeddings()
{
    const auto encode = [](std::string_view body) {
        return providers::adapterFor(kGemini).encodeEmbeddings(*providers::decodeEmbeddings(body),
                                                               "gemini-embedding-2");
    };
    const auto call = encode(
        R"({"model":"m","input":["First text","Second text"],"dimensions":768,"encoding_format":"base64","user":"u"})");
    QCOMPARE(call->path, std::string("/models/gemini-embedding-2:batchEmbedContents"));
    const auto recorded = loadGolden("gemini/embeddings_batch.exchange.json").front();
    QCOMPARE(QJsonDocument::fromJson(QByteArray::fromStdString(call->body)),
             QJsonDocument::fromJson(QByteArray::fromStdString(recorded.requestBody)));
    QCOMPARE(call->dropped, std::vector<std::string>{"user"});
    QVERIFY(encode(R"({"model":"m","input":[1,2]})").error().text.find("token ids")
            != std::string::npos);
}

QTEST_APPLESS_MAIN(TestGeminiDecode)
#include "tst_gemini_decode.moc"
