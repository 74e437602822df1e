// SPDX-License-Identifier: GPL-3.0-or-later
// What stands beside the chart: the sum and its checks, what became of the money, what is to come, and
// what no price is known of.
#include "ui/pages/costs_page.h"
#include "ui/text/numbers.h"

#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kForecastDays = 30;

} // namespace

void CostsPage::showSums()
{
    m_total->setText(m_isKnown ? text::money(m_sheet.total.of(measure())) : text::dash());
    m_checkWords->setText(m_isKnown ? checkWords() : QString());
    m_uses->setText(m_isKnown ? useWords() : QString());
    m_uses->setVisible(!m_uses->text().isEmpty());
    showForecast();
}

QString CostsPage::checkWords() const
{
    const Money total = m_sheet.total.of(measure());
    QString words = m_sheet.adds() ? tr("= sum of days = sum of rows ✓")
                                   : tr("The sums of days and rows differ: this is a fault.");
    if (m_check && m_check->of(measure()) == total) {
        words += tr("\n= sum by another grouping ✓");
    } else if (m_check) {
        const QString other = text::money(m_check->of(measure()));
        words +=
            m_query.by == CostDimension::Task
                ? tr("\nBy model it is %1: some of the requests are not kept any more.").arg(other)
                : tr("\nBy another grouping it is %1: this is a fault, or news came between.")
                      .arg(other);
    }
    if (measure() == CostMeasure::Cost && m_sheet.total.estimated > Money()) {
        words += tr("\n%1 of it is estimated.").arg(text::money(m_sheet.total.estimated));
    }
    return words;
}

/// A line each for what there is.
QString CostsPage::useWords() const
{
    const CostSums &sums = m_sheet.total;
    QStringList lines;
    if (sums.wasted > Money()) {
        lines << tr("Wasted on calls without an answer: %1").arg(text::money(sums.wasted));
    }
    if (sums.abandonedRequests > 0) {
        lines << tr("%Ln request(s) abandoned by clients: %1",
                    nullptr,
                    static_cast<int>(sums.abandonedRequests))
                     .arg(text::money(sums.abandoned));
    }
    if (sums.promptCacheSaved != Money()) {
        lines << tr("Saved by prompt caches: %1").arg(text::money(sums.promptCacheSaved));
    }
    if (sums.responseCacheSaved > Money()) {
        lines
            << tr("Saved by answers from the cache: %1").arg(text::money(sums.responseCacheSaved));
    }
    if (sums.shadows > Money()) {
        lines << tr("Beside the cost, shadows: %1").arg(text::money(sums.shadows));
    }
    if (sums.healthChecks > Money()) {
        lines << tr("Beside the cost, health checks: %1").arg(text::money(sums.healthChecks));
    }
    if (sums.embeddings > Money()) {
        lines << tr("Beside the cost, the cache's embedder: %1").arg(text::money(sums.embeddings));
    }
    return lines.join(u'\n');
}

/// Of what is spent; the rest is no use to foretell.
void CostsPage::showForecast()
{
    m_forecast->setVisible(m_isKnown && measure() == CostMeasure::Cost);
    const auto forecast = m_forecast->isVisibleTo(this)
                              ? forecastOf(m_sheet, today(), kForecastDays)
                              : std::nullopt;
    m_forecast->setText(
        forecast ? tr("Next %1 days: %2 ± %3")
                       .arg(QString::number(kForecastDays),
                            text::money(forecast->usd),
                            text::percent(forecast->usd > 0 ? forecast->offUsd / forecast->usd : 0))
                 : tr("No forecast from less than a week of whole days"));
    m_forecast->setToolTip(
        forecast
            ? tr("The mean of %n whole day(s); 80 of 100 such months lie within the band, if days "
                 "go on to differ as they did",
                 nullptr,
                 forecast->from)
            : QString());
}

void CostsPage::showUnknown()
{
    const auto count = m_sheet.total.unknown;
    m_unknown->setVisible(m_isKnown);
    m_showUnknown->setVisible(count > 0);
    m_setPrices->setVisible(count > 0 && !unpriced().empty());
    if (count == 0) {
        return m_unknown->setText(tr("The price of every request is known."));
    }
    QString words = tr("%n request(s) have no known price (n/a) and are not in the sums.",
                       nullptr,
                       static_cast<int>(count));
    if (!m_unknownModels.isEmpty()) {
        words += u' ' + tr("Models: %1.").arg(m_unknownModels.join(u", "_s));
    }
    words.replace(u"n/a"_s, u"n\u2060/\u2060a"_s); // not to be parted at the end of a line
    m_unknown->setText(words);
}

} // namespace signalbox::ui
