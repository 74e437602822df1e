// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"
#include "core/tokens/text_traits.h"

#include <QTest>

#include <string>

using namespace signalbox;
using namespace signalbox::tokens;

namespace {

TextTraits traitsOf(std::string_view text)
{
    TextTraits traits;
    addTraits(text, traits);
    return traits;
}

/// The same by looking at one byte after the other.
class Naive
{
public:
    explicit Naive(std::string_view text)
        : m_text(text)
    {
        for (std::size_t i = 0; i < text.size(); ++i) {
            words(i);
            numbersAndSpace(i);
            signs(i);
            scripts(i);
        }
    }
    [[nodiscard]] const TextTraits &traits() const { return m_traits; }

private:
    [[nodiscard]] int byte(std::size_t at, std::size_t back = 0) const
    {
        return at < back ? -1 : static_cast<unsigned char>(m_text[at - back]);
    }
    static bool isCapital(int c) { return c >= 'A' && c <= 'Z'; }
    static bool isLetter(int c) { return isCapital(c) || (c >= 'a' && c <= 'z'); }
    static bool isDigit(int c) { return c >= '0' && c <= '9'; }
    static bool isBlank(int c) { return c == ' ' || c == '\t'; }
    static bool isBreak(int c) { return c == '\n' || c == '\r'; }
    static bool isSign(int c) { return c > ' ' && c < 0x80 && !isLetter(c) && !isDigit(c); }
    static bool isHan(int c) { return c >= 0xE4 && c <= 0xE9; }

    /// Whether the \p count bytes up to \p at are all of a kind.
    template <typename Kind>
    [[nodiscard]] bool inARow(std::size_t at, std::size_t count, Kind kind) const
    {
        for (std::size_t back = 0; back < count; ++back) {
            if (!kind(byte(at, back))) {
                return false;
            }
        }
        return true;
    }
    void add(Trait trait, bool is)
    {
        m_traits.counts[static_cast<std::size_t>(trait)] += is ? 1 : 0;
    }

    void words(std::size_t i)
    {
        const int c = byte(i);
        const int before = byte(i, 1);
        add(Trait::Word, isLetter(c) && !isLetter(before));
        add(Trait::Letter4, inARow(i, 4, isLetter));
        add(Trait::Letter6, inARow(i, 6, isLetter));
        add(Trait::Letter12, inARow(i, 12, isLetter));
        add(Trait::Hump, isCapital(c) && isLetter(before) && !isCapital(before));
        add(Trait::Capitals, inARow(i, 2, isCapital));
        add(Trait::WordAfterSign, isLetter(c) && isSign(before));
    }
    void numbersAndSpace(std::size_t i)
    {
        const int c = byte(i);
        const int before = byte(i, 1);
        add(Trait::Number, isDigit(c) && !isDigit(before));
        add(Trait::Digit, isDigit(c));
        add(Trait::SpacedNumber, isDigit(c) && isBlank(before));
        add(Trait::Blanks, inARow(i, 2, isBlank) && !isBlank(byte(i, 2)));
        add(Trait::Break, isBreak(c) && !isBreak(before));
        add(Trait::BreakAfterSign, isBreak(c) && isSign(before));
        add(Trait::Control, c < ' ' && !isBlank(c) && !isBreak(c));
    }
    void signs(std::size_t i)
    {
        const int c = byte(i);
        const int before = byte(i, 1);
        add(Trait::Sign, isSign(c) && !isSign(before));
        add(Trait::Sign2, inARow(i, 2, isSign));
        add(Trait::Sign4, inARow(i, 4, isSign));
        add(Trait::SignAfterWord, isSign(c) && isLetter(before));
        add(Trait::Quote, c == '"');
        add(Trait::Underscore, c == '_');
    }
    void scripts(std::size_t i)
    {
        const int c = byte(i);
        const bool afterE3 = byte(i, 1) == 0xE3;
        add(Trait::Han, isHan(c));
        add(Trait::HanRun, isHan(c) && !isHan(byte(i, 3)));
        add(Trait::SpacedHan, isHan(c) && !isHan(byte(i, 3)) && isBlank(byte(i, 1)));
        add(Trait::CjkSign, c == 0xEF || (afterE3 && c == 0x80));
        add(Trait::Kana, afterE3 && c > 0x80 && c <= 0xBF);
        add(Trait::Hangul, c >= 0xEA && c <= 0xED);
        add(Trait::Typographic, c == 0xE2);
        add(Trait::Latin, c >= 0xC3 && c <= 0xC6);
        add(Trait::Alphabetic, c == 0xC2 || (c >= 0xC7 && c <= 0xDF));
        add(Trait::Syllabic, c == 0xE0 || c == 0xE1 || c == 0xEE);
        add(Trait::Astral, c >= 0xF0 && c <= 0xF4);
    }

