// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/request_query.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct RequestQueryText
{
    Q_DECLARE_TR_FUNCTIONS(RequestQueryText)
};

const QStringList &keys()
{
    static const QStringList all{u"cache:"_s,
                                 u"client:"_s,
                                 u"cost:"_s,
                                 u"error:"_s,
                                 u"id:"_s,
                                 u"latency:"_s,
                                 u"outcome:"_s,
                                 u"provider:"_s,
                                 u"route:"_s,
                                 u"rule:"_s,
                                 u"status:"_s,
                                 u"target:"_s,
                                 u"tokens:"_s};
    return all;
}

std::optional<std::int64_t> microsIn(const QString &figure)
{
    if (figure.endsWith(u"ms")) {
        return scaledFigure(figure.chopped(2), 1e3);
    }
    return figure.endsWith(u's') ? scaledFigure(figure.chopped(1), 1e6) : std::nullopt;
}

std::optional<std::int64_t> tokensIn(const QString &figure)
{
    if (figure.endsWith(u'k', Qt::CaseInsensitive)) {
        return scaledFigure(figure.chopped(1), 1e3);
    }
    if (figure.endsWith(u'M')) {
        return scaledFigure(figure.chopped(1), 1e6);
    }
    return scaledFigure(figure, 1);
}

std::optional<std::int64_t> nanosIn(const QString &figure)
{
    const QString digits = figure.startsWith(u'$') ? figure.mid(1) : figure;
    const auto money = Money::fromDecimal(digits.toStdString());
    return money ? std::optional(money->nanos()) : std::nullopt;
}

/// Sets the end that \p value means; false when it makes no sense.
template <typename T, typename Read, typename Make>
bool setWithin(Within<T> &within, const QString &value, const Read &read, const Make &make)
{
    const auto bound = boundIn(value);
    const auto figure = bound ? read(bound->figure) : std::nullopt;
    if (!figure) {
        return false;
    }
    const bool least = bound->side == QueryBound::Side::Least;
    const std::int64_t strictly = bound->strict ? 1 : 0;
    (least ? within.least : within.most) = make(least ? *figure + strictly : *figure - strictly);
    return true;
}

QString setStatus(RequestFilter &filter, const QString &value)
{
    bool isNumber = false;
    const int number = value.toInt(&isNumber);
    if (value == u"error") {
        filter.failedOnly = true;
    } else if (isNumber && number >= 100 && number <= 599) {
        filter.status = number;
    } else if (value.size() == 3 && value.endsWith(u"xx") && value[0] >= u'1' && value[0] <= u'5') {
        filter.statusClass = value[0].digitValue();
    } else {
        return RequestQueryText::tr(
            "A status is a number such as 503, a class such as 5xx, or error.");
    }
    return {};
}

QString setFigure(RequestFilter &filter, const QString &key, const QString &value)
{
    bool ok = false;
    if (key == u"latency") {
        ok = setWithin(filter.latency, value, microsIn, [](std::int64_t n) { return Micros(n); });
    } else if (key == u"tokens") {
        ok = setWithin(filter.tokens, value, tokensIn, [](std::int64_t n) { return n; });
    } else {
        ok = setWithin(filter.cost, value, nanosIn, Money::fromNanos);
    }
    return ok ? QString()
              : RequestQueryText::tr(
                  "A figure follows >, >=, < or <=: latency:>2s, cost:<0.01, tokens:>=4k.");
}

std::string *nameFor(RequestFilter &filter, const QString &key)
{
    struct Name
    {
        QStringView key;
        std::string RequestFilter::*member;
    };
    constexpr std::array names = {Name{u"route", &RequestFilter::route},
                                  Name{u"rule", &RequestFilter::rule},
                                  Name{u"target", &RequestFilter::target},
                                  Name{u"provider", &RequestFilter::provider},
                                  Name{u"client", &RequestFilter::client},
                                  Name{u"id", &RequestFilter::id},
                                  Name{u"cache", &RequestFilter::cache},
                                  Name{u"error", &RequestFilter::errorText}};
    const auto *at = std::ranges::find(names, QStringView(key), &Name::key);
    return at == names.end() ? nullptr : &(filter.*(at->member));
}

