// SPDX-License-Identifier: GPL-3.0-or-later
// What the filters of all lists have in common: terms parted by blanks, `key:value` or a word alone.
#pragma once

#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <vector>

namespace signalbox::ui {

/// One part of a filter as it stands in the text.
struct QueryTerm
{
    int start = 0; ///< in the text
    int length = 0;
    QString text = {}; ///< as typed
    QString problem = {}; ///< why it makes no sense, in a sentence; empty: it does

    friend bool operator==(const QueryTerm &, const QueryTerm &) = default;
};

/// Where the terms of \p text are: blanks in double quotes do not part them.
[[nodiscard]] std::vector<QueryTerm> termsOf(const QString &text);
/// The first term's problem; empty: all make sense.
[[nodiscard]] QString problemIn(const std::vector<QueryTerm> &terms);
/// \p text without its term number \p index.
[[nodiscard]] QString withoutTerm(const QString &text,
                                  const std::vector<QueryTerm> &terms,
                                  std::size_t index);

/// What a term says.
struct TermPair
{
    QString key = {}; ///< lower case; empty: a word alone
    QString value = {}; ///< without its quotes
    bool quoted = false; ///< a word alone that began with a quote
};
[[nodiscard]] TermPair pairIn(const QString &term);

/// A figure's bound: `>2s`.
struct QueryBound
{
    enum class Side {
        Least,
        Most
    };
    Side side = Side::Least;
    bool strict = false; ///< the figure itself is not meant
    QString figure = {};
};
/// Nothing where \p value does not begin with `<` or `>`.
[[nodiscard]] std::optional<QueryBound> boundIn(const QString &value);
/// Whole units of \p figure times \p scale; its unit has been taken off.
[[nodiscard]] std::optional<std::int64_t> scaledFigure(const QString &figure, double scale);

struct Completion
{
    int start = 0; ///< what it replaces begins here and ends at the cursor
    QStringList texts = {};
};

/// How the word before \p cursor may go on: \p keys (each with its colon), then what a key takes.
[[nodiscard]] Completion completeTerm(
    const QString &text,
    int cursor,
    const QStringList &keys,
    const std::function<QStringList(const QString &key)> &valuesFor);

} // namespace signalbox::ui
