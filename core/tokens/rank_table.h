// SPDX-License-Identifier: Apache-2.0
// The vocabulary of a byte-pair tokenizer: which bytes are a token, and which merge comes first.
#pragma once

#include "core/base/result.h"

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::tokens {

/// The rank of what is no token; positive as a signed number too, by which vectors compare.
inline constexpr std::uint32_t kNoRank = std::numeric_limits<std::int32_t>::max();

/// What makes a rank file unusable.
struct RankFault
{
    std::size_t line = 0; ///< from 1; 0 where it is not in one line
    std::string message;
};

/// Immutable once read: any number of threads may ask.
class RankTable
{
public:
    /// Reads tiktoken's format, a line per token: `base64(bytes) SPACE rank`. All 256 bytes must be
    /// tokens, so that every text has an encoding; no token and no rank may come twice.
    static Result<RankTable, RankFault> parse(std::string_view file);

    /// The rank of \p bytes, or kNoRank.
    [[nodiscard]] std::uint32_t rankOf(std::string_view bytes) const;
    /// The same of two bytes, which is what every merge begins with.
    [[nodiscard]] std::uint32_t rankOfPair(char first, char second) const
    {
        return m_pairs[static_cast<unsigned char>(first) * 256U
                       + static_cast<unsigned char>(second)];
    }
    [[nodiscard]] std::size_t size() const { return m_size; }

private:
    /// Sixteen bytes, for it is the cache that this table is slow by.
    struct Slot
    {
        std::uint64_t word = 0; ///< up to eight bytes themselves; of more their hash
        std::uint32_t begin = 0; ///< in m_bytes, of more than eight
        std::uint32_t lengthAndRank = 0; ///< eleven bits and twenty; 0: free
    };
    struct Key;

    RankTable() = default;
    Status<RankFault> add(std::string_view bytes, std::uint32_t rank);
    [[nodiscard]] std::size_t placeOf(std::string_view bytes, const Key &key) const;

    std::vector<Slot> m_slots; ///< open addressing, a power of two, at most half full
    /// A bit for each of many hashes, few of them set: most of what is asked for is no token.
    std::vector<std::uint64_t> m_filter;
    std::string m_bytes; ///< of the tokens of more than eight
    std::vector<std::uint32_t> m_pairs;
    std::vector<bool> m_ranks; ///< those taken; empty once read
    std::size_t m_size = 0;
    std::size_t m_longest = 0;
};

} // namespace signalbox::tokens
