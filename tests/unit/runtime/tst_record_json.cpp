// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/runtime/ledger_samples.h"

#include "core/runtime/ledger/decision_json.h"
#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/ledger/json_members.h"
#include "core/runtime/ledger/query_json.h"
#include "core/runtime/ledger/record_json.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::runtime;
using namespace signalbox::tests;

namespace {

template <typename T>
std::string textOf(const T &value)
{
    std::string text;
    JsonWriter json(text);
    write(json, value);
    return text;
}

} // namespace

class TestRecordJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesMillisecondsInFull();
    void readsBackWhatItWrote();
    void rowsLeaveOutFactsAndDecision();
    void hasTheMembersOfTheContract();
    void unknownCostIsNullAndNeverZero();
    void decisionsAndFactsSurviveTheText();
    void seedsBeyond53BitsSurvive();
    void refusesNamesThatDoNotExist();
    void fullTextIsOneLineWithTheDecision();
    void bytesThatAreNotUtf8DoNotBreakTheText();
    void costRowsAreCalledAfterTheirGrouping();
};

void TestRecordJson::readsBackWhatItWrote()
{
    for (const RequestRecord &record : randomRecords(7, 500, at("2026-11-22"))) {
        const auto json = parseJson(toText(record, Detail::Full));
        QVERIFY(json.has_value());
        const auto back = recordFromJson(*json);
        QVERIFY(back.has_value());
        QVERIFY2(*back == record, toText(*json).c_str());
    }
}

void TestRecordJson::rowsLeaveOutFactsAndDecision()
{
    RequestRecord record = randomRecords(8, 1, at("2026-11-22")).front();
    const Json json = toJson(record, Detail::Row);
    QVERIFY(!json.contains("decision") && !json.contains("facts"));
    record.decision = {};
    record.facts = {};
    const auto back = recordFromJson(json);
    QVERIFY(back && *back == record);
}

