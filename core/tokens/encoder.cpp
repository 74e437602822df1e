// SPDX-License-Identifier: Apache-2.0
#include "core/tokens/encoder.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <utility>

namespace signalbox::tokens {
namespace {

/// A piece up to here is merged by looking for the least rank each time; beyond it with a heap.
constexpr std::size_t kShortPiece = 96;

/// Where a token begins, and the rank it would have together with the next one.
struct Part
{
    std::uint32_t begin = 0;
    std::uint32_t rank = kNoRank;
};

/// Merges the pair of the least rank, the leftmost of equals, until none is left; hands out the
/// tokens. Quadratic, and the quickest for few bytes.
template <typename Take>
void mergeShort(std::string_view piece, const RankTable &ranks, const Take &take)
{
    std::array<Part, kShortPiece + 1> parts; // NOLINT(cppcoreguidelines-pro-type-member-init)
    std::size_t count = piece.size();
    for (std::size_t i = 0; i < count; ++i) {
        const bool last = i + 1 == count;
        parts[i] = {static_cast<std::uint32_t>(i),
                    last ? kNoRank : ranks.rankOfPair(piece[i], piece[i + 1])};
    }
    parts[count] = {static_cast<std::uint32_t>(piece.size()), kNoRank};
    const auto rankOver = [&](std::size_t first) {
        if (first + 2 > count) {
            return kNoRank;
        }
        const std::size_t begin = parts[first].begin;
        return ranks.rankOf(piece.substr(begin, parts[first + 2].begin - begin));
    };
    while (true) {
        const auto end = parts.begin() + static_cast<std::ptrdiff_t>(count);
        const auto least = std::min_element(parts.begin(), end, [](Part a, Part b) {
            return a.rank < b.rank;
        });
        if (least == end || least->rank == kNoRank) {
            break;
        }
        std::copy(least + 2, end + 1, least + 1);
        --count;
        const auto at = static_cast<std::size_t>(least - parts.begin());
        parts[at].rank = rankOver(at);
        if (at > 0) {
            parts[at - 1].rank = rankOver(at - 1);
        }
    }
    for (std::size_t i = 0; i < count; ++i) {
        take(piece.substr(parts[i].begin, parts[i + 1].begin - parts[i].begin));
    }
}

/// The same for pieces of any length: a heap of pairs, and a list of the tokens so far.
class LongMerge
{
public:
    LongMerge(std::string_view piece, const RankTable &ranks)
        : m_piece(piece)
        , m_ranks(ranks)
        , m_nodes(piece.size() + 1)
    {
        const auto size = static_cast<std::uint32_t>(piece.size());
        for (std::uint32_t i = 0; i <= size; ++i) {
            m_nodes[i] = {i == 0 ? 0 : i - 1, i + 1, kNoRank};
        }
        for (std::uint32_t i = 0; i + 1 < size; ++i) {
            m_nodes[i].rank = ranks.rankOfPair(piece[i], piece[i + 1]);
            if (m_nodes[i].rank != kNoRank) {
                m_heap.push_back(entry(m_nodes[i].rank, i));
            }
        }
        std::ranges::make_heap(m_heap, std::greater());
    }

    void run()
    {
        while (!m_heap.empty()) {
            std::ranges::pop_heap(m_heap, std::greater());
            const std::uint64_t top = m_heap.back();
            m_heap.pop_back();
            const auto at = static_cast<std::uint32_t>(top);
            if (m_nodes[at].rank == static_cast<std::uint32_t>(top >> 32U)) {
                merge(at);
            } // else: one of its two went into another merge
        }
    }

    template <typename Take>
    void tokens(const Take &take) const
    {
        for (std::uint32_t at = 0; at < m_piece.size(); at = m_nodes[at].next) {
            take(m_piece.substr(at, m_nodes[at].next - at));
        }
    }

private:
    struct Node
    {
        std::uint32_t previous = 0;
        std::uint32_t next = 0; ///< where it ends and the next begins
        std::uint32_t rank = kNoRank; ///< together with the next
    };

    /// Ordered by rank, then from left to right.
    static std::uint64_t entry(std::uint32_t rank, std::uint32_t at)
    {
        return (std::uint64_t(rank) << 32U) | at;
    }

    void merge(std::uint32_t at)
    {
        Node &node = m_nodes[at];
        m_nodes[node.next].rank = kNoRank;
        node.next = m_nodes[node.next].next;
        if (node.next < m_piece.size()) {
            m_nodes[node.next].previous = at;
        }
        rate(at);
        if (at != 0) {
            rate(node.previous);
        }
    }

    void rate(std::uint32_t at)
    {
        Node &node = m_nodes[at];
        node.rank = kNoRank;
        if (node.next >= m_piece.size()) {
            return;
        }
        node.rank = m_ranks.rankOf(m_piece.substr(at, m_nodes[node.next].next - at));
        if (node.rank != kNoRank) {
            m_heap.push_back(entry(node.rank, at));
            std::ranges::push_heap(m_heap, std::greater());
        }
    }

    std::string_view m_piece;
    const RankTable &m_ranks;
    std::vector<Node> m_nodes; ///< by the byte where each begins
    std::vector<std::uint64_t> m_heap;
};

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
            LongMerge merge(piece, m_ranks);
            merge.run();
            merge.tokens(take);
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
