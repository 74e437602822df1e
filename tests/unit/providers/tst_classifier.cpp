// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/providers/golden.h"

#include "core/base/bounds.h"
#include "core/providers/adapter.h"
#include "core/providers/error_body.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::providers;
using namespace signalbox::test;

class TestClassifier : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryShapeOfError_data();
    void readsEveryShapeOfError();
    void boundsMessages();
    void classifiesRecordedErrors_data();
    void classifiesRecordedErrors();
    void waitsAsGoogleSays();
    void classifiesByProviderStatusAndBody_data();
    void classifiesByProviderStatusAndBody();
    void letsNoClientCostAKey_data();
    void letsNoClientCostAKey();
    void hidesKeysInMessages();
    void takesHintsFromErrorsOnly();
    void hearsThatItIsOfNoUse();
};

namespace {

const SystemTime kNow = *fromIso8601("2026-10-21T07:27:00Z");

Outcome classified(ProviderKind kind,
                   int status,
                   std::string_view body,
                   const http::Headers &headers = {})
{
    return adapterFor(kind).classify(status, headers, body, kNow);
}

QByteArray nameOf(OutcomeClass outcome)
{
    const auto name = signalbox::toString(outcome);
    return {name.data(), static_cast<qsizetype>(name.size())};
}

} // namespace

void TestClassifier::readsEveryShapeOfError_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("fields");
    const auto row = [](const char *name, const char *body, const char *fields) {
        QTest::newRow(name) << QByteArray(body) << QByteArray(fields);
    };
    row("openai", R"({"error":{"message":"m","type":"t","param":"p","code":"c"}})", "m|t|c|p|0");
    row("nulls", R"({"error":{"message":"m","type":"t","param":null,"code":null}})", "m|t||  |0");
    row("anthropic",
        R"({"type":"error","error":{"type":"t","message":"m"},"request_id":"r"})",
        "m|t||  |0");
    row("integer code",
        R"({"error":{"message":"m","type":"BadRequestError","code":400}})",
        "m|BadRequestError|400||400");
    row("text code", R"({"error":{"message":"m","code":"503"}})", "m||503||503");
    row("flat",
        R"({"object":"error","message":"m","type":"t","param":null,"code":"1300"})",
        "m|t|1300||0");
    row("detail", R"({"detail":"Invalid API Key"})", "Invalid API Key||||0");
    row("detail list", R"({"detail":[{"msg":"x"}]})", R"([{"msg":"x"}]||||0)");
    row("message object",
        R"({"object":"error","message":{"detail":[{"a":1}]},"type":"t"})",
        R"([{"a":1}]|t|||0)");
    row("error text",
        R"({"code":"invalid-argument","error":"Incorrect API key"})",
        "Incorrect API key||invalid-argument||0");
    row("native qwen",
        R"({"code":"Throttling","message":"m","request_id":"r"})",
        "m||Throttling||0");
    row("google",
        R"([{"error":{"code":503,"message":"m","status":"UNAVAILABLE"}}])",
        "m|UNAVAILABLE|503||503");
    row("openrouter",
        R"({"error":{"code":429,"message":"m","metadata":{"error_type":"rate_limit_exceeded"}}})",
        "m|rate_limit_exceeded|429||429");
    row("plain text", "upstream request timeout", "upstream request timeout||||0");
    row("html",
        "<html><head><title>502</title></head>\n<body><h1>Bad\nGateway</h1></body></html>",
        "502 Bad Gateway||||0");
    row("empty", "", "||||0");
}

void TestClassifier::readsEveryShapeOfError()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, fields);
    const ErrorBody error = readErrorBody(body.toStdString());
    const std::string found = error.message + "|" + error.type + "|" + error.code + "|"
                              + error.param + "|" + std::to_string(error.status);
    QCOMPARE(QByteArray::fromStdString(found), fields.replace("  ", ""));
}

