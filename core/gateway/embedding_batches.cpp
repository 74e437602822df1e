// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/embedding_batches.h"

#include "core/base/bounds.h"

#include <algorithm>

namespace signalbox::gateway {

void EmbeddingBatches::goTo(const TargetId &target,
                            const providers::EmbeddingsRequest &request,
                            std::size_t textsMax)
{
    if (target == m_target) {
        return;
    }
    *this = {};
    m_target = target;
    m_texts = request.texts.size();
    // Token ids are counted, not kept apart: such a request goes as it is.
    const bool splits = textsMax > 0 && request.tokenIds == 0;
    m_batch = splits ? std::min(textsMax, m_texts) : m_texts;
}

std::size_t EmbeddingBatches::texts() const
{
    return std::min(m_batch, m_texts - m_joined.size());
}

providers::EmbeddingsRequest EmbeddingBatches::request(
    const providers::EmbeddingsRequest &whole) const
{
    return providers::batchOf(whole, m_joined.size(), texts());
}

std::int64_t EmbeddingBatches::shareOf(std::int64_t tokens) const
{
    return std::max<std::int64_t>(1,
                                  tokens * static_cast<std::int64_t>(texts())
                                      / static_cast<std::int64_t>(m_texts));
}

bool EmbeddingBatches::take(std::string_view answer)
{
    return m_joined.bytes() + answer.size() <= bounds::kJsonAnswerBytesMax
           && m_joined.add(answer, texts());
}

void EmbeddingBatches::book(const Usage &usage)
{
    m_usage.promptTokens += usage.promptTokens;
    m_usage.cachedTokens += usage.cachedTokens;
    m_usage.completionTokens += usage.completionTokens;
    m_usage.estimated |= usage.estimated;
}

} // namespace signalbox::gateway
