// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/attempt.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::gateway;

namespace {

using enum ProviderKind;

constexpr std::int64_t kPrompt = 40;
const std::string kWords = "The signal stands at danger; wait for the block ahead.";

/// What one format says, with the usage left out or told.
struct Words
{
    std::string begin; ///< of a stream, before any content
    std::string content; ///< one event of kWords
    std::string usage; ///< an event that tells 11 tokens in, 200 out
    std::string end; ///< a good end, without usage
    std::string error; ///< in a stream
    std::string document; ///< a whole answer without usage
};

Words wordsOf(ProviderKind kind)
{
    const std::string text = "\"" + kWords + "\"";
    if (kind == Anthropic) {
        return {
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m\","
            "\"model\":\"m\",\"role\":\"assistant\",\"content\":[]}}\n\n",
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
            "\"delta\":{\"type\":\"text_delta\",\"text\":"
                + text + "}}\n\n",
            "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{},"
            "\"usage\":{\"input_tokens\":11,\"output_tokens\":200}}\n\n",
            "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":"
            "\"end_turn\"}}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
            "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
            "\"message\":\"Overloaded\"}}\n\n",
            "{\"type\":\"message\",\"id\":\"m\",\"model\":\"m\",\"content\":[{\"type\":\"text\","
            "\"text\":"
                + text + "}],\"stop_reason\":\"end_turn\"}"};
    }
    if (kind == Gemini) {
        const std::string parts = "{\"candidates\":[{\"index\":0,\"content\":{\"role\":\"model\","
                                  "\"parts\":[{\"text\":"
                                  + text + "}]}";
        return {"",
                "data: " + parts + "}]}\r\n\r\n",
                "data: {\"usageMetadata\":{\"promptTokenCount\":11,\"candidatesTokenCount\":200}}"
                "\r\n\r\n",
                "data: {\"candidates\":[{\"index\":0,\"finishReason\":\"STOP\"}]}\r\n\r\n",
                "data: {\"error\":{\"code\":503,\"message\":\"overloaded\","
                "\"status\":\"UNAVAILABLE\"}}\r\n\r\n",
                parts + ",\"finishReason\":\"STOP\"}]}"};
    }
    return {"data: {\"id\":\"1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":"
            "\"assistant\"}}]}\n\n",
            "data: {\"id\":\"1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":"
                + text + "}}]}\n\n",
            "data: {\"id\":\"1\",\"model\":\"m\",\"choices\":[],\"usage\":{\"prompt_tokens\":11,"
            "\"completion_tokens\":200}}\n\n",
            "data: {\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":"
            "\"stop\"}]}\n\ndata: [DONE]\n\n",
            "data: {\"error\":{\"message\":\"The server is overloaded\",\"code\":503}}\n\n",
            "{\"id\":\"1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"content\":"
                + text + "},\"finish_reason\":\"stop\"}]}"};
}

/// One attempt at a model that costs a dollar a million tokens.
class Trial
{
public:
    Trial(ProviderKind kind, bool stream)
    {
        PriceRow row;
        row.input = row.cachedInput = row.cacheWrite = row.output =
            TokenPrice::fromUsdPerMillion("1").value_or(TokenPrice());
        m_model.name = "m";
        m_model.price = PriceHistory::always({{row}});
        Attempt::Plan plan;
        plan.adapter = &providers::adapterFor(kind);
        plan.decoder = plan.adapter->decoder(stream);
        plan.stream = stream;
        plan.promptTokens = kPrompt;
        plan.provider = &m_provider;
        plan.model = &m_model;
        m_attempt = std::make_unique<Attempt>(std::move(plan), Now{});
    }

    Trial &on(const UpstreamEvent &event)
    {
        const auto progress = m_attempt->on(event, Now{});
        if (progress.end && !m_ended) { // the rim hears of the first and tells no more
            m_ended = true;
            m_end = *progress.end;
        }
        return *this;
    }
    Trial &connected() { return on(UpstreamConnected{}); }
    Trial &head(int status = 200)
    {
        connected();
        return on(UpstreamHead{status, {}});
    }
    Trial &bytes(const std::string &text) { return on(UpstreamBytes{text}); }
    AttemptRecord ended() { return ended(m_end.outcome); }
    AttemptRecord ended(OutcomeClass outcome)
    {
        return m_attempt->finish(Outcome::of(outcome, {}), false, Now{});
    }
    [[nodiscard]] OutcomeClass outcome() const { return m_end.outcome; }

private:
    ProviderSettings m_provider;
    ModelSettings m_model;
    std::unique_ptr<Attempt> m_attempt;
    bool m_ended = false;
    Outcome m_end = Outcome::of(OutcomeClass::ShutDown, {});
};

bool isEstimateOfAll(const AttemptRecord &record)
{
    return record.usage && record.usage->estimated && record.usage->promptTokens == kPrompt
           && record.usage->completionTokens > 5 && record.cost.estimated
           && record.cost.amount
                  == Money::fromNanos((kPrompt + record.usage->completionTokens) * 1000);
}

} // namespace

