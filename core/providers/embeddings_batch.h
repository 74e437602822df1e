// SPDX-License-Identifier: Apache-2.0
// A request for more embeddings than a provider gives at once, and its answers as one.
#pragma once

#include "core/domain/usage.h"
#include "core/providers/client_api.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace signalbox::providers {

/// \p request for \p count of its texts from \p first on; all else as it is. \pre it is of texts
/// alone, and has them
[[nodiscard]] EmbeddingsRequest batchOf(const EmbeddingsRequest &request,
                                        std::size_t first,
                                        std::size_t count);

/// Takes the answers of batches in their order, in OpenAI's form.
class JoinedEmbeddings
{
public:
    /// Appends the \p count embeddings of \p answer, numbered after those before; false, and nothing
    /// taken, when it has not that many, each number once.
    [[nodiscard]] bool add(std::string_view answer, std::size_t count);
    [[nodiscard]] std::size_t size() const { return m_count; }
    [[nodiscard]] std::size_t bytes() const { return m_data.size(); }
    /// The whole answer. \p usage: of all batches.
    [[nodiscard]] std::string json(const Usage &usage) const;

private:
    std::string m_data; ///< elements, with commas between
    std::size_t m_count = 0;
    std::string m_model;
};

} // namespace signalbox::providers