void TestClassifier::boundsMessages()
{
    const std::string huge(10'000, 'x');
    QCOMPARE(readErrorBody(huge).message.size(), bounds::kErrorMessageBytesMax);
    QCOMPARE(readErrorBody(R"({"message":")" + huge + R"("})").message.size(),
             bounds::kErrorMessageBytesMax);
    QCOMPARE(clippedUtf8("\xE4\xB8\xAD\xE6\x96\x87", 4), std::string("\xE4\xB8\xAD"));
    QCOMPARE(clippedUtf8("a\xFF"
                         "b",
                         9),
             std::string("a\xEF\xBF\xBD"
                         "b"));
}

void TestClassifier::classifiesRecordedErrors_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("outcome");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char *file, const char *outcome, const char *code) {
        QTest::newRow(file) << QByteArray(file) << QByteArray(outcome) << QByteArray(code);
    };
    row("anthropic/error_400_credit_balance.exchange.json",
        "billing_refused",
        "invalid_request_error");
    row("anthropic/error_400_prompt_too_long.exchange.json",
        "context_too_long",
        "invalid_request_error");
    row("anthropic/error_404_model_stream.exchange.json", "model_not_found", "not_found_error");
    row("deepseek/error_400_context.exchange.json", "context_too_long", "invalid_request_error");
    row("gemini/error_400_bad_key.exchange.json", "auth_failed", "API_KEY_INVALID");
    row("gemini/error_400_bad_key_stream.exchange.json", "auth_failed", "API_KEY_INVALID");
    row("generic/groq_error_400_tool_use_failed.exchange.json",
        "invalid_request",
        "tool_use_failed");
    row("generic/ollama_cloud_error_401.exchange.json", "auth_failed", "api_error");
    row("openai/error_400_max_tokens_unsupported.exchange.json",
        "invalid_request",
        "unsupported_parameter");
    row("openai/error_400_stop_unsupported_gpt5.exchange.json",
        "invalid_request",
        "unsupported_parameter");
    row("openai/error_404_model.exchange.json", "model_not_found", "model_not_found");
    row("openai/image_error_400.exchange.json", "invalid_request", "invalid_image_url");
    row("openrouter/error_400_context.exchange.json", "context_too_long", "400");
    row("openrouter/error_401.exchange.json", "auth_failed", "401");
    row("qwen/error_401_missing_key.exchange.json", "auth_failed", "invalid_request_error");
}

void TestClassifier::classifiesRecordedErrors()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, outcome);
    QFETCH(QByteArray, code);
    const auto exchange = loadGolden(file.toStdString()).front();
    const Outcome found = classified(kindOfGolden(file.toStdString()),
                                     exchange.status,
                                     exchange.body,
                                     exchange.headers);
    QCOMPARE(nameOf(found.outcome), outcome);
    QCOMPARE(QByteArray::fromStdString(found.code), code);
    QVERIFY(!found.message.empty());
}

