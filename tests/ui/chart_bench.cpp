// SPDX-License-Identifier: GPL-3.0-or-later
// chart_bench [SECONDS]: what live charts cost the console's thread, in CPU time. One chart with
// eight series of 600 points, then eight with one each; all move on four times a second.
#include "tests/bench/cpu_time.h"
#include "ui/charts/crosshair.h"
#include "ui/charts/time_chart.h"
#include "ui/text/numbers.h"
#include "ui/theme/theme_switch.h"

#include <QApplication>
#include <QEventLoop>
#include <QGridLayout>
#include <QTimer>

#include <cstdio>
#include <cstdlib>
#include <random>

using namespace Qt::StringLiterals;
using namespace signalbox::ui;

namespace {

constexpr int kPoints = 600;
constexpr int kTickMs = 250; // 4 Hz
constexpr qint64 kStart = 1'773'496'997'000;

/// Noise of an own level for each series, one second a bucket.
ChartData dataAt(int tick, int count, std::mt19937 &chance)
{
    const qint64 from = kStart + qint64(tick) * kTickMs;
    std::uniform_real_distribution<double> noise(0, 300);
    ChartData data{.fromMs = from, .toMs = from + kPoints * 1000, .bucketMs = 1000};
    for (int s = 0; s < count; ++s) {
        const QString id = QString::number(s);
        ChartSeries series{.id = id,
                           .tag = u"S"_s + id,
                           .name = u"Series "_s + id,
                           .kind = u"other"_s,
                           .ordinal = s};
        for (int i = 0; i < kPoints; ++i) {
            series.points << QPointF(double(from + i * 1000), 200 * s + noise(chance));
        }
        data.series.push_back(series);
    }
    return data;
}

void measure(int charts, int series, int seconds)
{
    QWidget window;
    window.resize(charts == 1 ? QSize(1000, 420) : QSize(1600, 1000));
    QGridLayout grid(&window);
    Crosshair crosshair;
    std::vector<TimeChart *> all;
    for (int i = 0; i < charts; ++i) {
        auto *chart = new TimeChart({.name = u"chart.%1"_s.arg(i),
                                     .title = u"Latency"_s,
                                     .emptyText = {},
                                     .label = [](double ms) { return text::latency(ms); }},
                                    crosshair,
                                    &window);
        grid.addWidget(chart, i / 2, i % 2);
        all.push_back(chart);
    }
    window.show();
    // The data are made before: they would be the snapshot's.
    std::mt19937 chance(7);
    const int ticks = seconds * 1000 / kTickMs;
    std::vector<ChartData> shown;
    for (int tick = 0; tick < 8; ++tick) {
        shown.push_back(dataAt(tick, series, chance));
    }
    QEventLoop loop;
    QTimer timer;
    timer.setTimerType(Qt::PreciseTimer);
    int tick = -4; // the first second builds the window
    double cpu = 0;
    QObject::connect(&timer, &QTimer::timeout, &loop, [&] {
        if (tick == 0) {
            cpu = signalbox::bench::threadSeconds();
        }
        if (tick == ticks) {
            return loop.quit();
        }
        ChartData data = shown[static_cast<std::size_t>((tick + 8) % 8)];
        for (TimeChart *chart : all) {
            chart->setData(data);
        }
        ++tick;
    });
    timer.start(kTickMs);
    loop.exec();
    cpu = signalbox::bench::threadSeconds() - cpu;
    // On a busy machine updates come late: what one costs counts, not how many there were.
    const double each = cpu / ticks;
    std::printf("%d chart%s, %d x %d points each: %.1f ms an update, %.1f %% of a core at 4 Hz\n",
                charts,
                charts == 1 ? "" : "s",
                series,
                kPoints,
                each * 1000,
                each * 1000 / kTickMs * 100);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    const ThemeSwitch theme;
    const int seconds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 60;
    measure(1, 8, seconds);
    measure(8, 1, seconds);
    return 0;
}
