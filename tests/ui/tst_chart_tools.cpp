// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done with a chart: table, files, zoom, keys.
#include "tests/support/full_disk.h"
#include "tests/ui/support/console.h"
#include "ui/charts/chart_export.h"
#include "ui/charts/chart_legend.h"
#include "ui/charts/chart_table_view.h"
#include "ui/charts/plot_view.h"
#include "ui/charts/reading.h"
#include "ui/charts/time_chart.h"
#include "ui/frame/console_actions.h"
#include "ui/pages/live_series.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;

namespace {

struct Charts : Console
{
    TimeChart *cost = window.findChild<TimeChart *>(u"chart.cost"_s);
    TimeChart *latency = window.findChild<TimeChart *>(u"chart.latency"_s);

    [[nodiscard]] QPoint at(double share) const
    {
        const QRectF &area = latency->frame().area;
        return QPointF(area.left() + share * area.width(), area.center().y()).toPoint();
    }
    void drag(double from, double to) const
    {
        QWidget *port = latency->view()->viewport();
        QTest::mousePress(port, Qt::LeftButton, {}, at(from));
        QTest::mouseMove(port, at((from + to) / 2));
        QTest::mouseRelease(port, Qt::LeftButton, {}, at(to));
    }
};

ChartData two()
{
    ChartData data{.fromMs = 1'773'496'800'000, .toMs = 1'773'496'803'000, .bucketMs = 1000};
    for (const auto &name : {u"=cmd|' /C calc'!A0"_s, u"Say \"hi\", twice"_s}) {
        ChartSeries series{.id = name, .tag = u"XX"_s, .name = name, .kind = u"other"_s};
        for (int i = 0; i < 3; ++i) {
            series.points << QPointF(double(data.fromMs + i * 1000),
                                     i == 1 ? std::nan("") : 1234.5);
        }
        data.series.push_back(series);
    }
    return data;
}

} // namespace

class TestChartTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void anEmptyBucketIsAGapOrAZero();
    void allChartsShowOneCrosshair();
    void tableHasARowPerBucket();
    void tableFollowsAndKeepsItsPlace();
    void tableIsCopiedAndLeftByKeys();
    void writesCsvForMachines();
    void writesWhatIsDrawn();
    void writesImages();
    void saysWhyItCannotWrite();
    void dragZoomsThePage();
    void aClickZoomsNothing();
    void keysMoveRangeAndSeries();
    void hiddenSeriesStayHidden();
    void legendIsSorted();
    void marksBreakersChanges();
    void findsTheNearestBucket();
};

/// Goal: statement 16. Nobody asked: no latency, yet a rate and a cost of nothing.
void TestChartTools::anEmptyBucketIsAGapOrAZero()
{
    Charts charts;
    auto seconds = std::make_shared<telemetry::Snapshot::SeriesSet>(*charts.source.draft().seconds);
    const std::size_t quiet = seconds->byProvider[0].points.size() - 40;
    for (telemetry::Series &series : seconds->byProvider) {
        for (std::size_t i = quiet - 3; i <= quiet; ++i) { // a rate is drawn as means of a few
            series.points[i] = telemetry::SeriesPoint();
        }
    }
    charts.source.draft().seconds = seconds;
    const auto valueOf = [&](Measure measure) {
        const ChartData data = liveSeries(charts.source.draft(), TimeRange(), measure, {});
        const QList<QPointF> &points = data.series[0].points;
        return points[points.size() - 40].y();
    };
    QVERIFY(std::isnan(valueOf(Measure::P95)));
    QVERIFY(std::isnan(valueOf(Measure::FirstToken)));
    for (const Measure measure : {Measure::Rate, Measure::CostRate}) {
        const ChartData data = liveSeries(charts.source.draft(), TimeRange(), measure, {});
        double least = std::numeric_limits<double>::infinity();
        for (const QPointF &point : data.series[0].points) {
            QVERIFY(!std::isnan(point.y())); // no gap
            least = std::fmin(least, point.y());
        }
        QCOMPARE(least, 0.0);
    }
    charts.latency->setData(liveSeries(charts.source.draft(), TimeRange(), Measure::P95, {}));
    const QList<QPointF> &drawn = charts.latency->data().series[0].points;
    const Reading reading = charts.latency->reading(qint64(drawn[drawn.size() - 40].x()));
    QVERIFY(readingText(reading).contains(u"no data"_s));
}