void TestClassifier::waitsAsGoogleSays()
{
    const auto body = loadGolden("gemini/error_429_retryinfo_fraction.json").front().body;
    const Outcome found = classified(ProviderKind::Gemini, 429, body, {});
    QVERIFY(found.outcome == OutcomeClass::RateLimited);
    QCOMPARE(found.hint->wait, Millis(35'000));
    QVERIFY(found.hint->source == RetryHintSource::RetryInfo);
    QCOMPARE(found.code, std::string("RESOURCE_EXHAUSTED"));
}

void TestClassifier::classifiesByProviderStatusAndBody_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("outcome");
    const auto row =
        [](const char *name, ProviderKind kind, int status, const char *body, const char *outcome) {
            QTest::newRow(name) << int(kind) << status << QByteArray(body) << QByteArray(outcome);
        };
    using enum ProviderKind;
    const char *const quota =
        R"({"error":{"message":"You exceeded your current quota, please check your plan and billing details.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}})";
    const char *const html = "<html><body>Cloudflare</body></html>";
    row("200", OpenAi, 200, "{}", "success");
    row("204", OpenAi, 204, "", "success");
    row("302", OpenAi, 302, "", "server_error");
    row("400",
        OpenAi,
        400,
        R"({"error":{"message":"bad","type":"invalid_request_error"}})",
        "invalid_request");
    row("400 empty", OpenAi, 400, "", "invalid_request");
    row("400 html", OpenAi, 400, html, "server_error");
    row("401", OpenAi, 401, "", "auth_failed");
    row("401 html", OpenAi, 401, html, "auth_failed");
    row("402", DeepSeek, 402, R"({"error":{"message":"Insufficient Balance"}})", "billing_refused");
    row("403", OpenAi, 403, R"({"error":{"message":"denied"}})", "auth_failed");
    row("403 html", OpenAi, 403, html, "server_error");
    row("403 moderation",
        OpenRouter,
        403,
        R"({"error":{"code":403,"message":"Your chosen model requires moderation and your input was flagged"}})",
        "content_refused");
    row("403 model",
        OpenAi,
        403,
        R"({"error":{"message":"Project `p` does not have access to model `m`","code":"model_not_found"}})",
        "model_not_found");
    row("404", OpenAi, 404, "", "model_not_found");
    row("410", OpenAi, 410, "", "model_not_found");
    row("408", OpenAi, 408, "", "server_error");
    row("409", Anthropic, 409, "", "server_error");
    row("413",
        Anthropic,
        413,
        R"({"type":"error","error":{"type":"request_too_large","message":"x"}})",
        "invalid_request");
    row("413 html", Anthropic, 413, html, "invalid_request");
    row("422",
        Mistral,
        422,
        R"({"object":"error","message":{"detail":[{"type":"extra_forbidden"}]},"type":"invalid_request_error"})",
        "invalid_request");
    row("429", OpenAi, 429, "", "rate_limited");
    row("429 limit",
        OpenAi,
        429,
        R"({"error":{"message":"Rate limit reached","type":"tokens","code":"rate_limit_exceeded"}})",
        "rate_limited");
    row("429 quota", OpenAi, 429, quota, "billing_refused");
    row("429 balance",
        OpenAi,
        429,
        R"({"error":{"message":"x","code":"credit_balance_exhausted"}})",
        "billing_refused");
    row("429 dashscope quota", Qwen, 429, quota, "rate_limited");
    row("429 throttling elsewhere",
        OpenAiCompatible,
        429,
        R"({"error":{"message":"You exceeded your current quota","type":"insufficient_quota","code":"Throttling.AllocationQuota"}})",
        "rate_limited");
    row("429 rate words",
        Qwen,
        429,
        R"({"error":{"message":"Request rate increased too quickly."}})",
        "rate_limited");
    row("429 mistral",
        Mistral,
        429,
        R"({"object":"error","message":"Rate limit exceeded","type":"rate_limited","code":"1300"})",
        "rate_limited");
    row("429 capacity",
        Mistral,
        429,
        R"({"message":"Service tier capacity exceeded for this model."})",
        "overloaded");
    row("429 openrouter",
        OpenRouter,
        429,
        R"({"error":{"code":429,"message":"Provider returned error"}})",
        "rate_limited");
    row("500", OpenAi, 500, "", "server_error");
    row("500 html", OpenAi, 500, html, "server_error");
    row("500 overloaded",
        Anthropic,
        500,
        R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})",
        "overloaded");
    row("502", OpenAi, 502, html, "server_error");
    row("502 openrouter", OpenRouter, 502, "", "overloaded");
    row("524 openrouter", OpenRouter, 524, "", "overloaded");
    row("503", DeepSeek, 503, "", "overloaded");
    row("504", Anthropic, 504, "", "server_error");
    row("529",
        Anthropic,
        529,
        R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})",
        "overloaded");
    row("key as 400 x.ai",
        OpenAiCompatible,
        400,
        R"({"code":"invalid-argument","error":"Incorrect API key provided: xa***9. You can obtain an API key"})",
        "auth_failed");
    row("google's key in another language",
        Gemini,
        400,
        R"([{"error":{"code":400,"message":"Ungültig","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}])",
        "auth_failed");
    row("google's key expired",
        Gemini,
        400,
        R"({"error":{"code":400,"message":"API key expired. Please renew the API key.","status":"INVALID_ARGUMENT"}})",
        "auth_failed");
    row("google's place",
        Gemini,
        400,
        R"({"error":{"code":400,"message":"User location is not supported for the API use.","status":"FAILED_PRECONDITION"}})",
        "auth_failed");
    row("google's 403",
        Gemini,
        403,
        R"({"error":{"code":403,"message":"x","status":"PERMISSION_DENIED"}})",
        "auth_failed");
    row("google's request",
        Gemini,
        400,
        R"({"error":{"code":400,"message":"Invalid value (rate limit, spending cap) at 'contents'","status":"INVALID_ARGUMENT"}})",
        "invalid_request");
    row("google's signature",
        Gemini,
        400,
        R"({"error":{"code":400,"message":"Function call is missing a thought_signature in functionCall parts.","status":"INVALID_ARGUMENT"}})",
        "invalid_request");
    row("google's context",
        Gemini,
        400,
        R"({"error":{"code":400,"message":"The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).","status":"INVALID_ARGUMENT"}})",
        "context_too_long");
    row("google's model",
        Gemini,
        404,
        R"({"error":{"code":404,"message":"models/x is not found for API version v1beta","status":"NOT_FOUND"}})",
        "model_not_found");
    row("google's quota in billing words",
        Gemini,
        429,
        R"({"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details.","status":"RESOURCE_EXHAUSTED"}})",
        "rate_limited");
    row("google's spending cap",
        Gemini,
        429,
        R"({"error":{"code":429,"message":"Your project has exceeded its monthly spending cap.","status":"RESOURCE_EXHAUSTED"}})",
        "billing_refused");
    row("google's machines",
        Gemini,
        429,
        R"({"error":{"code":429,"message":"No capacity available for model on the server","status":"RESOURCE_EXHAUSTED","details":[{"reason":"MODEL_CAPACITY_EXHAUSTED"}]}})",
        "overloaded");
    row("google's 503",
        Gemini,
        503,
        R"({"error":{"code":503,"message":"This model is currently experiencing high demand.","status":"UNAVAILABLE"}})",
        "overloaded");
    row("google's 500",
        Gemini,
        500,
        R"({"error":{"code":500,"message":"x","status":"INTERNAL"}})",
        "server_error");
    row("key as 400 google",
        Gemini,
        400,
        R"({"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT"}})",
        "auth_failed");
    row("key as 400 code",
        Qwen,
        400,
        R"({"code":"InvalidApiKey","message":"Invalid API-key provided."})",
        "auth_failed");
    row("arrears",
        Qwen,
        400,
        R"({"error":{"message":"Access denied, please make sure your account is in good standing.","code":"Arrearage"}})",
        "billing_refused");
    row("free tier",
        Qwen,
        403,
        R"({"error":{"message":"The free tier of the model has been exhausted.","code":"AllocationQuota.FreeTierOnly"}})",
        "billing_refused");
    row("billing error",
        Anthropic,
        400,
        R"({"type":"error","error":{"type":"billing_error","message":"x"}})",
        "billing_refused");
    row("spending limit",
        Anthropic,
        400,
        R"({"type":"error","error":{"type":"invalid_request_error","message":"You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC."}})",
        "billing_refused");
    row("organization disabled",
        Anthropic,
        400,
        R"({"type":"error","error":{"type":"invalid_request_error","message":"This organization has been disabled."}})",
        "auth_failed");
    row("402",
        Anthropic,
        402,
        R"({"type":"error","error":{"type":"billing_error","message":"x"}})",
        "billing_refused");
    row("403 permission",
        Anthropic,
        403,
        R"({"type":"error","error":{"type":"permission_error","message":"x"}})",
        "auth_failed");
    row("output filter",
        Anthropic,
        400,
        R"({"type":"error","error":{"type":"invalid_request_error","message":"Output blocked by content filtering policy"}})",
        "content_refused");
    row("prompt and answer too long",
        Anthropic,
        400,
        R"({"type":"error","error":{"type":"invalid_request_error","message":"input length and `max_tokens` exceed context limit: 199211 + 20000 > 200000, decrease input length or `max_tokens` and try again"}})",
        "context_too_long");
    row("inspection",
        Qwen,
        400,
        R"({"error":{"message":"<400> InternalError.Algo.DataInspectionFailed: Input text data may contain inappropriate content.","code":"data_inspection_failed"}})",
        "content_refused");
    row("native inspection",
        Qwen,
        400,
        R"({"code":"DataInspectionFailed","message":"x"})",
        "content_refused");
    row("azure filter",
        OpenAiCompatible,
        400,
        R"({"error":{"message":"triggering Azure OpenAI's content management policy","code":"content_filter"}})",
        "content_refused");
    row("context code",
        OpenAi,
        400,
        R"({"error":{"message":"x","code":"context_length_exceeded"}})",
        "context_too_long");
    row("context window",
        OpenAi,
        400,
        R"({"error":{"message":"Your input exceeds the context window of this model."}})",
        "context_too_long");
    row("context vllm",
        OpenAiCompatible,
        400,
        R"({"error":{"message":"This model's maximum context length is 4096 tokens.","code":400}})",
        "context_too_long");
    row("context llama.cpp",
        OpenAiCompatible,
        400,
        R"({"error":{"code":400,"message":"x","type":"exceed_context_size_error"}})",
        "context_too_long");
    row("context ollama",
        OpenAiCompatible,
        400,
        R"({"error":{"message":"prompt too long; exceeded max context length by 4 tokens"}})",
        "context_too_long");
    row("context google",
        OpenAiCompatible,
        400,
        R"([{"error":{"code":400,"message":"The input token count (1200000) exceeds the maximum number of tokens allowed (1048576)."}}])",
        "context_too_long");
    row("context qwen",
        Qwen,
        400,
        R"({"error":{"message":"Range of input length should be [1, 30720]"}})",
        "context_too_long");
    row("model as 400",
        DeepSeek,
        400,
        R"({"error":{"message":"Model Not Exist","code":"invalid_request_error"}})",
        "model_not_found");
    row("model as 400 openrouter",
        OpenRouter,
        400,
        R"({"error":{"message":"foo/bar is not a valid model ID","code":400}})",
        "model_not_found");
    row("model as 400 mistral",
        Mistral,
        400,
        R"({"object":"error","message":"Invalid model: x","type":"invalid_model","code":"1500"})",
        "model_not_found");
    row("loading",
        OpenAiCompatible,
        503,
        R"({"error":{"code":503,"message":"Loading model","type":"unavailable_error"}})",
        "overloaded");
}

