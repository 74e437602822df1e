// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/cache_search.h"

#include <QCoreApplication>

#include <array>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct CacheSearchText
{
    Q_DECLARE_TR_FUNCTIONS(CacheSearchText)
};

std::optional<std::int64_t> millisIn(const QString &figure)
{
    constexpr double second = 1e3;
    struct Unit
    {
        char16_t letter;
        double ms;
    };
    constexpr std::array units{Unit{u's', second},
                               Unit{u'm', 60 * second},
                               Unit{u'h', 3'600 * second},
                               Unit{u'd', 86'400 * second}};
    for (const Unit &unit : units) {
        if (figure.endsWith(unit.letter)) {
            return scaledFigure(figure.chopped(1), unit.ms);
        }
    }
    return std::nullopt;
}

QString setAge(CacheFilter &filter, const QString &value)
{
    const auto bound = boundIn(value);
    const auto ms = bound ? millisIn(bound->figure) : std::nullopt;
    if (!ms || bound->side == QueryBound::Side::Most) {
        return CacheSearchText::tr(
            "Entries are found from an age on: age:>30m, age:>12h, age:>7d.");
    }
    filter.olderThan = Millis(*ms);
    return {};
}

QString setHits(CacheFilter &filter, const QString &value)
{
    const auto bound = boundIn(value);
    const auto figure = value == u"0" ? std::optional<std::int64_t>(0)
                        : bound       ? scaledFigure(bound->figure, 1)
                                      : std::nullopt;
    const bool most = !bound || bound->side == QueryBound::Side::Most;
    const std::int64_t strictly = bound && bound->strict ? 1 : 0;
    if (!figure || !most || *figure < strictly) {
        return CacheSearchText::tr("Entries are found up to a number of hits: hits:0, hits:<=3.");
    }
    filter.hitsAtMost = static_cast<std::uint64_t>(*figure - strictly);
    return {};
}

std::optional<std::string> *nameFor(CacheFilter &filter, const QString &key)
{
    return key == u"route"    ? &filter.route
           : key == u"model"  ? &filter.model
           : key == u"client" ? &filter.client
                              : nullptr;
}

/// What is wrong with the term; empty: nothing.
QString readTerm(CacheFilter &filter, const QString &term)
{
    const auto [key, value, quoted] = pairIn(term);
    if (key.isEmpty()) {
        const std::string before = filter.text ? *filter.text + ' ' : std::string();
        filter.text = before + value.toStdString();
        return {};
    }
    if (value.isEmpty()) {
        return CacheSearchText::tr("Something has to follow %1:.").arg(key);
    }
    if (auto *name = nameFor(filter, key); name != nullptr) {
        if (name->has_value()) {
            return CacheSearchText::tr("%1: stands here twice, and an entry has one.").arg(key);
        }
        *name = value.toStdString();
        return {};
    }
    if (key == u"age") {
        return setAge(filter, value);
    }
    return key == u"hits" ? setHits(filter, value)
                          : CacheSearchText::tr("Entries are not told apart by %1.").arg(key);
}

} // namespace

CacheSearch parseCacheSearch(const QString &text)
{
    CacheSearch search;
    search.terms = termsOf(text);
    for (QueryTerm &term : search.terms) {
        term.problem = readTerm(search.filter, term.text);
    }
    return search;
}

Completion completeCacheSearch(const QString &text, int cursor, const CacheNames &names)
{
    const QStringList keys{u"age:"_s, u"client:"_s, u"hits:"_s, u"model:"_s, u"route:"_s};
    return completeTerm(text, cursor, keys, [&names](const QString &key) -> QStringList {
        if (key == u"age") {
            return {u">1h"_s, u">1d"_s, u">7d"_s};
        }
        if (key == u"hits") {
            return {u"0"_s, u"<=1"_s};
        }
        return key == u"route"    ? names.routes
               : key == u"model"  ? names.models
               : key == u"client" ? names.clients
                                  : QStringList();
    });
}

} // namespace signalbox::ui
