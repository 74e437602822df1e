// SPDX-License-Identifier: Apache-2.0
#include "tests/support/node_client.h"

#include "core/tokens/encoder.h"

#include <QTest>

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

using namespace signalbox;
using namespace signalbox::tests;
using namespace signalbox::tokens;

/// *Goal*: the encoders make the very tokens that their makers' do. *Method*: random and adversarial
/// texts through npm's gpt-tokenizer and OpenAI's own tiktoken, by node; token for token.
class TestTokenizers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void tokensAreTheReferences();

private:
    [[nodiscard]] Encoder encoder(SplitStyle style, const std::string &encoding) const
    {
        auto ranks = RankTable::parse(
            readFile(m_client.folder() + "/node_modules/gpt-tokenizer/data/" + encoding));
        return {style, std::move(ranks).value()};
    }

    const NodeClient m_client{"tokenizers", {"reference.test.mjs"}};
};

void TestTokenizers::initTestCase()
{
    if (const std::string obstacle = m_client.prepare(); !obstacle.empty()) {
        QSKIP(obstacle.c_str());
    }
}

void TestTokenizers::tokensAreTheReferences()
{
    constexpr int kTexts = 5000; // of each of OpenAI's encodings; a quarter of that in Qwen's style
    const std::string output = m_client.folder() + "/reference.jsonl";
    const Finished made =
        m_client.run("reference.test.mjs",
                     {{"TEXTS", std::to_string(kTexts)}, {"SEED", "7"}, {"OUTPUT", output}},
                     milliseconds(200'000));
    QVERIFY2(made.exitCode == 0, made.output.c_str());

    const std::map<std::string, Encoder> encoders = {
        {"o200k", encoder(SplitStyle::O200k, "o200k_base.tiktoken")},
        {"cl100k", encoder(SplitStyle::Cl100k, "cl100k_base.tiktoken")},
        {"qwen", encoder(SplitStyle::Qwen, "cl100k_base.tiktoken")},
    };
    std::istringstream lines(readFile(output));
    std::string line;
    int compared = 0;
    while (std::getline(lines, line)) {
        const auto row = nlohmann::json::parse(line);
        const Encoder &ours = encoders.at(row["style"].get<std::string>());
        const auto text = row["text"].get<std::string>();
        const auto expected = row["tokens"].get<std::vector<std::uint32_t>>();
        QVERIFY2(ours.encode(text) == expected, line.c_str());
        QCOMPARE(ours.count(text), static_cast<std::int64_t>(expected.size()));
        ++compared;
    }
    QCOMPARE_GE(compared, 2 * kTexts + kTexts / 4);
}

QTEST_APPLESS_MAIN(TestTokenizers)
#include "tst_tokenizers.moc"
