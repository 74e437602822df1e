// SPDX-License-Identifier: GPL-3.0-or-later
// The language of the cache's filter: `route:chat model:gpt-4.1 age:>1d hits:0 how do I`.
#pragma once

#include "ui/models/query_terms.h"

#include "core/domain/cache_view.h"

namespace signalbox::ui {

struct CacheSearch
{
    CacheFilter filter = {}; ///< of the terms that make sense
    std::vector<QueryTerm> terms = {};

    /// The first term's that makes no sense; empty: all do.
    [[nodiscard]] QString problem() const { return problemIn(terms); }
};

/// Terms as in the requests' filter, and all must hold: `route:` `model:` `client:` a name;
/// `age:>1d` (`s`, `m`, `h`, `d`): made so long ago or longer; `hits:0`, `hits:<=3`. Words alone are
/// looked for in the question, as they stand beside each other, letters' case aside.
[[nodiscard]] CacheSearch parseCacheSearch(const QString &text);

/// Names for completion.
struct CacheNames
{
    QStringList routes = {};
    QStringList models = {};
    QStringList clients = {};
};

[[nodiscard]] Completion completeCacheSearch(const QString &text,
                                             int cursor,
                                             const CacheNames &names);

} // namespace signalbox::ui
