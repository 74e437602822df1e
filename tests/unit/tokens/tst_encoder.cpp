// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/tokens/small_ranks.h"

#include "core/base/random.h"
#include "core/tokens/encoder.h"

#include <QTest>

#include <algorithm>
#include <string>
#include <vector>

using namespace signalbox;
using namespace signalbox::tests;
using namespace signalbox::tokens;

namespace {

const std::vector<std::string> kWords =
    {"ab", "bc", "abc", "aa", "aaaa", "cab", "aab", "\u00e9", " a", "ca", "bb", "abab", "cc"};

Encoder encoder()
{
    return {SplitStyle::Cl100k, RankTable::parse(smallRanks(kWords)).value()};
}

/// The definition: of all neighbours whose bytes together are a token, those of the least rank, the
/// leftmost of equals, become one; until there are none.
std::vector<std::uint32_t> naively(const std::string &piece)
{
    const auto table = RankTable::parse(smallRanks(kWords)).value();
    std::vector<std::string> tokens;
    for (const char c : piece) {
        tokens.emplace_back(1, c);
    }
    while (true) {
        std::uint32_t least = kNoRank;
        std::size_t at = 0;
        for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
            if (const auto rank = table.rankOf(tokens[i] + tokens[i + 1]); rank < least) {
                least = rank;
                at = i;
            }
        }
        if (least == kNoRank) {
            break;
        }
        tokens[at] += tokens[at + 1];
        tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(at) + 1);
    }
    std::vector<std::uint32_t> ranks;
    for (const std::string &token : tokens) {
        ranks.push_back(table.rankOf(token));
    }
    return ranks;
}

} // namespace

class TestEncoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mergesByRank();
    void agreesWithTheDefinition();
    void composesForQwen();
    void takesAnyBytes();
    void isBoundedOnLongRuns();
};

void TestEncoder::mergesByRank()
{
    using Ranks = std::vector<std::uint32_t>;
    QCOMPARE(encoder().encode(""), Ranks{});
    QCOMPARE(encoder().count(""), 0);
    QCOMPARE(encoder().encode("abc"), Ranks{258}); // whole, though "bc" is a token too
    QCOMPARE(encoder().encode("bca"), (Ranks{257, 'a'}));
    QCOMPARE(encoder().encode("aaaaa"), (Ranks{260, 'a'}));
    QCOMPARE(encoder().encode("x a"), (Ranks{'x', 264}));
}

void TestEncoder::agreesWithTheDefinition()
{
    const Encoder ours = encoder();
    Random random(20261123);
    for (int round = 0; round < 400; ++round) {
        // Around the length at which the way of merging changes, and far from it.
        const std::size_t length = 1 + random.next() % (round % 4 == 0 ? 400 : 40);
        std::string piece;
        for (std::size_t i = 0; i < length; ++i) {
            piece += static_cast<char>('a' + static_cast<char>(random.next() % 3));
        }
        const auto expected = naively(piece);
        QVERIFY2(ours.encode(piece) == expected, piece.c_str());
        QCOMPARE(ours.count(piece), static_cast<std::int64_t>(expected.size()));
    }
}

void TestEncoder::composesForQwen()
{
    const std::string decomposed = "e\u0301";
    const Encoder qwen(SplitStyle::Qwen, RankTable::parse(smallRanks(kWords)).value());
    QCOMPARE(qwen.count(decomposed), 1); // as U+00E9
    QCOMPARE(encoder().count(decomposed), 3);
}

void TestEncoder::takesAnyBytes()
{
    const Encoder qwen(SplitStyle::Qwen, RankTable::parse(smallRanks(kWords)).value());
    QCOMPARE(encoder().count("\xFF\xC3 \x80"), 4);
    QCOMPARE(encoder().count(std::string(3, '\0')), 3);
    QVERIFY(qwen.count("\xFF\xC3 \x80") > 0);
}

void TestEncoder::isBoundedOnLongRuns()
{
    // Quadratic in its length, a million letters would take hours; the test's own limit is minutes.
    QCOMPARE(encoder().count(std::string(1'000'000, 'a')), 250'000);
    std::string mixed;
    while (mixed.size() < 1'000'000) {
        mixed += "abcaab";
    }
    QVERIFY(encoder().count(mixed) > 100'000);
}

QTEST_APPLESS_MAIN(TestEncoder)
#include "tst_encoder.moc"