void TestClassifier::classifiesByProviderStatusAndBody()
{
    QFETCH(int, kind);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, outcome);
    const Outcome found = classified(static_cast<ProviderKind>(kind), status, body.toStdString());
    QCOMPARE(nameOf(found.outcome), outcome);
}

void TestClassifier::letsNoClientCostAKey_data()
{
    QTest::addColumn<QByteArray>("quoted");
    for (const char *quoted : {"incorrect api key",
                               "invalid api key",
                               "You exceeded your current quota",
                               "credit balance is too low",
                               "rate limit",
                               "Throttling.",
                               "model is overloaded",
                               "insufficient balance"}) {
        QTest::newRow(quoted) << QByteArray(quoted);
    }
}

/// A client chooses what an error message quotes; its words must not disable or cool a key.
void TestClassifier::letsNoClientCostAKey()
{
    QFETCH(QByteArray, quoted);
    for (const ProviderKind kind :
         {ProviderKind::OpenAi, ProviderKind::Qwen, ProviderKind::Anthropic}) {
        for (const int status : {400, 422}) {
            const std::string body =
                R"({"error":{"message":"Invalid value: ')" + quoted.toStdString()
                + R"('. Supported values are: 'auto'.","type":"invalid_request_error","param":"tool_choice"}})";
            const Outcome found = classified(kind, status, body);
            QCOMPARE(nameOf(found.outcome), QByteArray("invalid_request"));
            QCOMPARE(found.param, std::string("tool_choice"));
        }
    }
}

