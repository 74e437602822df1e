// SPDX-License-Identifier: GPL-3.0-or-later
// The language of the requests' filter: `status:5xx provider:qwen latency:>2s "rate limit"`.
#pragma once

#include "ui/models/query_terms.h"

#include "core/domain/ledger_query.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace signalbox::ui {

struct RequestQuery
{
    RequestFilter filter = {}; ///< of the terms that make sense
    std::vector<QueryTerm> terms = {};

    /// The first term's that makes no sense; empty: all do.
    [[nodiscard]] QString problem() const;
};

/// Terms are parted by blanks, values with blanks stand in double quotes, and all must hold:
/// `route:` `rule:` `target:` `provider:` `client:` `id:` `cache:` `outcome:` a name;
/// `status:` a number, a class (`5xx`) or `error`; `error:` words of an error;
/// `latency:` `cost:` `tokens:` a figure with `>`, `>=`, `<` or `<=` before it (`2s`, `800ms`; dollars;
/// `4k`); `cost:unknown`. A word alone is a target where it has a slash, an id where it is written
/// as one, else words of an error.
[[nodiscard]] RequestQuery parseRequestQuery(const QString &text);

/// Names that the gateway has, for completion.
struct QueryNames
{
    QStringList routes = {};
    QStringList rules = {};
    QStringList targets = {};
    QStringList providers = {};
    QStringList clients = {};
};

/// How the word before \p cursor may go on: keys, then what the key takes.
[[nodiscard]] Completion completeRequestQuery(const QString &text,
                                              int cursor,
                                              const QueryNames &names);

} // namespace signalbox::ui
