// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/config/reading.h"

#include "core/base/random.h"

#include <algorithm>
#include <array>

namespace signalbox::test {
namespace {

constexpr const char *kExample = "resources/examples/signalbox.toml";

bool isControl(char c)
{
    return static_cast<unsigned char>(c) < 0x20;
}

std::string damaged(std::string text, Random &random)
{
    constexpr std::array<std::string_view, 14> pieces =
        {"=", "[", "}", "\"", ".", ",", "\n", "-", "inf", "true", "[[", "\xff", "\\u0000", "#"};
    for (std::uint64_t edits = 1 + random.below(3); edits > 0; --edits) {
        const std::size_t at = random.below(text.size());
        switch (random.below(3)) {
        case 0:
            text.erase(at, 1 + random.below(12));
            break;
        case 1:
            text.insert(at, pieces[random.below(pieces.size())]);
            break;
        default:
            text.insert(at, text.substr(random.below(text.size()), random.below(60)));
        }
    }
    return text;
}

} // namespace

/// Damaged texts and secrets in the wrong place.
class TestConfigRobustness : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsLiteralKeysOutOfEveryMessage_data();
    void keepsLiteralKeysOutOfEveryMessage();
    void survivesEveryPrefix();
    void survivesEveryMissingLine();
    void survivesDamagedTexts();
};

void TestConfigRobustness::keepsLiteralKeysOutOfEveryMessage_data()
{
    QTest::addColumn<QByteArray>("toml");
    const std::string provider = "[[provider]]\nid = \"x\"\nkind = \"openai\"\n";
    const auto add = [](const char *name, const std::string &toml) {
        QTest::newRow(name) << QByteArray::fromStdString(toml);
    };
    add("provider", provider + "keys = [\"sk-4477889900112233\"]");
    add("no list", provider + "keys = \"sk-4477889900112233\"");
    add("as a variable", provider + "keys = [\"env:sk-4477889900112233\"]");
    add("in another's key", provider + "api_key = \"sk-4477889900112233\"");
    add("client", "[[client]]\nid = \"a\"\nkey = \"4477889900112233\"");
    add("operator", "[[operator]]\nid = \"a\"\nrole = \"viewer\"\ntoken = \"4477889900112233\"");
    add("admin", "[server]\nadmin_token = \"4477889900112233\"");
    add("in the address", provider + "base_url = \"https://u:4477889900112233@h/v1\"");
    add("in the address's query", provider + "base_url = \"https://h/v1?key=4477889900112233\"");
    add("in the proxy", provider + "proxy = \"http://u:4477889900112233@h\"");
    add("in the ledger", "[ledger]\nstore = \"postgresql://u:4477889900112233@h/db\"");
    add("in another ledger", "[ledger]\nstore = \"mysql://u:4477889900112233@h/db\"");
    add("as a number", "[[client]]\nid = \"a\"\nkey = 4477889900112233");
    add("as a long number", "[[client]]\nid = \"a\"\nkey = 44778899001122334477889900112233");
    add("without quotes", "[[client]]\nid = \"a\"\nkey = 4477889900112233-abc");
    add("quote not closed", "[[client]]\nid = \"a\"\nkey = \"4477889900112233");
}

void TestConfigRobustness::keepsLiteralKeysOutOfEveryMessage()
{
    QFETCH(const QByteArray, toml);
    const QString lines = faultLines(toml.toStdString());
    QVERIFY(lines != QStringLiteral("ok"));
    QVERIFY2(!lines.contains(QStringLiteral("44778899")), qPrintable(lines));
}

/// Goal: whatever an editor has half written is a result or faults inside the text, never a crash.
void TestConfigRobustness::survivesEveryPrefix()
{
    const std::string text = fileText(kExample);
    int accepted = 0;
    for (std::size_t length = 0; length <= text.size(); ++length) {
        const auto result = readText(text.substr(0, length));
        accepted += result.ok() ? 1 : 0;
        QVERIFY(result.ok() || !result.error().empty());
    }
    QVERIFY(accepted > 0);
    QVERIFY(accepted < static_cast<int>(text.size()));
}

void TestConfigRobustness::survivesEveryMissingLine()
{
    const QStringList lines = QString::fromStdString(fileText(kExample)).split(QLatin1Char('\n'));
    for (qsizetype i = 0; i < lines.size(); ++i) {
        QStringList rest = lines;
        rest.removeAt(i);
        const auto result = readText(rest.join(QLatin1Char('\n')).toStdString());
        QVERIFY(result.ok() || !result.error().empty());
    }
}

/// Goal: no damage to a text crashes the reader or puts a control character on a terminal.
/// Method: a few random cuts, insertions and copies in the example, from one seed.
void TestConfigRobustness::survivesDamagedTexts()
{
    const std::string text = fileText(kExample);
    int accepted = 0;
    int semantic = 0;
    Random random(20'260'101);
    for (int round = 0; round < 3000; ++round) {
        const auto result = readText(damaged(text, random));
        accepted += result.ok() ? 1 : 0;
        if (result.ok()) {
            continue;
        }
        QVERIFY(!result.error().empty());
        for (const config::Fault &fault : result.error()) {
            QVERIFY(std::ranges::none_of(fault.message, isControl));
            semantic += fault.message.starts_with("not valid TOML") ? 0 : 1;
        }
    }
    QVERIFY(accepted > 100);
    QVERIFY(semantic > 100);
}

} // namespace signalbox::test

QTEST_APPLESS_MAIN(signalbox::test::TestConfigRobustness)
#include "tst_config_robustness.moc"
