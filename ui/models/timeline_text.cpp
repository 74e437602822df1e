// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/timeline_text.h"

#include "ui/models/playground_text.h"
#include "ui/text/numbers.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct TimelineText
{
    Q_DECLARE_TR_FUNCTIONS(TimelineText)
};

constexpr std::size_t kStallsTold = 3;

} // namespace

double endMsOf(const PlaygroundRun &run)
{
    const auto &total = run.figures().total;
    const double ms = total ? static_cast<double>(total->count()) / 1'000 : 0;
    return std::max(ms, run.track().lastMs());
}

std::optional<Cost> costAt(const PlaygroundRun &run, double ms)
{
    const PlaygroundFigures &figures = run.figures();
    if (run.isRunning() || !figures.cost || !figures.cost->amount) {
        return std::nullopt;
    }
    const int all = run.track().isEmpty() ? 0 : run.track().points().last().units();
    const int there = run.track().at(ms).units();
    if (there >= all) {
        return ms >= run.track().lastMs() ? figures.cost : std::nullopt;
    }
    if (!figures.outputPrice || !figures.usage) {
        return std::nullopt;
    }
    return Cost{.amount = spentAt(static_cast<double>(there) / all,
                                  *figures.cost->amount,
                                  figures.usage->completionTokens,
                                  *figures.outputPrice),
                .estimated = true};
}

double niceEnd(double ms)
{
    if (ms <= 0) {
        return 1;
    }
    const double power = std::pow(10, std::floor(std::log10(ms)));
    for (const double step : {1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0}) {
        if (ms <= step * power) {
            return step * power;
        }
    }
    return 10 * power;
}

QString trackSummary(int column, const PlaygroundRun &run)
{
    QStringList parts;
    const PlaygroundFigures &figures = run.figures();
    if (figures.firstToken) {
        parts << TimelineText::tr("first token %1").arg(text::latency(*figures.firstToken));
    }
    const std::vector<TrackStall> stalls = run.track().stalls();
    for (std::size_t i = 0; i < std::min(stalls.size(), kStallsTold); ++i) {
        parts << TimelineText::tr("stalled for %1 at %2")
                     .arg(text::latency(stalls[i].toMs - stalls[i].fromMs),
                          text::latency(stalls[i].fromMs));
    }
    if (stalls.size() > kStallsTold) {
        parts << TimelineText::tr("%n more stall(s)",
                                  nullptr,
                                  static_cast<int>(stalls.size() - kStallsTold));
    }
    if (!run.isRunning() && figures.total) {
        parts << TimelineText::tr("ended at %1").arg(text::latency(*figures.total));
    }
    if (figures.cost) {
        parts << text::cost(*figures.cost);
    }
    return u"%1: %2"_s.arg(columnLetter(column),
                           parts.isEmpty() ? TimelineText::tr("waits") : parts.join(u", "_s));
}

QString instantText(int column, const PlaygroundRun &run, double ms)
{
    const TrackPoint there = run.track().at(ms);
    const QString letter = columnLetter(column);
    if (there.units() == 0) {
        return TimelineText::tr("%1 waits").arg(letter);
    }
    const QString read =
        there.text > 0 ? TimelineText::tr("%1 %n character(s)", nullptr, there.text)
                       : TimelineText::tr("%1 thinks: %n character(s)", nullptr, there.reasoning);
    const auto cost = costAt(run, ms);
    return read.arg(letter) + (cost ? u", "_s + text::cost(*cost) : QString());
}

} // namespace signalbox::ui
