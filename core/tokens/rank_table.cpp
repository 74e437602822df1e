// SPDX-License-Identifier: Apache-2.0
#include "core/tokens/rank_table.h"

#include "core/base/bounds.h"
#include "core/base/text.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>

namespace signalbox::tokens {
namespace {

template <typename Word>
std::uint64_t wordAt(const char *bytes)
{
    Word word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return word;
}

std::uint64_t mixed(std::uint64_t hash, std::uint64_t word)
{
    constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15ULL; // 2^64 over the golden ratio
    hash = (hash ^ word) * kOdd;
    return hash ^ (hash >> 32U);
}

/// Up to eight bytes as a number; with their count it tells them apart from all others.
std::uint64_t asWord(std::string_view bytes)
{
    const char *const begin = bytes.data();
    const std::size_t size = bytes.size();
    if (size == 8) {
        return wordAt<std::uint64_t>(begin);
    }
    if (size >= 4) {
        const std::uint64_t high = wordAt<std::uint32_t>(begin + size - 4);
        return (high << 32U) | wordAt<std::uint32_t>(begin);
    }
    if (size >= 2) {
        const std::uint64_t high = wordAt<std::uint16_t>(begin + size - 2);
        return (high << 16U) | wordAt<std::uint16_t>(begin);
    }
    return size == 0 ? 0 : wordAt<std::uint8_t>(begin);
}

constexpr std::size_t kWordBytes = 8;
constexpr std::uint32_t kRankBits = 20;
static_assert(bounds::kTokenRanksMax == std::size_t{1} << kRankBits);
constexpr std::size_t kFilterBits = std::size_t{1} << 22U;

int sextetOf(char c)
{
    constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const auto at = kDigits.find(c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

/// RFC 4648 section 4, with its padding; nothing for anything else.
std::optional<std::string> fromBase64(std::string_view text)
{
    if (text.empty() || text.size() % 4 != 0) {
        return std::nullopt;
    }
    const std::size_t padding = text.ends_with("==") ? 2 : (text.ends_with('=') ? 1 : 0);
    std::string bytes;
    std::uint32_t bits = 0;
    int held = 0;
    for (const char c : text.substr(0, text.size() - padding)) {
        const int sextet = sextetOf(c);
        if (sextet < 0) {
            return std::nullopt;
        }
        bits = (bits << 6U) | static_cast<std::uint32_t>(sextet);
        held += 6;
        if (held >= 8) {
            held -= 8;
            bytes += static_cast<char>((bits >> static_cast<unsigned>(held)) & 0xFFU);
        }
    }
    return bytes;
}

} // namespace

struct RankTable::Key
{
    explicit Key(std::string_view bytes)
    {
        std::uint64_t sum = bytes.size();
        if (bytes.size() <= kWordBytes) {
            word = asWord(bytes);
            hash = mixed(sum, word);
            return;
        }
        for (std::size_t i = 0; i + kWordBytes < bytes.size(); i += kWordBytes) {
            sum = mixed(sum, wordAt<std::uint64_t>(bytes.data() + i));
        }
        // The last eight, some of them over again: tokens are short and asked for often.
        hash = mixed(sum, wordAt<std::uint64_t>(bytes.data() + bytes.size() - kWordBytes));
        word = hash;
    }
    [[nodiscard]] std::size_t filterBit() const
    {
        return static_cast<std::size_t>(hash >> 32U) % kFilterBits;
    }

    std::uint64_t word = 0;
    std::uint64_t hash = 0;
};

Result<RankTable, RankFault> RankTable::parse(std::string_view file)
{
    const auto lines = static_cast<std::size_t>(std::ranges::count(file, '\n')) + 1;
    if (lines > bounds::kTokenRanksMax) {
        return Failure{
            RankFault{0, "more than " + std::to_string(bounds::kTokenRanksMax) + " lines"}};
    }
    RankTable table;
    table.m_slots.resize(std::bit_ceil(2 * lines));
    table.m_filter.assign(kFilterBits / 64, 0);
    table.m_pairs.assign(256UL * 256, kNoRank);
    table.m_ranks.resize(bounds::kTokenRanksMax);
    std::size_t number = 0;
    while (!file.empty()) {
        ++number;
        const std::string_view line = file.substr(0, file.find('\n'));
        file.remove_prefix(std::min(file.size(), line.size() + 1));
        const std::size_t blank = line.find(' ');
        const auto bytes = fromBase64(line.substr(0, blank));
        const auto rank = blank == std::string_view::npos ? std::nullopt
                                                          : parseInteger(line.substr(blank + 1));
        if (!bytes || !rank) {
            return Failure{RankFault{number, "not base64, a space and a rank"}};
        }
        if (*rank >= static_cast<std::int64_t>(bounds::kTokenRanksMax)) {
            return Failure{RankFault{number, "a rank that no tokenizer has"}};
        }
        if (auto added = table.add(*bytes, static_cast<std::uint32_t>(*rank)); !added) {
            return Failure{RankFault{number, added.error().message}};
        }
    }
    for (int byte = 0; byte < 256; ++byte) {
        const char c = static_cast<char>(byte);
        if (table.rankOf({&c, 1}) == kNoRank) {
            return Failure{RankFault{0, "byte " + std::to_string(byte) + " is no token"}};
        }
    }
    table.m_ranks = {};
    return table;
}

Status<RankFault> RankTable::add(std::string_view bytes, std::uint32_t rank)
{
    if (bytes.empty() || bytes.size() > bounds::kTokenBytesMax) {
        return Failure{RankFault{0, "a token of " + std::to_string(bytes.size()) + " bytes"}};
    }
    const Key key(bytes);
    Slot &slot = m_slots[placeOf(bytes, key)];
    if (slot.lengthAndRank != 0 || m_ranks[rank]) {
        return Failure{RankFault{0,
                                 slot.lengthAndRank != 0 ? "a token that was there already"
                                                         : "a rank that was there already"}};
    }
    const auto length = static_cast<std::uint32_t>(bytes.size());
    slot = {key.word, static_cast<std::uint32_t>(m_bytes.size()), length << kRankBits | rank};
    if (bytes.size() > kWordBytes) {
        m_bytes += bytes;
    }
    m_filter[key.filterBit() / 64] |= std::uint64_t{1} << (key.filterBit() % 64);
    m_ranks[rank] = true;
    m_longest = std::max(m_longest, bytes.size());
    ++m_size;
    if (bytes.size() == 2) {
        m_pairs[static_cast<unsigned char>(bytes[0]) * 256U
                + static_cast<unsigned char>(bytes[1])] = rank;
    }
    return Nothing{};
}

/// Where \p bytes are, or the free slot where they would be.
std::size_t RankTable::placeOf(std::string_view bytes, const Key &key) const
{
    const std::size_t mask = m_slots.size() - 1;
    std::size_t at = static_cast<std::size_t>(key.hash) & mask;
    while (m_slots[at].lengthAndRank != 0) {
        const Slot &slot = m_slots[at];
        const bool alike = slot.word == key.word && slot.lengthAndRank >> kRankBits == bytes.size();
        if (alike
            && (bytes.size() <= kWordBytes
                || std::memcmp(m_bytes.data() + slot.begin, bytes.data(), bytes.size()) == 0)) {
            break;
        }
        at = (at + 1) & mask;
    }
    return at;
}

std::uint32_t RankTable::rankOf(std::string_view bytes) const
{
    if (bytes.size() > m_longest) {
        return kNoRank;
    }
    const Key key(bytes);
    if ((m_filter[key.filterBit() / 64] >> (key.filterBit() % 64) & 1U) == 0) {
        return kNoRank;
    }
    const Slot &slot = m_slots[placeOf(bytes, key)];
    constexpr std::uint32_t kRankMask = (1U << kRankBits) - 1;
    return slot.lengthAndRank == 0 ? kNoRank : slot.lengthAndRank & kRankMask;
}

} // namespace signalbox::tokens
