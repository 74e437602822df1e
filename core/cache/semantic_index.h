// SPDX-License-Identifier: Apache-2.0
// Questions that were answered, to be found by what they mean.
#pragma once

#include "core/cache/digest.h"
#include "core/cache/embedding.h"
#include "core/cache/question_scope.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

namespace signalbox::cache {

/// What is to become of an index that is kept elsewhere. To be carried out in their order.
struct PutQuestion
{
    Digest scope;
    Digest key;
    std::string question;
    std::shared_ptr<const Embedding> point; ///< null: by the built-in embedder
};
struct EraseQuestion
{
    Digest scope;
    Digest key;
};
/// A scope with all of its questions.
struct TakeScope
{
    Digest scope;
    std::shared_ptr<QuestionScope> questions; ///< whoever takes it is its only owner
};
struct ForgetQuestions
{};
using IndexOrder = std::variant<PutQuestion, EraseQuestion, TakeScope, ForgetQuestions>;
using IndexOrders = std::vector<IndexOrder>;

/// Knows questions, not answers; bounded by whoever keeps those. Not for several threads.
class SemanticIndex
{
public:
    using Found = Alike;

    explicit SemanticIndex(IndexSettings settings)
        : m_settings(settings)
    {}

    /// \p key's request asked \p question, all else being \p scope (CacheKey::context). What the
    /// key had before in that scope is forgotten. By the built-in embedder where \p point is null.
    void put(const Digest &scope,
             const Digest &key,
             std::string_view question,
             const Embedding *point = nullptr);
    /// False when there was none.
    bool erase(const Digest &scope, const Digest &key);
    void clear();
    void carryOut(IndexOrder &&order);

    /// Of \p scope alone: nothing of another scope is ever compared.
    [[nodiscard]] Found find(const Digest &scope, const AskedQuestion &asked) const;
    [[nodiscard]] Found find(const Digest &scope, std::string_view question) const
    {
        return find(scope, AskedQuestion::of(question));
    }
    /// For lookups from now on, and for scopes that grow.
    void configure(IndexSettings settings) { m_settings = settings; }
    [[nodiscard]] const IndexSettings &settings() const { return m_settings; }

    /// Does a part of what larger scopes need: up to \p most points go into a graph. False when there is
    /// nothing to be done.
    bool advance(std::size_t most);

    /// Null when there is none of it.
    [[nodiscard]] const QuestionScope *scope(const Digest &scope) const;
    /// Takes it away, to be kept elsewhere. \pre there is one
    [[nodiscard]] std::shared_ptr<QuestionScope> release(const Digest &scope);

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] std::size_t scopes() const { return m_scopes.size(); }
    /// Of memory, near enough.
    [[nodiscard]] std::size_t bytes() const;

private:
    IndexSettings m_settings;
    std::unordered_map<Digest, std::shared_ptr<QuestionScope>> m_scopes;
    std::vector<Digest> m_growing; ///< that may have something to be done
    std::size_t m_size = 0;
};

} // namespace signalbox::cache
