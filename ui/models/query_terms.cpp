// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/query_terms.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

QString unquoted(QString text)
{
    return text.remove(u'"');
}

} // namespace

std::vector<QueryTerm> termsOf(const QString &text)
{
    std::vector<QueryTerm> terms;
    bool quoted = false;
    bool inside = false;
    for (int i = 0; i < text.size(); ++i) {
        quoted = quoted != (text[i] == u'"');
        const bool blank = text[i].isSpace() && !quoted;
        if (!blank && !inside) {
            terms.push_back({.start = i});
        }
        inside = !blank;
        if (inside) {
            ++terms.back().length;
        }
    }
    for (QueryTerm &term : terms) {
        term.text = text.mid(term.start, term.length);
    }
    return terms;
}

QString problemIn(const std::vector<QueryTerm> &terms)
{
    const auto at = std::ranges::find_if(terms, [](const QueryTerm &term) {
        return !term.problem.isEmpty();
    });
    return at == terms.end() ? QString() : at->problem;
}

QString withoutTerm(const QString &text, const std::vector<QueryTerm> &terms, std::size_t index)
{
    if (index >= terms.size()) {
        return text;
    }
    const QueryTerm &term = terms[index];
    return (text.left(term.start).trimmed() + u' ' + text.mid(term.start + term.length).trimmed())
        .trimmed();
}

TermPair pairIn(const QString &term)
{
    const auto colon = term.indexOf(u':');
    const bool quoted = term.startsWith(u'"');
    if (colon <= 0 || quoted) {
        return {.value = unquoted(term), .quoted = quoted};
    }
    return {.key = term.left(colon).toLower(), .value = unquoted(term.mid(colon + 1))};
}

std::optional<QueryBound> boundIn(const QString &value)
{
    if (value.isEmpty() || (value[0] != u'>' && value[0] != u'<')) {
        return std::nullopt;
    }
    QueryBound bound;
    bound.side = value[0] == u'>' ? QueryBound::Side::Least : QueryBound::Side::Most;
    bound.strict = !value.mid(1).startsWith(u'=');
    bound.figure = value.mid(bound.strict ? 1 : 2);
    return bound;
}

std::optional<std::int64_t> scaledFigure(const QString &figure, double scale)
{
    bool ok = false;
    const double number = figure.toDouble(&ok);
    constexpr double largest = 1e15;
    if (!ok || !(number >= 0) || number * scale > largest) {
        return std::nullopt;
    }
    return std::llround(number * scale);
}

Completion completeTerm(const QString &text,
                        int cursor,
                        const QStringList &keys,
                        const std::function<QStringList(const QString &key)> &valuesFor)
{
    const QString before = text.left(cursor);
    const auto terms = termsOf(before);
    const bool fresh = terms.empty() || terms.back().start + terms.back().length < cursor;
    const int start = fresh ? cursor : terms.back().start;
    const QString term = before.mid(start);
    Completion completion{.start = start};
    const auto colon = term.indexOf(u':');
    if (colon < 0) {
        for (const QString &key : keys) {
            if (key.startsWith(term, Qt::CaseInsensitive)) {
                completion.texts << key;
            }
        }
        return completion;
    }
    const QString key = term.left(colon).toLower();
    const QString typed = unquoted(term.mid(colon + 1));
    for (const QString &value : valuesFor(key)) {
        if (value.startsWith(typed, Qt::CaseInsensitive) && value != typed) {
            completion.texts
                << (value.contains(u' ') ? u"%1:\"%2\""_s : u"%1:%2"_s).arg(key, value);
        }
    }
    return completion;
}

} // namespace signalbox::ui
