// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_export.h"

#include "ui/charts/chart_legend.h"
#include "ui/charts/plot_view.h"
#include "ui/charts/time_chart.h"
#include "ui/text/csv.h"
#include "ui/theme/theme.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDateTime>
#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct Export
{
    Q_DECLARE_TR_FUNCTIONS(Export)
};

QSize sizeOf(TimeChart &chart)
{
    const int head = 2 * QFontMetrics(themeFont(TypeRole::Strong)).height() + kGap;
    const QSize plot = chart.view()->size();
    return {plot.width() + 2 * kPad, head + plot.height() + chart.legend()->height() + 3 * kPad};
}

void paintChart(TimeChart &chart, QPainter &painter)
{
    const Theme &theme = Theme::of(&chart);
    const QSize size = sizeOf(chart);
    painter.fillRect(QRect(QPoint(), size), theme.card);
    QRect line(kPad,
               kPad,
               size.width() - 2 * kPad,
               QFontMetrics(themeFont(TypeRole::Strong)).height());
    painter.setFont(themeFont(TypeRole::Strong));
    painter.setPen(theme.text);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, chart.fullTitle());
    line.translate(0, line.height() + kHalfGap);
    painter.setFont(themeFont(TypeRole::Caption));
    painter.setPen(theme.muted);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, chart.rangeTitle());
    const QPoint plot(kPad, line.bottom() + kPad);
    QWidget *view = chart.view(); // its own render() paints the scene without what lies over it
    view->render(&painter, plot, {}, QWidget::DrawChildren);
    chart.legend()->render(&painter,
                           plot + QPoint(0, view->height() + kHalfGap),
                           {},
                           QWidget::DrawChildren);
}

} // namespace

QByteArray csvOf(const ChartGrid &grid, const BaseUnit &unit)
{
    QByteArray csv = "time_utc";
    for (const ChartGrid::Column &column : grid.columns) {
        csv += ',' + text::csvCell(u"%1 (%2)"_s.arg(column.name, unit.name));
    }
    csv += "\r\n";
    for (qsizetype row = 0; row < grid.times.size(); ++row) {
        const QDateTime at = QDateTime::fromMSecsSinceEpoch(grid.times[row], Qt::UTC);
        csv += at.toString(Qt::ISODate).toLatin1();
        for (const ChartGrid::Column &column : grid.columns) {
            const double value = column.values[row];
            csv += ',';
            csv += std::isnan(value) ? QByteArray()
                                     : QByteArray::number(value * unit.factor, 'g', 9);
        }
        csv += "\r\n";
    }
    return csv;
}

QImage imageOf(TimeChart &chart)
{
    constexpr int kTwice = 2;
    QImage image(sizeOf(chart) * kTwice, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(kTwice);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    paintChart(chart, painter);
    return image;
}

QByteArray svgOf(TimeChart &chart)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(sizeOf(chart));
    generator.setViewBox(QRect(QPoint(), sizeOf(chart)));
    generator.setTitle(chart.fullTitle());
    generator.setDescription(chart.rangeTitle());
    QPainter painter(&generator);
    paintChart(chart, painter);
    painter.end();
    return bytes;
}

QString suffixOf(ExportKind kind)
{
    switch (kind) {
    case ExportKind::Csv:
        return u"csv"_s;
    case ExportKind::Png:
        return u"png"_s;
    case ExportKind::Svg:
        return u"svg"_s;
    }
    return {};
}

QString exportTo(TimeChart &chart, ExportKind kind, const QString &path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        return Export::tr("Cannot write %1: %2").arg(path, file.errorString());
    }
    switch (kind) {
    case ExportKind::Csv:
        file.write(csvOf(gridOf(chart.data(), chart.hiddenSeries()), chart.baseUnit()));
        break;
    case ExportKind::Png:
        imageOf(chart).save(&file, "PNG");
        break;
    case ExportKind::Svg:
        file.write(svgOf(chart));
        break;
    }
    // commit() of Qt 6.4 does not hear of what fails while the buffer is written out.
    if (!file.flush() || !file.commit()) {
        return Export::tr("Cannot write %1: %2").arg(path, file.errorString());
    }
    return {};
}

} // namespace signalbox::ui
