// SPDX-License-Identifier: Apache-2.0
#include "core/tokens/text_traits.h"

#include <bit>
#include <cstring>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace signalbox::tokens {
namespace {

/// Sixteen bytes at once (the vectors of GCC and Clang).
using Block [[gnu::vector_size(16)]] = unsigned char;
/// A bit for each byte of four blocks, the first one lowest.
using Mask = std::uint64_t;

constexpr std::size_t kChunk = 64;

/// The highest bit of each byte; comparisons set all of them or none.
[[gnu::always_inline]] inline Mask bitsOf(Block block)
{
#if defined(__SSE2__)
    __m128i vector;
    std::memcpy(&vector, &block, sizeof vector);
    return static_cast<std::uint32_t>(_mm_movemask_epi8(vector));
#else
    std::array<std::uint64_t, 2> words{};
    std::memcpy(words.data(), &block, sizeof block);
    const auto gathered = [](std::uint64_t word) {
        return ((word & 0x8080808080808080U) >> 7U) * 0x0102040810204080U >> 56U;
    };
    return gathered(words[0]) | gathered(words[1]) << 8U;
#endif
}

/// What each byte of a chunk is.
struct Kinds
{
    Mask letter = 0;
    Mask capital = 0;
    Mask digit = 0;
    Mask blank = 0;
    Mask lineEnd = 0;
    Mask quote = 0;
    Mask underscore = 0;
    Mask control = 0; ///< line ends and tabs among them
    Mask high = 0; ///< not ASCII
};

/// What lead bytes of UTF-8 there are.
struct Leads
{
    Mask two = 0;
    Mask latin = 0; ///< C3 to C6
    Mask e2 = 0;
    Mask e3 = 0;
    Mask han = 0; ///< E4 to E9
    Mask hangul = 0; ///< EA to ED
    Mask ef = 0;
    Mask three = 0;
    Mask four = 0;
    Mask hex80 = 0; ///< the byte 80, which after E3 makes punctuation
    Mask rest = 0; ///< the others that may follow E3
};

[[gnu::always_inline]] inline Block within(Block block, unsigned char first, unsigned char last)
{
    return Block((block - first) <= static_cast<unsigned char>(last - first));
}

/// Walks a text chunk by chunk, remembering the chunk before where runs go on.
class Walk
{
public:
    explicit Walk(TextTraits &sum)
        : m_sum(sum)
    {}

    /// \p valid has a bit for each byte that is the text's.
    [[gnu::always_inline]] inline void chunk(const char *bytes, Mask valid)
    {
        Kinds kinds;
        std::array<Block, 4> blocks;
        std::memcpy(blocks.data(), bytes, kChunk);
        for (unsigned i = 0; i < blocks.size(); ++i) {
            addKinds(blocks[i], 16 * i, kinds);
        }
        words(kinds);
        numbersAndSpace(kinds);
        signs(kinds, valid);
        const bool foreign = kinds.high != 0;
        if (foreign || m_foreign) {
            Leads leads;
            for (unsigned i = 0; foreign && i < blocks.size(); ++i) {
                addLeads(blocks[i], 16 * i, leads);
            }
            scripts(leads);
        }
        m_foreign = foreign;
        m_before = kinds;
    }

private:
    [[gnu::always_inline]] static inline void addKinds(Block block, unsigned at, Kinds &kinds)
    {
        kinds.letter |= bitsOf(within(block | 0x20U, 'a', 'z')) << at;
        kinds.capital |= bitsOf(within(block, 'A', 'Z')) << at;
        kinds.digit |= bitsOf(within(block, '0', '9')) << at;
        kinds.blank |= bitsOf(Block(block == ' ') | Block(block == '\t')) << at;
        kinds.lineEnd |= bitsOf(Block(block == '\n') | Block(block == '\r')) << at;
        kinds.quote |= bitsOf(Block(block == '"')) << at;
        kinds.underscore |= bitsOf(Block(block == '_')) << at;
        kinds.control |= bitsOf(Block(block < 0x20)) << at;
        kinds.high |= bitsOf(block) << at;
    }

    [[gnu::always_inline]] static inline void addLeads(Block block, unsigned at, Leads &leads)
    {
        leads.two |= bitsOf(within(block, 0xC2, 0xDF)) << at;
        leads.latin |= bitsOf(within(block, 0xC3, 0xC6)) << at;
        leads.e2 |= bitsOf(Block(block == 0xE2)) << at;
        leads.e3 |= bitsOf(Block(block == 0xE3)) << at;
        leads.han |= bitsOf(within(block, 0xE4, 0xE9)) << at;
        leads.hangul |= bitsOf(within(block, 0xEA, 0xED)) << at;
        leads.ef |= bitsOf(Block(block == 0xEF)) << at;
        leads.three |= bitsOf(within(block, 0xE0, 0xEF)) << at;
        leads.four |= bitsOf(within(block, 0xF0, 0xF4)) << at;
        leads.hex80 |= bitsOf(Block(block == 0x80)) << at;
        leads.rest |= bitsOf(within(block, 0x81, 0xBF)) << at;
    }

    /// Where a bit of \p mask is \p by bytes earlier; \p before is the same of the chunk before.
    [[gnu::always_inline]] static inline Mask after(Mask mask, Mask before, unsigned by)
    {
        return mask << by | before >> (kChunk - by);
    }

    [[gnu::always_inline]] inline void add(Trait trait, Mask mask)
    {
        m_sum.counts[static_cast<std::size_t>(trait)] += std::popcount(mask);
    }

