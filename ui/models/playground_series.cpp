// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/playground_series.h"

#include "ui/text/numbers.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct PlaygroundSeriesWords
{
    Q_DECLARE_TR_FUNCTIONS(PlaygroundSeriesWords)
};

using Words = PlaygroundSeriesWords;
using Writing = std::function<QString(double)>;

QString spreadText(const QString &title, const std::optional<Spread> &spread, const Writing &write)
{
    if (!spread) {
        return {};
    }
    return Words::tr("%1 %2 ± %3 (%4 to %5)")
        .arg(title,
             write(spread->mean),
             write(spread->deviation),
             write(spread->least),
             write(spread->most));
}

std::optional<double> millis(const std::optional<Micros> &time)
{
    return time ? std::optional(static_cast<double>(time->count()) / 1'000) : std::nullopt;
}

/// Nothing as soon as one has none: a mean of the others would be another's.
void add(std::optional<std::vector<double>> &values, const std::optional<double> &value)
{
    if (values && value) {
        values->push_back(*value);
    } else {
        values.reset();
    }
}

std::optional<Spread> spreadOfAll(const std::optional<std::vector<double>> &values)
{
    return values ? spreadOf(*values) : std::nullopt;
}

} // namespace

std::optional<Spread> spreadOf(const std::vector<double> &values)
{
    if (values.size() < 2) {
        return std::nullopt;
    }
    const auto count = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    double squares = 0;
    for (const double value : values) {
        squares += (value - mean) * (value - mean);
    }
    const auto [least, most] = std::ranges::minmax(values);
    return Spread{.count = static_cast<int>(values.size()),
                  .mean = mean,
                  .deviation = std::sqrt(squares / (count - 1)),
                  .least = least,
                  .most = most};
}

PlaygroundSeries seriesOf(const std::vector<PlaygroundRun> &runs)
{
    using Values = std::optional<std::vector<double>>;
    PlaygroundSeries series;
    Values first(std::in_place);
    Values total(std::in_place);
    Values tokens(std::in_place);
    Values cost(std::in_place);
    for (const PlaygroundRun &run : runs) {
        const bool ended = !run.isRunning() && run.state() != PlaygroundRun::State::Idle;
        series.runs += ended ? 1 : 0;
        if (run.state() != PlaygroundRun::State::Finished) {
            continue;
        }
        ++series.complete;
        const PlaygroundFigures &figures = run.figures();
        add(first, millis(figures.firstToken));
        add(total, millis(figures.total));
        add(tokens,
            figures.usage ? std::optional(static_cast<double>(figures.usage->completionTokens))
                          : std::nullopt);
        const bool known = figures.cost && figures.cost->amount;
        add(cost,
            known ? std::optional(static_cast<double>(figures.cost->amount->nanos()))
                  : std::nullopt);
        series.estimated = series.estimated || (figures.usage && figures.usage->estimated)
                           || (figures.cost && figures.cost->estimated);
    }
    series.firstTokenMs = spreadOfAll(first);
    series.totalMs = spreadOfAll(total);
    series.tokens = spreadOfAll(tokens);
    series.costNanos = spreadOfAll(cost);
    return series;
}

QString seriesText(const PlaygroundSeries &series)
{
    if (series.runs < 2) {
        return {};
    }
    const QString cost = series.estimated ? Words::tr("cost ≈") : Words::tr("cost");
    const Writing time = [](double ms) { return text::latency(ms); };
    const Writing tokens = [](double count) { return text::tokens(std::llround(count)); };
    const Writing money = [](double nanos) {
        return text::money(Money::fromNanos(std::llround(nanos)));
    };
    QStringList parts{Words::tr("%1 of %2 complete")
                          .arg(QString::number(series.complete), QString::number(series.runs)),
                      spreadText(Words::tr("first token"), series.firstTokenMs, time),
                      spreadText(Words::tr("total"), series.totalMs, time),
                      spreadText(Words::tr("tokens out"), series.tokens, tokens),
                      spreadText(cost, series.costNanos, money)};
    if (series.complete > 1 && !series.costNanos) {
        parts << Words::tr("cost n/a");
    }
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

} // namespace signalbox::ui
