// SPDX-License-Identifier: Apache-2.0
// A request for embeddings as the calls it takes at one target: batch after batch, each in order.
#pragma once

#include "core/domain/record.h"
#include "core/providers/adapter.h"
#include "core/providers/embeddings_batch.h"

#include <cstdint>
#include <optional>
#include <string>

namespace signalbox::gateway {

/// All batches are of one target: vectors of different models do not belong together.
class EmbeddingBatches
{
public:
    /// The next call goes to \p target, whose provider takes \p textsMax texts at once (0: all). A
    /// new target begins anew.
    void goTo(const TargetId &target,
              const providers::EmbeddingsRequest &request,
              std::size_t textsMax);

    /// The request takes more than one call.
    [[nodiscard]] bool isSplit() const { return m_batch < m_texts; }
    /// \p target is the one whose batches are under way, and more than one.
    [[nodiscard]] bool areOf(const TargetId &target) const
    {
        return isSplit() && target == m_target;
    }
    [[nodiscard]] bool isComplete() const { return m_joined.size() == m_texts; }
    /// The request of the call at hand. \pre isSplit()
    [[nodiscard]] providers::EmbeddingsRequest request(
        const providers::EmbeddingsRequest &whole) const;
    /// What of \p tokens, those of the whole request, the call at hand has; at least 1.
    [[nodiscard]] std::int64_t shareOf(std::int64_t tokens) const;
    [[nodiscard]] std::size_t texts() const;

    /// Takes the answer of the call at hand; false when it is none of that many texts, or all are
    /// larger than one answer may be.
    [[nodiscard]] bool take(std::string_view answer);
    /// Counts what a successful call used.
    void book(const Usage &usage);
    [[nodiscard]] const Usage &usage() const { return m_usage; }
    /// \pre isComplete()
    [[nodiscard]] std::string answer() const { return m_joined.json(m_usage); }

private:
    TargetId m_target;
    std::size_t m_texts = 0; ///< of the whole request
    std::size_t m_batch = 0; ///< texts of one call, but for the last
    providers::JoinedEmbeddings m_joined;
    Usage m_usage;
};

} // namespace signalbox::gateway