    [[gnu::always_inline]] inline void words(const Kinds &now)
    {
        const Mask afterLetter = after(now.letter, m_before.letter, 1);
        const Mask start = now.letter & ~afterLetter;
        const Mask two = now.letter & afterLetter;
        const Mask four = two & after(two, m_letter2, 2);
        const Mask six = four & after(four, m_letter4, 2);
        const Mask eight = four & after(four, m_letter4, 4);
        const Mask twelve = eight & after(eight, m_letter8, 4);
        m_letter2 = two;
        m_letter4 = four;
        m_letter8 = eight;
        const Mask afterCapital = after(now.capital, m_before.capital, 1);
        add(Trait::Word, start);
        add(Trait::Letter4, four);
        add(Trait::Letter6, six);
        add(Trait::Letter12, twelve);
        add(Trait::Hump, now.capital & afterLetter & ~afterCapital);
        add(Trait::Capitals, now.capital & afterCapital);
        m_wordStart = start;
        m_afterLetter = afterLetter;
    }

    [[gnu::always_inline]] inline void numbersAndSpace(const Kinds &now)
    {
        m_afterBlank = after(now.blank, m_before.blank, 1);
        const Mask number = now.digit & ~after(now.digit, m_before.digit, 1);
        add(Trait::Number, number);
        add(Trait::Digit, now.digit);
        add(Trait::SpacedNumber, number & m_afterBlank);
        const Mask blanks = now.blank & m_afterBlank;
        add(Trait::Blanks, blanks & ~after(blanks, m_blanks, 1));
        m_blanks = blanks;
        m_lineEnd = now.lineEnd & ~after(now.lineEnd, m_before.lineEnd, 1);
        add(Trait::Break, m_lineEnd);
        add(Trait::Control, now.control & ~now.blank & ~now.lineEnd);
    }

    [[gnu::always_inline]] inline void signs(const Kinds &now, Mask valid)
    {
        const Mask sign = ~(now.letter | now.digit | now.blank | now.control | now.high) & valid;
        const Mask afterSign = after(sign, m_sign, 1);
        const Mask two = sign & afterSign;
        const Mask four = two & after(two, m_sign2, 2);
        add(Trait::BreakAfterSign, m_lineEnd & afterSign);
        add(Trait::Sign, sign & ~afterSign);
        add(Trait::Sign2, two);
        add(Trait::Sign4, four);
        add(Trait::SignAfterWord, sign & m_afterLetter);
        add(Trait::WordAfterSign, m_wordStart & afterSign);
        add(Trait::Quote, now.quote);
        add(Trait::Underscore, now.underscore);
        m_sign = sign;
        m_sign2 = two;
    }

    /// A character is counted where its first byte is, but for what its second byte tells.
    [[gnu::always_inline]] inline void scripts(const Leads &now)
    {
        const Mask run = now.han & ~after(now.han, m_leads.han, 3);
        const Mask afterE3 = after(now.e3, m_leads.e3, 1);
        const Mask cjkSign = afterE3 & now.hex80;
        add(Trait::Han, now.han);
        add(Trait::HanRun, run);
        add(Trait::SpacedHan, run & m_afterBlank);
        add(Trait::CjkSign, cjkSign | now.ef);
        add(Trait::Kana, afterE3 & now.rest);
        add(Trait::Hangul, now.hangul);
        add(Trait::Typographic, now.e2);
        add(Trait::Latin, now.latin);
        add(Trait::Alphabetic, now.two & ~now.latin);
        add(Trait::Syllabic, now.three & ~(now.e2 | now.e3 | now.han | now.hangul | now.ef));
        add(Trait::Astral, now.four);
        m_leads = now;
    }

    TextTraits &m_sum;
    Kinds m_before;
    Leads m_leads;
    bool m_foreign = false; ///< the chunk before was not all ASCII
    Mask m_letter2 = 0;
    Mask m_letter4 = 0;
    Mask m_letter8 = 0;
    Mask m_wordStart = 0;
    Mask m_afterLetter = 0;
    Mask m_afterBlank = 0;
    Mask m_blanks = 0;
    Mask m_lineEnd = 0; ///< starts of runs
    Mask m_sign = 0;
    Mask m_sign2 = 0;
};

[[gnu::always_inline]] inline void walk(std::string_view text, TextTraits &sum)
{
    Walk walk(sum);
    for (; text.size() >= kChunk; text.remove_prefix(kChunk)) {
        walk.chunk(text.data(), ~Mask{0});
    }
    if (!text.empty()) {
        // What is missing in the last chunk is filled with a byte that begins and continues nothing.
        std::array<char, kChunk> rest;
        rest.fill('\xFF');
        std::memcpy(rest.data(), text.data(), text.size());
        walk.chunk(rest.data(), ~Mask{0} >> (kChunk - text.size()));
    }
}

#if defined(__x86_64__)
/// Counting bits is half of the work, and an instruction of its own on all but the first of these
/// processors.
[[gnu::target("popcnt")]] void walkWithPopcnt(std::string_view text, TextTraits &sum)
{
    walk(text, sum);
}
#endif

void walkPlainly(std::string_view text, TextTraits &sum)
{
    walk(text, sum);
}

} // namespace

void addTraits(std::string_view text, TextTraits &sum)
{
#if defined(__x86_64__)
    static const bool popcnt = __builtin_cpu_supports("popcnt") != 0;
    if (popcnt) {
        walkWithPopcnt(text, sum);
        return;
    }
#endif
    walkPlainly(text, sum);
}

} // namespace signalbox::tokens