    std::string_view m_text;
    TextTraits m_traits;
};

} // namespace

/// *Goal*: sixty-four bytes at a time count as one by one. *Method*: a naive counter beside it, over
/// random texts of every length around the seams.
class TestTextTraits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsWhatItSays();
    void agreesWithANaiveCount();
    void addsUp();
};

void TestTextTraits::countsWhatItSays()
{
    const TextTraits english = traitsOf("Getting 12 camelCase words, \"quoted\".\n");
    QCOMPARE(english[Trait::Word], 4);
    QCOMPARE(english[Trait::Hump], 1);
    QCOMPARE(english[Trait::Number], 1);
    QCOMPARE(english[Trait::Digit], 2);
    QCOMPARE(english[Trait::SpacedNumber], 1);
    QCOMPARE(english[Trait::Quote], 2);
    QCOMPARE(english[Trait::BreakAfterSign], 1);
    const TextTraits chinese = traitsOf("请看 README，谢谢。");
    QCOMPARE(chinese[Trait::Han], 4);
    QCOMPARE(chinese[Trait::HanRun], 2);
    QCOMPARE(chinese[Trait::CjkSign], 2);
    QCOMPARE(chinese[Trait::Word], 1);
    QVERIFY(traitsOf("") == TextTraits());
}

void TestTextTraits::agreesWithANaiveCount()
{
    static const std::vector<std::string> kinds = {"a",    "etaoin", "ABC",  "x",       "Q",
                                                   "0",    "42",     " ",    "  ",      "\t",
                                                   "\n",   "\r\n",   ".",    "\"",      "_",
                                                   "==",   "中",     "文字", "。",      "，",
                                                   "か",   "ナ",     "한",   "—",       "é",
                                                   "ж",    "ह",      "😀",    "\x01",    "\x7F",
                                                   "\xFF", "\x80",   "\xE3", "\xE3\x80"};
    Random random(7);
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        const std::size_t least = random.next() % 300;
        while (text.size() < least) {
            const std::string &kind = kinds[random.next() % kinds.size()];
            const std::uint64_t times = random.next() % 8 == 0 ? random.next() % 90 : 1;
            for (std::uint64_t i = 0; i < times; ++i) {
                text += kind;
            }
        }
        const TextTraits found = traitsOf(text);
        const TextTraits expected = Naive(text).traits();
        for (std::size_t i = 0; i < kTraits; ++i) {
            QVERIFY2(found.counts[i] == expected.counts[i],
                     (std::to_string(i) + ": " + std::to_string(found.counts[i]) + " for "
                      + std::to_string(expected.counts[i]) + " in " + text)
                         .c_str());
        }
    }
}

void TestTextTraits::addsUp()
{
    TextTraits both;
    addTraits("one", both);
    addTraits("two", both);
    TextTraits sum = traitsOf("one");
    sum += traitsOf("two");
    QVERIFY(both == sum);
    QCOMPARE(sum[Trait::Word], 2); // two texts are two words, whatever touches
}

QTEST_APPLESS_MAIN(TestTextTraits)
#include "tst_text_traits.moc"