void TestClassifier::hidesKeysInMessages()
{
    const Outcome found = classified(
        ProviderKind::OpenAi,
        401,
        R"({"error":{"message":"Incorrect API key provided: sk-abc. Also 'AIzaSy0123456789abc' and xa-*********9f. See https","code":"invalid_api_key"}})");
    QCOMPARE(
        found.message,
        std::string(
            "Incorrect API key provided: [redacted] Also '[redacted]' and [redacted] See https"));
    std::string many;
    for (int i = 0; i < 600; ++i) {
        many += "sk- ";
    }
    const Outcome grown = classified(ProviderKind::OpenAi,
                                     401,
                                     R"({"error":{"message":")" + many + R"("}})");
    QVERIFY(grown.message.starts_with("[redacted] [redacted] "));
    QVERIFY(grown.message.size() <= bounds::kErrorMessageBytesMax);
    const Outcome plain = classified(ProviderKind::OpenAi,
                                     400,
                                     R"({"error":{"message":"id 0123456789abcdef is bad"}})");
    QCOMPARE(plain.message, std::string("id 0123456789abcdef is bad"));
}

void TestClassifier::takesHintsFromErrorsOnly()
{
    const http::Headers headers{{"retry-after", "43"}};
    QVERIFY(!classified(ProviderKind::Anthropic, 200, "{}", headers).hint);
    QCOMPARE(classified(ProviderKind::Anthropic, 529, "{}", headers).hint->wait, Millis(43'000));
    const auto hint =
        classified(
            ProviderKind::OpenAi,
            429,
            R"({"error":{"message":"Rate limit reached. Please try again in 18.642s.","code":"rate_limit_exceeded"}})")
            .hint;
    QCOMPARE(hint->wait, Millis(18'642));
    const http::Headers resets{{"x-ratelimit-remaining-tokens", "0"},
                               {"x-ratelimit-reset-tokens", "6m0s"}};
    QCOMPARE(classified(ProviderKind::OpenAi, 429, "", resets).hint->wait, Millis(360'000));
    QVERIFY(!classified(ProviderKind::OpenAi, 500, "", resets).hint);
}

void TestClassifier::hearsThatItIsOfNoUse()
{
    const auto mayRepeat = [](const char *said) {
        return classified(ProviderKind::OpenAi, 503, "", {{"x-should-retry", said}}).mayRepeat;
    };
    QVERIFY(!mayRepeat("false"));
    QVERIFY(mayRepeat("true"));
    QVERIFY(mayRepeat("perhaps"));
    QVERIFY(classified(ProviderKind::OpenAi, 503, "").mayRepeat);
}

QTEST_APPLESS_MAIN(TestClassifier)
#include "tst_classifier.moc"
