// SPDX-License-Identifier: Apache-2.0
#include "core/tokens/estimate.h"

#include <QTest>

#include <fstream>
#include <sstream>

using namespace signalbox;
using namespace signalbox::tokens;

class TestEstimate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsTheFamilyOfAModel_data();
    void knowsTheFamilyOfAModel();
    void meetsBilledCounts_data();
    void meetsBilledCounts();
    void meetsMeasuredRatios_data();
    void meetsMeasuredRatios();
    void countsNothingForNothing();
    void growsWithTheText();
    void samplesHugeTexts();
    void countsAWholePrompt();
};

void TestEstimate::knowsTheFamilyOfAModel_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<int>("family");
    const auto row = [](ProviderKind kind, const char *model, TokenFamily family) {
        QTest::newRow(model) << int(kind) << QByteArray(model) << int(family);
    };
    row(ProviderKind::OpenAi, "gpt-4o-mini", TokenFamily::O200k);
    row(ProviderKind::OpenAi, "gpt-5.4", TokenFamily::O200k);
    row(ProviderKind::OpenAi, "gpt-4", TokenFamily::Cl100k);
    row(ProviderKind::OpenAi, "gpt-4-turbo", TokenFamily::Cl100k);
    row(ProviderKind::OpenAi, "gpt-4.1", TokenFamily::O200k);
    row(ProviderKind::OpenAi, "text-embedding-3-small", TokenFamily::Cl100k);
    row(ProviderKind::Qwen, "text-embedding-v4", TokenFamily::Qwen);
    row(ProviderKind::Qwen, "qwen-plus", TokenFamily::Qwen);
    row(ProviderKind::Anthropic, "claude-haiku-4-5", TokenFamily::Claude);
    row(ProviderKind::Anthropic, "claude-opus-4-8", TokenFamily::ClaudeNew);
    row(ProviderKind::OpenRouter, "anthropic/Claude-haiku-4.5", TokenFamily::Claude);
    row(ProviderKind::OpenRouter, "deepseek/deepseek-r1-distill-qwen-32b", TokenFamily::DeepSeek);
    row(ProviderKind::OpenAiCompatible, "Qwen/Qwen3-32B", TokenFamily::Qwen);
    row(ProviderKind::OpenAiCompatible, "llama-3.3", TokenFamily::O200k);
    row(ProviderKind::Gemini, "gemini-3-flash", TokenFamily::Gemini);
    row(ProviderKind::Mistral, "ministral-8b", TokenFamily::Mistral);
    row(ProviderKind::DeepSeek, "v4", TokenFamily::DeepSeek);
}

void TestEstimate::knowsTheFamilyOfAModel()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, model);
    QFETCH(int, family);
    const auto found = familyFor(static_cast<ProviderKind>(kind), model.toStdString());
    QCOMPARE(static_cast<int>(found), family);
}

void TestEstimate::meetsBilledCounts_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("family");
    QTest::addColumn<int>("least");
    QTest::addColumn<int>("most");
    const auto row =
        [](const char *name, const char *text, TokenFamily family, int least, int most) {
            QTest::newRow(name) << QByteArray(text) << int(family) << least << most;
        };
    row("word", "Hello", TokenFamily::O200k, 1, 1);
    row("sentence", "The quick brown fox jumps over the lazy dog.", TokenFamily::O200k, 9, 12);
    row("digits", "1234567890", TokenFamily::O200k, 4, 4);
    row("digits of qwen", "1234567890", TokenFamily::Qwen, 10, 10);
    // Ratios of section "tokens per character": Chinese prose 0.70 (o200k), 0.63 (Qwen).
    row("chinese", "今天天气很好，我们一起去公园散步吧。", TokenFamily::O200k, 10, 15);
    row("chinese of qwen", "今天天气很好，我们一起去公园散步吧。", TokenFamily::Qwen, 9, 13);
    row("japanese",
        "今日はとても天気がいいので、公園へ散歩に行きましょう。",
        TokenFamily::O200k,
        19,
        28);
}

void TestEstimate::meetsBilledCounts()
{
    QFETCH(QByteArray, text);
    QFETCH(int, family);
    QFETCH(int, least);
    QFETCH(int, most);
    const auto count = estimateTokens(text.toStdString(), static_cast<TokenFamily>(family));
    QVERIFY2(count >= least && count <= most, qPrintable(QString::number(count)));
}

void TestEstimate::meetsMeasuredRatios_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<double>("ratio");
    // o200k tokens per character: C++ 0.227, English with markup about 0.25, JSON 0.314.
    QTest::newRow("C++") << QByteArray("core/base/time.cpp") << 0.24;
    QTest::newRow("JSON") << QByteArray("CMakePresets.json") << 0.29;
    QTest::newRow("English") << QByteArray("LICENSES/Apache-2.0.txt") << 0.21;
}

void TestEstimate::meetsMeasuredRatios()
{
    QFETCH(QByteArray, file);
    QFETCH(double, ratio);
    std::ifstream stream(std::string(SIGNALBOX_SOURCE_DIR "/") + file.toStdString());
    std::ostringstream text;
    text << stream.rdbuf();
    const std::string content = text.str();
    QVERIFY(content.size() > 1000);
    const auto count = static_cast<double>(estimateTokens(content, TokenFamily::O200k));
    const double found = count / static_cast<double>(content.size());
    QVERIFY2(found > ratio * 0.8 && found < ratio * 1.2, qPrintable(QString::number(found)));
}

void TestEstimate::countsNothingForNothing()
{
    QCOMPARE(estimateTokens("", TokenFamily::O200k), 0);
    QCOMPARE(estimateTokens(" ", TokenFamily::O200k), 1);
    QCOMPARE(estimateTokens("\xFF", TokenFamily::O200k), 1);
}

void TestEstimate::growsWithTheText()
{
    std::string text;
    std::int64_t before = 0;
    for (int i = 0; i < 50; ++i) {
        text += i % 2 == 0 ? " word, 中文" : "\n  x(1);";
        const auto count = estimateTokens(text, TokenFamily::Claude);
        QVERIFY(count > before);
        before = count;
    }
}

void TestEstimate::samplesHugeTexts()
{
    std::string text;
    while (text.size() < 2'000'000) {
        text += "all work and no play makes a dull text. ";
    }
    const auto half = estimateTokens(std::string_view(text).substr(0, 200'000), TokenFamily::O200k);
    const auto whole = estimateTokens(text, TokenFamily::O200k);
    QVERIFY(whole > 9 * half && whole < 11 * half);
}

void TestEstimate::countsAWholePrompt()
{
    ChatRequest request;
    ChatMessage message;
    message.parts.push_back({ChatMessage::PartKind::Text, "Hello"});
    request.messages.push_back(message);
    QCOMPARE(estimatePrompt(request, TokenFamily::O200k), 8); // recorded: 8 for one word
    request.messages[0].parts.push_back({ChatMessage::PartKind::Image, "{}"});
    QCOMPARE(estimatePrompt(request, TokenFamily::O200k), 773);
    request.fields = {{"tools", R"([{"type":"function","function":{"name":"search"}}])"}};
    QVERIFY(estimatePrompt(request, TokenFamily::O200k) > 783);
}

QTEST_APPLESS_MAIN(TestEstimate)
#include "tst_estimate.moc"
