// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/cache_text.h"

#include "ui/text/names.h"
#include "ui/text/numbers.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct CacheText
{
    Q_DECLARE_TR_FUNCTIONS(CacheText)
};

QString countOf(std::uint64_t value)
{
    return text::count(static_cast<std::int64_t>(value));
}

double shareOf(double part, double whole)
{
    return whole > 0 ? part / whole : 0;
}

} // namespace

QString hitRate(const CacheTotals &totals)
{
    if (totals.lookups == 0) {
        return CacheText::tr("no request yet that it could have answered");
    }
    const double share = shareOf(static_cast<double>(totals.hits()),
                                 static_cast<double>(totals.lookups));
    return CacheText::tr("%1 (%2 of %3)", "38 % (4,120 of 10,842)")
        .arg(text::percent(share), countOf(totals.hits()), countOf(totals.lookups));
}

QString hitKinds(const CacheTotals &totals)
{
    QStringList kinds;
    if (totals.exactHits > 0) {
        kinds << CacheText::tr("%1 the same request").arg(countOf(totals.exactHits));
    }
    if (totals.semanticHits > 0) {
        kinds << CacheText::tr("%1 by meaning").arg(countOf(totals.semanticHits));
    }
    if (totals.staleHits > 0) {
        kinds << CacheText::tr("%1 past their lifetime").arg(countOf(totals.staleHits));
    }
    return kinds.join(u", "_s);
}

QString cacheSize(std::size_t bytes)
{
    return QLocale().formattedDataSize(static_cast<qint64>(bytes),
                                       bytes < 1'000 ? 0 : 1,
                                       QLocale::DataSizeSIFormat);
}

double fillShare(const CacheView &view)
{
    const double bytes = shareOf(static_cast<double>(view.bytes),
                                 static_cast<double>(view.bytesMax));
    const double entries = shareOf(static_cast<double>(view.entryCount),
                                   static_cast<double>(view.entriesMax));
    return std::clamp(std::max(bytes, entries), 0.0, 1.0);
}

QString fillText(const CacheView &view)
{
    return CacheText::tr("%1 of %2, %3 of %4 entries")
        .arg(cacheSize(view.bytes),
             cacheSize(view.bytesMax),
             countOf(view.entryCount),
             countOf(view.entriesMax));
}

QString modeText(const CacheView &view)
{
    if (view.mode == "semantic") {
        return CacheText::tr("By meaning, from a likeness of %1 on")
            .arg(likenessText(view.threshold));
    }
    if (!view.isOff() && view.mode == "off") {
        QStringList routes;
        for (const std::string &route : view.routesOn) {
            routes << text::fromUtf8(route);
        }
        return CacheText::tr("On for %1 alone").arg(routes.join(CacheText::tr(", ", "in a list")));
    }
    return view.mode == "exact" ? CacheText::tr("The same request only") : CacheText::tr("Off");
}

QString promptShare(std::uint64_t cached, std::uint64_t prompt)
{
    const QString of = text::tokens(static_cast<std::int64_t>(prompt));
    if (cached == 0) {
        return CacheText::tr("none of %1 tokens").arg(of);
    }
    return CacheText::tr("%1 of %2 tokens")
        .arg(text::percent(shareOf(static_cast<double>(cached), static_cast<double>(prompt))), of);
}

QString vetoWords(const std::string &name)
{
    if (name == "language") {
        return CacheText::tr("They are written in different scripts.");
    }
    if (name == "negation") {
        return CacheText::tr("One denies what the other does not.");
    }
    if (name == "numbers") {
        return CacheText::tr("Numbers, dates or units differ.");
    }
    if (name == "quotes") {
        return CacheText::tr("Quotations or code differ.");
    }
    if (name == "names") {
        return CacheText::tr("One names somebody or something that the other does not.");
    }
    if (name == "parts") {
        return CacheText::tr("Who plays which part differs.");
    }
    if (name == "asks") {
        return CacheText::tr("They want to know something else.");
    }
    if (name == "tense") {
        return CacheText::tr("One asks of the past, the other of what will be.");
    }
    if (name == "words") {
        return CacheText::tr("A word that carries meaning has no counterpart.");
    }
    if (name == "order") {
        return CacheText::tr("They have the same words in another order.");
    }
    return CacheText::tr("Kept apart by “%1”.").arg(text::fromUtf8(name));
}

QString whyApart(const CacheNearMiss &miss)
{
    if (miss.vetoes.empty()) {
        return CacheText::tr("Not alike enough: below the threshold.");
    }
    QStringList words;
    for (const std::string &name : miss.vetoes) {
        words << vetoWords(name);
    }
    return words.join(u' ');
}

QString likenessText(double value)
{
    return QLocale().toString(value, 'f', 2);
}

} // namespace signalbox::ui