/// Goal: of every kind of provider, what was done is booked: counted here and marked as an estimate
/// where no figures came, whether the attempt succeeded or not; what was not done costs nothing.
class TestAttemptUsage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStreamWithoutUsage_data();
    void aStreamWithoutUsage();
    void anAnswerWithoutUsage_data() { aStreamWithoutUsage_data(); }
    void anAnswerWithoutUsage();
    void aStreamThatBreaksAfterContent_data() { aStreamWithoutUsage_data(); }
    void aStreamThatBreaksAfterContent();
    void anErrorInAStream_data() { aStreamWithoutUsage_data(); }
    void anErrorInAStream();
    void aFailureWithItsUsage_data() { aStreamWithoutUsage_data(); }
    void aFailureWithItsUsage();
    void oneGivenUpBeforeItsAnswer_data() { aStreamWithoutUsage_data(); }
    void oneGivenUpBeforeItsAnswer();
    void whatWasNotDoneCostsNothing_data() { aStreamWithoutUsage_data(); }
    void whatWasNotDoneCostsNothing();
};

void TestAttemptUsage::aStreamWithoutUsage_data()
{
    QTest::addColumn<int>("kind");
    for (const ProviderKind kind :
         {OpenAi, Qwen, Anthropic, DeepSeek, Mistral, Gemini, OpenRouter, OpenAiCompatible}) {
        QTest::newRow(std::string(toString(kind)).c_str()) << int(kind);
    }
}

void TestAttemptUsage::aStreamWithoutUsage()
{
    QFETCH(const int, kind);
    const Words words = wordsOf(ProviderKind(kind));
    Trial trial(ProviderKind(kind), true);
    trial.head().bytes(words.begin + words.content + words.content + words.end).on(UpstreamEnd{});
    QVERIFY(trial.outcome() == OutcomeClass::Success);
    const AttemptRecord record = trial.ended();
    QVERIFY(isEstimateOfAll(record));
    QVERIFY(record.usage->completionTokens > 20); // of both
}

void TestAttemptUsage::anAnswerWithoutUsage()
{
    QFETCH(const int, kind);
    Trial trial(ProviderKind(kind), false);
    trial.head().bytes(wordsOf(ProviderKind(kind)).document).on(UpstreamEnd{});
    QVERIFY(trial.outcome() == OutcomeClass::Success);
    QVERIFY(isEstimateOfAll(trial.ended()));
}

void TestAttemptUsage::aStreamThatBreaksAfterContent()
{
    QFETCH(const int, kind);
    const Words words = wordsOf(ProviderKind(kind));
    Trial trial(ProviderKind(kind), true);
    trial.head().bytes(words.begin + words.content);
    trial.on(UpstreamFailed{OutcomeClass::ConnectionReset, "reset"});
    QVERIFY(isEstimateOfAll(trial.ended()));
    Trial before(ProviderKind(kind), true);
    before.head().bytes(words.begin).on(UpstreamEnd{});
    const AttemptRecord record = before.ended();
    QVERIFY(record.outcome != OutcomeClass::Success);
    QVERIFY(record.usage && record.usage->estimated);
    QCOMPARE(record.usage->completionTokens, 0);
    QCOMPARE(record.cost.amount, Money::fromNanos(kPrompt * 1000));
}

void TestAttemptUsage::anErrorInAStream()
{
    QFETCH(const int, kind);
    const Words words = wordsOf(ProviderKind(kind));
    Trial trial(ProviderKind(kind), true);
    trial.head().bytes(words.begin + words.content + words.error);
    QVERIFY(trial.outcome() != OutcomeClass::Success && trial.outcome() != OutcomeClass::ShutDown);
    QVERIFY(isEstimateOfAll(trial.ended()));
}

/// The provider's own figures count, estimate or not, as soon as they came.
void TestAttemptUsage::aFailureWithItsUsage()
{
    QFETCH(const int, kind);
    const Words words = wordsOf(ProviderKind(kind));
    Trial trial(ProviderKind(kind), true);
    trial.head().bytes(words.begin + words.content + words.usage + words.error);
    const AttemptRecord record = trial.ended();
    QVERIFY(record.outcome != OutcomeClass::Success);
    QCOMPARE(record.usage->promptTokens, 11);
    QCOMPARE(record.usage->completionTokens, 200);
    QVERIFY(!record.usage->estimated);
    QCOMPARE(record.cost.amount, Money::fromNanos(211'000));
}

void TestAttemptUsage::oneGivenUpBeforeItsAnswer()
{
    QFETCH(const int, kind);
    using enum OutcomeClass;
    for (const OutcomeClass outcome :
         {ClientGone, FirstTokenTimeout, TotalTimeout, DeadlineReached, ShutDown, Outrun}) {
        Trial trial(ProviderKind(kind), true);
        const AttemptRecord record = trial.connected().ended(outcome);
        QVERIFY(record.usage && record.usage->estimated);
        QCOMPARE(record.cost.amount, Money::fromNanos(kPrompt * 1000));
        Trial connecting(ProviderKind(kind), true);
        QVERIFY(!connecting.ended(outcome).usage);
    }
}

void TestAttemptUsage::whatWasNotDoneCostsNothing()
{
    QFETCH(const int, kind);
    for (const int status : {400, 401, 429, 500, 503}) {
        Trial trial(ProviderKind(kind), true);
        trial.head(status).bytes("{}").on(UpstreamEnd{});
        const AttemptRecord record = trial.ended();
        QVERIFY(!record.usage);
        QCOMPARE(record.cost.amount, Money());
        QVERIFY(!record.cost.estimated);
    }
    Trial refused(ProviderKind(kind), true);
    refused.on(UpstreamFailed{OutcomeClass::ConnectionRefused, "refused"});
    QVERIFY(!refused.ended().usage);
}

QTEST_APPLESS_MAIN(TestAttemptUsage)
#include "tst_attempt_usage.moc"