/// What is wrong with the pair; empty: nothing.
QString setPair(RequestFilter &filter, const QString &key, const QString &value)
{
    if (value.isEmpty()) {
        return RequestQueryText::tr("Something has to follow %1:.").arg(key);
    }
    if (std::string *name = nameFor(filter, key); name != nullptr) {
        if (!name->empty()) {
            return RequestQueryText::tr("%1: stands here twice, and a request has one.").arg(key);
        }
        *name = value.toStdString();
        return {};
    }
    if (key == u"status") {
        return setStatus(filter, value);
    }
    if (key == u"outcome") {
        filter.outcome = outcomeFromString(value.toStdString());
        return filter.outcome ? QString()
                              : RequestQueryText::tr("There is no outcome called %1.").arg(value);
    }
    if (key == u"cost" && value == u"unknown") {
        filter.unknownCostOnly = true;
        return {};
    }
    if (key == u"latency" || key == u"cost" || key == u"tokens") {
        return setFigure(filter, key, value);
    }
    return RequestQueryText::tr("Requests are not told apart by %1.").arg(key);
}

/// Ours: 26 digits and letters; its beginning counts from ten on, which is its time.
bool looksLikeId(const QString &word)
{
    return word.size() >= 10 && word.size() <= 26 && std::ranges::all_of(word, [](QChar c) {
               return (c >= u'0' && c <= u'9') || (c >= u'A' && c <= u'Z');
           });
}

QString setWord(RequestFilter &filter, const QString &word, bool quoted)
{
    if (!quoted && word.contains(u'/')) {
        return setPair(filter, u"target"_s, word);
    }
    return setPair(filter, !quoted && looksLikeId(word) ? u"id"_s : u"error"_s, word);
}

QString readTerm(RequestFilter &filter, const QString &term)
{
    const TermPair pair = pairIn(term);
    return pair.key.isEmpty() ? setWord(filter, pair.value, pair.quoted)
                              : setPair(filter, pair.key, pair.value);
}

QStringList outcomes()
{
    QStringList names;
    for (int i = 0; i < kOutcomeClassCount; ++i) {
        const std::string_view name = toString(static_cast<OutcomeClass>(i));
        names << QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    }
    return names;
}

QStringList valuesFor(const QString &key, const QueryNames &names)
{
    if (key == u"route") {
        return names.routes;
    }
    if (key == u"rule") {
        return names.rules;
    }
    if (key == u"target") {
        return names.targets;
    }
    if (key == u"provider") {
        return names.providers;
    }
    if (key == u"client") {
        return names.clients;
    }
    if (key == u"status") {
        return {u"error"_s, u"4xx"_s, u"5xx"_s, u"200"_s, u"429"_s, u"503"_s};
    }
    if (key == u"outcome") {
        return outcomes();
    }
    if (key == u"cost") {
        return {u"unknown"_s, u">0.01"_s};
    }
    return key == u"latency" ? QStringList{u">2s"_s, u">10s"_s} : QStringList();
}

} // namespace

QString RequestQuery::problem() const
{
    return problemIn(terms);
}

RequestQuery parseRequestQuery(const QString &text)
{
    RequestQuery query;
    query.terms = termsOf(text);
    for (QueryTerm &term : query.terms) {
        term.problem = readTerm(query.filter, term.text);
    }
    return query;
}

Completion completeRequestQuery(const QString &text, int cursor, const QueryNames &names)
{
    return completeTerm(text, cursor, keys(), [&names](const QString &key) {
        return valuesFor(key, names);
    });
}

} // namespace signalbox::ui