/// Goal: statement 18. The line is at the same time in all charts, the values are at the pointer.
void TestChartTools::allChartsShowOneCrosshair()
{
    Charts charts;
    QTest::mouseMove(charts.latency->view()->viewport(), charts.at(0.4));
    const auto *here = charts.latency->findChild<PlotOverlay *>();
    QVERIFY(here->crosshair().has_value());
    int others = 0;
    const auto all = charts.window.findChild<Page *>(u"overview"_s)->findChildren<TimeChart *>();
    for (const TimeChart *chart : all) {
        const auto *overlay = chart->findChild<PlotOverlay *>();
        if (chart != charts.latency && chart->isVisible()) {
            QCOMPARE(overlay->crosshair(), here->crosshair());
            QVERIFY(!overlay->reading());
            ++others;
        }
    }
    QVERIFY(others >= 1);
    const std::vector<ReadingRow> &rows = here->reading()->rows;
    QVERIFY(rows.size() >= 3);
    QVERIFY(std::is_sorted(rows.begin(), rows.end(), [](const auto &a, const auto &b) {
        return a.number > b.number;
    }));
}

void TestChartTools::tableHasARowPerBucket()
{
    Charts charts;
    charts.latency->view()->setFocus();
    QTest::keyClick(&charts.window, Qt::Key_D, Qt::ControlModifier);
    QVERIFY(charts.latency->isTableShown());
    QVERIFY(!charts.latency->view()->isVisible());
    const auto *model = charts.latency->table()->model();
    const QList<QPointF> &points = charts.latency->data().series[0].points;
    QCOMPARE(model->rowCount(), int(points.size()));
    QCOMPARE(model->columnCount(), int(charts.latency->data().series.size()) + 1);
    QCOMPARE(model->index(0, 0).data(Qt::UserRole).toLongLong(), qint64(points.first().x()));
    QCOMPARE(model->index(0, 1).data(Qt::UserRole).toDouble(), points.first().y());
    bool gap = false;
    for (int row = 0; row < model->rowCount(); ++row) {
        gap = gap || model->index(row, 7).data().toString() == u"no data"_s;
    }
    QVERIFY(gap); // the last provider answers seldom
    QTest::keyClick(&charts.window, Qt::Key_D, Qt::ControlModifier);
    QVERIFY(charts.latency->view()->isVisible());
}

void TestChartTools::tableFollowsAndKeepsItsPlace()
{
    Charts charts;
    charts.latency->setTableShown(true);
    auto *table = charts.latency->table();
    table->selectRow(40);
    const qint64 at = table->currentIndex().siblingAtColumn(0).data(Qt::UserRole).toLongLong();
    const int rows = table->model()->rowCount();
    charts.source.advance(Seconds(3));
    QTRY_COMPARE(table->currentIndex().row(), 37);
    QCOMPARE(table->currentIndex().siblingAtColumn(0).data(Qt::UserRole).toLongLong(), at);
    QCOMPARE(table->model()->rowCount(), rows);
    table->sortByColumn(1, Qt::DescendingOrder);
    const double first = table->model()->index(0, 1).data(Qt::UserRole).toDouble();
    QVERIFY(first >= table->model()->index(1, 1).data(Qt::UserRole).toDouble());
}

void TestChartTools::tableIsCopiedAndLeftByKeys()
{
    Charts charts;
    charts.cost->view()->setFocus();
    charts.cost->setTableShown(true);
    auto *table = charts.cost->table();
    QVERIFY(table->hasFocus());
    const auto *model = table->model();
    table->selectionModel()->select(QItemSelection(model->index(0, 0), model->index(1, 1)),
                                    QItemSelectionModel::ClearAndSelect);
    QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
    const QStringList lines = QApplication::clipboard()->text().split(u'\n');
    QCOMPARE(lines.size(), qsizetype(2));
    QCOMPARE(lines[0].split(u'\t'),
             QStringList(
                 {model->index(0, 0).data().toString(), model->index(0, 1).data().toString()}));
    QTest::keyClick(table, Qt::Key_Escape);
    QVERIFY(!charts.cost->isTableShown());
    QVERIFY(charts.cost->view()->hasFocus());
}

void TestChartTools::writesCsvForMachines()
{
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    const QByteArray csv = csvOf(gridOf(two(), {}), {.name = u"s"_s, .factor = 0.001});
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QCOMPARE(csv,
             QByteArray("time_utc,'=cmd|' /C calc'!A0 (s),\"Say \"\"hi\"\", twice (s)\"\r\n"
                        "2026-03-14T14:00:00Z,1.2345,1.2345\r\n"
                        "2026-03-14T14:00:01Z,,\r\n"
                        "2026-03-14T14:00:02Z,1.2345,1.2345\r\n"));
}

