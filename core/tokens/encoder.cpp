// SPDX-License-Identifier: Apache-2.0
#include "core/tokens/encoder.h"

#include "core/base/text.h"

#include <queue>

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <string>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <utility>

namespace signalbox::tokens {
namespace {

/// A piece up to here is merged by looking through all ranks each time; beyond it with a heap.
constexpr std::size_t kShortPiece = 128;

/// A piece's tokens so far as a list, each by the byte where it begins. \a Numbers holds as many as
/// the piece has bytes, and one more.
template <typename Numbers>
struct TokenList
{
    std::string_view piece;
    const RankTable &ranks;
    Numbers next; ///< where it ends and the next one begins
    Numbers previous;
    Numbers rank; ///< together with the next one

    TokenList(std::string_view piece_, const RankTable &ranks_)
        : piece(piece_)
        , ranks(ranks_)
    {} // an array stays as it is: only as much of it is used as the piece needs

    void begin()
    {
        const auto size = static_cast<std::uint32_t>(piece.size());
        for (std::uint32_t i = 0; i < size; ++i) {
            next[i] = i + 1;
            previous[i] = i == 0 ? 0 : i - 1;
            rank[i] = i + 1 == size ? kNoRank : ranks.rankOfPair(piece[i], piece[i + 1]);
        }
    }
    /// Joins the token at \p at with the next one and rates it and the one before it anew.
    void merge(std::uint32_t at)
    {
        const std::uint32_t gone = next[at];
        rank[gone] = kNoRank;
        next[at] = next[gone];
        if (next[at] < piece.size()) {
            previous[next[at]] = at;
        }
        rate(at);
        if (at != 0) {
            rate(previous[at]);
        }
    }
    template <typename Take>
    void handOut(const Take &take) const
    {
        for (std::uint32_t at = 0; at < piece.size(); at = next[at]) {
            take(piece.substr(at, next[at] - at));
        }
    }

private:
    void rate(std::uint32_t at)
    {
        const std::uint32_t second = next[at];
        rank[at] = second < piece.size() ? ranks.rankOf(piece.substr(at, next[second] - at))
                                         : kNoRank;
    }
};

/// Four ranks at once (the vectors of GCC and Clang).
using FourRanks [[gnu::vector_size(16)]] = std::int32_t;
constexpr std::size_t kLanes = 4;

FourRanks fourAt(const std::uint32_t *ranks)
{
    FourRanks four;
    std::memcpy(&four, ranks, sizeof four);
    return four;
}

/// The index of the least of \p count ranks, the first of equals; \p count when there is none.
/// \pre up to the next multiple of four they are kNoRank
std::uint32_t leastOf(const std::uint32_t *ranks, std::size_t count)
{
    constexpr auto kNone = static_cast<std::int32_t>(kNoRank);
    FourRanks least = {kNone, kNone, kNone, kNone};
    for (std::size_t i = 0; i < count; i += kLanes) {
        const FourRanks four = fourAt(ranks + i);
        least = four < least ? four : least;
    }
    const std::int32_t found = std::min(std::min(least[0], least[1]), std::min(least[2], least[3]));
    if (found == kNone) {
        return static_cast<std::uint32_t>(count);
    }
    return static_cast<std::uint32_t>(
        std::find(ranks, ranks + count, static_cast<std::uint32_t>(found)) - ranks);
}

/// Merges the pair of the least rank, the leftmost of equals, until none is left. Quadratic, and
/// the quickest for few bytes.
template <typename Take>
void mergeShort(std::string_view piece, const RankTable &ranks, const Take &take)
{
    using Numbers = std::array<std::uint32_t, kShortPiece + kLanes>;
    TokenList<Numbers> tokens(piece, ranks);
    tokens.begin();
    for (std::size_t i = piece.size(); i < piece.size() + kLanes; ++i) {
        tokens.rank[i] = kNoRank;
    }
    while (true) {
        const std::uint32_t at = leastOf(tokens.rank.data(), piece.size());
        if (at == piece.size()) {
            break;
        }
        tokens.merge(at);
    }
    tokens.handOut(take);
}

/// The same for pieces of any length, in O(n log n).
template <typename Take>
void mergeLong(std::string_view piece, const RankTable &ranks, const Take &take)
{
    using Numbers = std::vector<std::uint32_t>;
    TokenList<Numbers> tokens(piece, ranks);
    for (Numbers *numbers : {&tokens.next, &tokens.previous, &tokens.rank}) {
        numbers->resize(piece.size() + 1);
    }
    tokens.begin();
    // Ordered by rank, then from left to right.
    std::priority_queue<std::uint64_t, std::vector<std::uint64_t>, std::greater<>> pairs;
    const auto offer = [&](std::uint32_t at) {
        if (tokens.rank[at] != kNoRank) {
            pairs.push((std::uint64_t(tokens.rank[at]) << 32U) | at);
        }
    };
    for (std::uint32_t i = 0; i < piece.size(); ++i) {
        offer(i);
    }
    while (!pairs.empty()) {
        const std::uint64_t top = pairs.top();
        const auto at = static_cast<std::uint32_t>(top);
        pairs.pop();
        if (tokens.rank[at] != top >> 32U) {
            continue; // one of the two went into another merge
        }
        tokens.merge(at);
        offer(at);
        if (at != 0) {
            offer(tokens.previous[at]);
        }
    }
    tokens.handOut(take);
}

bool isAscii(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// \p text in NFC; \p kept holds it where it was not already.
std::string_view composed(std::string_view text, std::string &kept)
{
    if (isAscii(text)) {
        return text;
    }
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2 *const nfc = icu::Normalizer2::getNFCInstance(status);
    const icu::StringPiece piece(text.data(), static_cast<std::int32_t>(text.size()));
    if (U_FAILURE(status) || nfc->isNormalizedUTF8(piece, status) || U_FAILURE(status)) {
        return text;
    }
    icu::StringByteSink<std::string> sink(&kept);
    nfc->normalizeUTF8(0, piece, sink, nullptr, status);
    return U_FAILURE(status) ? text : std::string_view(kept);
}

} // namespace

Encoder::Encoder(SplitStyle style, RankTable ranks)
    : m_style(style)
    , m_ranks(std::move(ranks))
{}

template <typename Take>
void Encoder::each(std::string_view text, const Take &take) const
{
    std::string kept;
    Splitter splitter(m_style == SplitStyle::Qwen ? composed(text, kept) : text, m_style);
    while (true) {
        const std::string_view piece = splitter.next();
        if (piece.empty()) {
            return;
        }
        if (m_ranks.rankOf(piece) != kNoRank) {
            take(piece);
        } else if (piece.size() <= kShortPiece) {
            mergeShort(piece, m_ranks, take);
        } else {
            mergeLong(piece, m_ranks, take);
        }
    }
}

std::int64_t Encoder::count(std::string_view text) const
{
    std::int64_t sum = 0;
    each(text, [&sum](std::string_view) { ++sum; });
    return sum;
}

std::vector<std::uint32_t> Encoder::encode(std::string_view text) const
{
    std::vector<std::uint32_t> ranks;
    each(text, [&](std::string_view token) { ranks.push_back(m_ranks.rankOf(token)); });
    return ranks;
}

} // namespace signalbox::tokens