void TestRecordJson::hasTheMembersOfTheContract()
{
    RequestRecord record = plainRecord("id1", at("2026-11-22T14:03:22.123456Z"));
    record.cost.amount = Money::fromNanos(123'000);
    const Json json = toJson(record, Detail::Row);
    QVERIFY(json["id"] == Json("id1"));
    QVERIFY(json["time"] == Json("2026-11-22T14:03:22.123456Z"));
    QVERIFY(json["route"] == Json("chat"));
    QVERIFY(json["rule"] == Json(nullptr));
    QVERIFY(json["target"] == Json("qwen/qwen-plus"));
    QVERIFY(json["status"] == Json(200));
    QVERIFY(json["cost_usd"] == Json("0.000123"));
    QVERIFY(json["cache"] == Json("off"));
    QVERIFY(json["abandoned"] == Json(false));
    QVERIFY(json["total_ms"] == Json(812.345));
    for (const char *name :
         {"prompt_tokens", "cached_tokens", "completion_tokens", "reasoning_tokens", "estimated"}) {
        QVERIFY2(json["usage"].contains(name), name);
    }
    QCOMPARE(json["attempts"].size(), std::size_t(1));
    for (const char *name : {"target", "status", "reason", "ms"}) {
        QVERIFY2(json["attempts"][0].contains(name), name);
    }
}

void TestRecordJson::unknownCostIsNullAndNeverZero()
{
    RequestRecord record = plainRecord("id1", at("2026-11-22"));
    record.cost.amount.reset();
    record.attempts.front().cost.amount.reset();
    const Json json = toJson(record, Detail::Row);
    QVERIFY(json["cost_usd"].is_null());
    QVERIFY(json["attempts"][0]["cost_usd"].is_null());
    record.cost.amount = Money();
    QVERIFY(toJson(record, Detail::Row)["cost_usd"] == Json("0.00"));
}

void TestRecordJson::decisionsAndFactsSurviveTheText()
{
    for (const RequestRecord &record : randomRecords(9, 200, at("2026-11-22"))) {
        const auto decision = decisionFromJson(*parseJson(textOf(record.decision)));
        QVERIFY(decision && *decision == record.decision);
        const auto facts = factsFromJson(*parseJson(textOf(record.facts)));
        QVERIFY(facts && *facts == record.facts);
    }
}

void TestRecordJson::seedsBeyond53BitsSurvive()
{
    Decision decision;
    decision.seed = std::numeric_limits<std::uint64_t>::max();
    const Json json = *parseJson(textOf(decision));
    QVERIFY(json["seed"] == Json("18446744073709551615"));
    QCOMPARE(decisionFromJson(json)->seed, decision.seed);
}

void TestRecordJson::refusesNamesThatDoNotExist()
{
    Json json = toJson(plainRecord("id1", at("2026-11-22")), Detail::Full);
    QVERIFY(recordFromJson(json).has_value());
    Json wrong = json;
    wrong["outcome"] = "sunshine";
    QVERIFY(!recordFromJson(wrong));
    wrong = json;
    wrong["time"] = "yesterday";
    QVERIFY(!recordFromJson(wrong));
    wrong = json;
    wrong.erase("id");
    QVERIFY(!recordFromJson(wrong));
    wrong = json;
    wrong["attempts"][0]["outcome"] = "sunshine";
    QVERIFY(!recordFromJson(wrong));
    wrong = json;
    wrong["decision"]["strategy"] = "luck";
    QVERIFY(!recordFromJson(wrong));
    wrong = json;
    wrong["decision"]["candidates"][0]["veto"] = "luck";
    QVERIFY(!recordFromJson(wrong));
    QVERIFY(!recordFromJson(Json::array()));
    QVERIFY(!recordFromJson(Json(nullptr)));
}

void TestRecordJson::fullTextIsOneLineWithTheDecision()
{
    RequestRecord record = plainRecord("id1", at("2026-11-22"));
    record.attempts.front().reason = "two\nlines";
    const std::string line = toText(record, Detail::Full);
    QVERIFY(line.find('\n') == std::string::npos);
    const auto json = parseJson(line);
    QVERIFY(json && json->contains("decision"));
}

void TestRecordJson::bytesThatAreNotUtf8DoNotBreakTheText()
{
    RequestRecord record = plainRecord("id1", at("2026-11-22"));
    record.clientRequestId = "\xFF\xC0";
    record.facts.metadata["k"] = "\x80";
    QVERIFY(parseJson(toText(record, Detail::Full)).has_value());
}

void TestRecordJson::costRowsAreCalledAfterTheirGrouping()
{
    CostRow row;
    row.bucket = "2026-11-22";
    row.name = "qwen";
    row.requests = 3;
    row.cost = Money::fromNanos(1'500'000'000);
    row.wastedCost = Money::fromNanos(250'000'000);
    row.abandonedRequests = 2;
    row.promptCacheSaved = Money::fromNanos(-100'000'000);
    const std::string text = toText(toJson(std::vector{row}, CostQuery{}));
    QCOMPARE(text,
             std::string(R"({"rows":[{"bucket":"2026-11-22","provider":"qwen","requests":3,)"
                         R"("prompt_tokens":0,"completion_tokens":0,"cost_usd":"1.50",)"
                         R"("unknown_price_requests":0,"estimated_cost_usd":"0.00",)"
                         R"("wasted_cost_usd":"0.25","abandoned_cost_usd":"0.00",)"
                         R"("abandoned_requests":2,"prompt_cache_saved_usd":"-0.10",)"
                         R"("cache_saved_usd":"0.00",)"
                         R"("shadow_cost_usd":"0.00","health_check_cost_usd":"0.00",)"
                         R"("cache_embedding_cost_usd":"0.00"}]})"));
    QCOMPARE(toText(toJson(std::vector<CostRow>(), CostQuery{})), std::string(R"({"rows":[]})"));
}

void TestRecordJson::writesMillisecondsInFull()
{
    const auto written = [](std::int64_t micros) {
        std::string out;
        JsonWriter json(out);
        JsonMembers(json).millis("ms", Micros(micros));
        return out.substr(6, out.size() - 7);
    };
    QCOMPARE(written(0), std::string("0.0"));
    QCOMPARE(written(1), std::string("0.001"));
    QCOMPARE(written(-20), std::string("-0.02"));
    QCOMPARE(written(12'345), std::string("12.345"));
    QCOMPARE(written(12'300), std::string("12.3"));
    QCOMPARE(written(100'000'000), std::string("100000.0"));
    QCOMPARE(written(std::numeric_limits<std::int64_t>::min()),
             std::string("-9223372036854775.808"));
    // What a double says, from a microsecond to days.
    for (std::int64_t micros = 1; micros < 400'000'000'000; micros = micros * 3 + 7) {
        QCOMPARE(std::stod(written(micros)), static_cast<double>(micros) / 1000);
    }
}

QTEST_GUILESS_MAIN(TestRecordJson)
#include "tst_record_json.moc"