void TestChartTools::writesWhatIsDrawn()
{
    Charts charts;
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"latency.csv"_s);
    charts.latency->setHiddenSeries({u"openai"_s});
    charts.window.exportChart(charts.latency, ExportKind::Csv, path);
    QVERIFY(charts.bar(u"notices"_s)->text().contains(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray csv = file.readAll();
    QVERIFY(!csv.contains("OpenAI"));
    QVERIFY(csv.startsWith("time_utc,Qwen (s),"));
    QCOMPARE(csv.count("\r\n"), charts.latency->data().series[0].points.size() + 1);
}

void TestChartTools::writesImages()
{
    Charts charts;
    const QTemporaryDir folder;
    const QString png = folder.filePath(u"a.png"_s);
    charts.window.exportChart(charts.cost, ExportKind::Png, png);
    const QImage image(png);
    QVERIFY(image.width() >= 2 * charts.cost->view()->width());
    QVERIFY(image.height()
            >= 2 * (charts.cost->view()->height() + charts.cost->legend()->height()));
    const auto inksBetween = [&image](int from, int to) {
        QSet<QRgb> inks;
        for (int y = from; y < to; ++y) {
            for (int x = 0; x < image.width(); ++x) {
                inks.insert(image.pixel(x, y));
            }
        }
        return inks.size();
    };
    QVERIFY(inksBetween(0, 40) > 20); // title and range
    QVERIFY(inksBetween(image.height() - charts.cost->legend()->height(), image.height()) > 20);
    const QString svg = folder.filePath(u"a.svg"_s);
    charts.window.exportChart(charts.cost, ExportKind::Svg, svg);
    QFile file(svg);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QVERIFY(QSvgRenderer(text).isValid());
    QVERIFY(text.contains("Cost rate") && text.contains(charts.cost->rangeTitle().toUtf8()));
    charts.cost->setTableShown(true); // the image stays the plot's
    QVERIFY(!imageOf(*charts.cost).isNull());
}

void TestChartTools::saysWhyItCannotWrite()
{
    Charts charts;
    charts.window.exportChart(charts.cost, ExportKind::Csv, u"/nowhere/at/all.csv"_s);
    const QString said = charts.bar(u"notices"_s)->text();
    QVERIFY2(said.startsWith(u"Cannot write /nowhere/at/all.csv: "_s), qPrintable(said));
    const QTemporaryDir folder;
    for (const ExportKind kind : {ExportKind::Csv, ExportKind::Png, ExportKind::Svg}) {
        const QString path = folder.filePath(u"chart."_s + suffixOf(kind));
        const tests::FullDisk full;
        QVERIFY(!exportTo(*charts.cost, kind, path).isEmpty());
        QVERIFY(!QFile::exists(path));
    }
}

void TestChartTools::dragZoomsThePage()
{
    Charts charts;
    const auto from = static_cast<qint64>(charts.latency->frame().ms(charts.at(0.25).x()));
    const auto to = static_cast<qint64>(charts.latency->frame().ms(charts.at(0.5).x()));
    charts.drag(0.25, 0.5);
    const TimeRange &range = charts.window.view().range();
    QVERIFY(!range.isLive());
    QCOMPARE(*range.endMs, to);
    QCOMPARE(range.spanMs, to - from);
    QVERIFY(std::abs(charts.cost->data().toMs - to) <= 2 * charts.cost->data().bucketMs);
    QTest::keyClick(&charts.window, Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(charts.window.view().range(), TimeRange());
    charts.drag(0.9, 0.4); // backwards is the same
    QVERIFY(!charts.window.view().range().isLive());
    QTest::mouseDClick(charts.latency->view()->viewport(), Qt::LeftButton, {}, charts.at(0.5));
    QVERIFY(charts.window.view().range().isLive());
}

void TestChartTools::aClickZoomsNothing()
{
    Charts charts;
    charts.drag(0.5, 0.5);
    QVERIFY(charts.window.view().range().isLive());
    QWidget *port = charts.latency->view()->viewport();
    QTest::mousePress(port, Qt::LeftButton, {}, charts.at(0.2));
    QTest::mouseMove(port, charts.at(0.6));
    QTest::keyClick(charts.latency->view(), Qt::Key_Escape); // given up half-way
    QTest::mouseRelease(port, Qt::LeftButton, {}, charts.at(0.6));
    QVERIFY(charts.window.view().range().isLive());
}

void TestChartTools::keysMoveRangeAndSeries()
{
    Charts charts;
    PlotView *view = charts.latency->view();
    view->setFocus();
    QTest::keyClick(view, Qt::Key_BracketLeft);
    QVERIFY(!charts.window.view().range().isLive());
    QTest::keyClick(view, Qt::Key_BracketRight);
    QVERIFY(charts.window.view().range().isLive());
    QTest::keyClick(view, Qt::Key_Plus);
    QCOMPARE(charts.window.view().range().spanMs, qint64(150'000));
    QTest::keyClick(view, Qt::Key_Left, Qt::ShiftModifier);
    const QString all = view->accessibleDescription();
    QTest::keyClick(view, Qt::Key_Down);
    const QString first = view->accessibleDescription();
    QTest::keyClick(view, Qt::Key_Down);
    const QString second = view->accessibleDescription();
    QVERIFY2(all.startsWith(first) && first != second, qPrintable(first));
    QCOMPARE(first.count(u','), qsizetype(0));
    QTest::keyClick(view, Qt::Key_Up);
    QCOMPARE(view->accessibleDescription(), first);
}

void TestChartTools::hiddenSeriesStayHidden()
{
    Charts charts;
    const double before = charts.latency->frame().top;
    auto *entry = charts.latency->legend()->findChild<QAbstractButton *>(u"legend.openrouter"_s);
    QTest::keyClick(entry, Qt::Key_Space);
    QVERIFY(charts.latency->hiddenSeries().contains(u"openrouter"_s));
    QVERIFY(charts.latency->frame().top < before);
    charts.source.advance(Seconds(5));
    QTest::qWait(kSettleMs);
    QVERIFY(charts.latency->hiddenSeries().contains(u"openrouter"_s));
}

/// By name or by value, from the chart's own menu; an entry with the focus keeps it.
void TestChartTools::legendIsSorted()
{
    Charts charts;
    ChartLegend *legend = charts.latency->legend();
    const auto names = [legend] {
        QStringList list;
        for (const QWidget *entry : legend->entries()) {
            list << entry->objectName();
        }
        return list;
    };
    const QStringList given = names();
    auto *focused = legend->entries().last();
    focused->setFocus(Qt::TabFocusReason);
    charts.latency->setLegendOrder(LegendOrder::Name);
    QStringList byName = given;
    byName.sort();
    QVERIFY(byName != given);
    QCOMPARE(names(), byName);
    QCOMPARE(charts.window.focusWidget(), focused);
    charts.latency->setLegendOrder(LegendOrder::Value);
    double before = std::numeric_limits<double>::infinity();
    for (const QString &name : names()) {
        for (const ChartSeries &series : charts.latency->data().series) {
            if (name == u"legend."_s + series.id) {
                const double last = series.points.isEmpty() ? std::nan("")
                                                            : series.points.last().y();
                const double value = std::isnan(last) ? -1 : last; // what is not known comes last
                QVERIFY(value <= before);
                before = value;
            }
        }
    }
    charts.latency->setLegendOrder(LegendOrder::AsGiven);
    QCOMPARE(names(), given);
}

void TestChartTools::marksBreakersChanges()
{
    Charts charts;
    const auto &markers = charts.latency->data().markers;
    QCOMPARE(markers.size(), std::size_t(3)); // of the last five minutes
    QCOMPARE(markers[0].text, u"openai/gpt-4.1-mini: closed → forced open"_s);
    QVERIFY(markers[0].glyph.forced);
    QCOMPARE(markers[1].glyph.shape, GlyphShape::Open);
    QCOMPARE(markers[2].glyph.shape, GlyphShape::HalfOpen);
    charts.window.view().setLive(3'600'000);
    const auto changes = std::ranges::count_if(charts.latency->data().markers,
                                               [](const auto &each) {
                                                   return each.text.contains(u" → "_s);
                                               });
    QCOMPARE(changes, 7); // beside the flag of the configuration that was applied meanwhile
}

void TestChartTools::findsTheNearestBucket()
{
    const ChartData data = two();
    QCOMPARE(nearestBucket(data, 0), data.fromMs);
    QCOMPARE(nearestBucket(data, data.fromMs + 499), data.fromMs);
    QCOMPARE(nearestBucket(data, data.fromMs + 501), data.fromMs + 1000);
    QCOMPARE(nearestBucket(data, data.toMs + 99'000), data.fromMs + 2000);
    QCOMPARE(nearestBucket(ChartData(), 42), qint64(42));
}

QTEST_MAIN(TestChartTools)
#include "tst_chart_tools.moc"
