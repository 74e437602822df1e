// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/playground_report.h"

#include "ui/models/playground_series.h"
#include "ui/models/playground_text.h"
#include "ui/text/numbers.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct PlaygroundReport
{
    Q_DECLARE_TR_FUNCTIONS(PlaygroundReport)
};

constexpr int kBins = 200; ///< of the drawing, four units each
constexpr int kLaneHeight = 34;
constexpr auto kLook = R"(<style>
:root{color-scheme:light dark;--ink:#1d2430;--quiet:#5b6575;--line:#d5dae2;--bar:#2d6cdf;--stall:#b45309}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ef;--quiet:#9aa4b4;--line:#39424f;--bar:#6ea3ff;--stall:#f0a84b}}
body{font:15px/1.5 system-ui,sans-serif;max-width:1100px;margin:2em auto;padding:0 1em;color:var(--ink)}
h2{margin-top:2em;border-top:1px solid var(--line);padding-top:1em}
pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid var(--line);border-radius:6px;padding:.8em}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.3em .6em;border-bottom:1px solid var(--line);font-variant-numeric:tabular-nums}
.quiet{color:var(--quiet)}img{max-width:240px;max-height:240px}
svg text{fill:var(--ink);font:12px system-ui,sans-serif}.bar{fill:var(--bar)}.stall{fill:var(--stall)}
.lane{stroke:var(--line)}
</style>
)";

QString escaped(const QString &text)
{
    return text.toHtmlEscaped();
}

QString element(const QString &name, const QString &text)
{
    return u"<%1>%2</%1>\n"_s.arg(name, escaped(text));
}

const PlaygroundRun *lastOf(const PlaygroundSheetColumn &column)
{
    return column.runs.empty() ? nullptr : &column.runs.back();
}

QString turnHtml(const PlaygroundTurn &turn)
{
    QString html = element(u"h3"_s, roleName(turn.role)) + element(u"pre"_s, turn.text);
    for (const PlaygroundImage &image : turn.images) {
        const QString source = u"data:%1;base64,%2"_s.arg(image.type,
                                                          QString::fromLatin1(image.base64));
        html += u"<p><img alt=\"%1\" src=\"%2\"></p>\n"_s.arg(escaped(image.name), escaped(source));
    }
    for (const PlaygroundCall &call : turn.calls) {
        html += element(u"pre"_s, u"%1(%2)"_s.arg(call.name, call.arguments));
    }
    return html;
}

QString promptHtml(const PlaygroundSheet &sheet)
{
    QString html = element(u"h2"_s, PlaygroundReport::tr("Prompt"));
    for (const PlaygroundTurn &turn : sheet.turns) {
        html += turn.text.isEmpty() && turn.images.isEmpty() ? QString() : turnHtml(turn);
    }
    for (const PlaygroundVariable &variable : sheet.extras.variables) {
        html += element(u"p"_s, u"{{%1}} = %2"_s.arg(variable.name, variable.value));
    }
    const QString shared = parametersText(sheet.shared);
    html += shared.isEmpty() ? QString() : element(u"p"_s, shared);
    for (const auto &[title, json] :
         {std::pair{PlaygroundReport::tr("Tools"), sheet.extras.tools},
          std::pair{PlaygroundReport::tr("Schema of the answer"), sheet.extras.schema}}) {
        html += json.isEmpty() ? QString() : element(u"h3"_s, title) + element(u"pre"_s, json);
    }
    return html;
}

QString figuresHtml(const PlaygroundSheet &sheet)
{
    QString html = element(u"h2"_s, PlaygroundReport::tr("Figures")) + u"<table><tr><th></th>"_s;
    for (int figure = 0; figure < kPlaygroundFigures; ++figure) {
        html += element(u"th"_s, figureTitle(static_cast<PlaygroundFigure>(figure)));
    }
    html += u"</tr>\n"_s;
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
        const PlaygroundRun *run = lastOf(sheet.columns[i]);
        html += u"<tr>"_s
                + element(u"th"_s,
                          u"%1: %2"_s.arg(columnLetter(static_cast<int>(i)),
                                          sheet.columns[i].model));
        for (int figure = 0; figure < kPlaygroundFigures; ++figure) {
            html += element(u"td"_s,
                            figureText(static_cast<PlaygroundFigure>(figure),
                                       run == nullptr ? PlaygroundFigures() : run->figures()));
        }
        html += u"</tr>\n"_s;
    }
    return html + u"</table>\n"_s;
}

double endOf(const PlaygroundRun &run)
{
    const auto &total = run.figures().total;
    const double ms = total ? static_cast<double>(total->count()) / 1'000 : 0;
    return std::max(ms, run.track().lastMs());
}

QString laneSvg(const PlaygroundRun &run, int lane, double endMs)
{
    const int floor = (lane + 1) * kLaneHeight;
    QString svg = u"<line class=\"lane\" x1=\"30\" x2=\"830\" y1=\"%1\" y2=\"%1\"/>"_s.arg(floor)
                  + u"<text x=\"0\" y=\"%1\">%2</text>"_s.arg(floor - 4).arg(columnLetter(lane));
    const std::vector<int> density = run.track().density(endMs, kBins);
    const int most = density.empty() ? 0 : *std::ranges::max_element(density);
    for (std::size_t bin = 0; bin < density.size(); ++bin) {
        const double tall = most == 0 ? 0 : 26.0 * density[bin] / most;
        if (tall > 0) {
            svg += u"<rect class=\"bar\" x=\"%1\" y=\"%2\" width=\"3\" height=\"%3\"/>"_s
                       .arg(30 + 4 * static_cast<int>(bin))
                       .arg(floor - tall, 0, 'f', 1)
                       .arg(tall, 0, 'f', 1);
        }
    }
    for (const TrackStall &stall : run.track().stalls()) {
        svg +=
            u"<rect class=\"stall\" x=\"%1\" y=\"%2\" width=\"%3\" height=\"3\"><title>%4</title></rect>"_s
                .arg(30 + 800 * stall.fromMs / endMs, 0, 'f', 1)
                .arg(floor - 3)
                .arg(800 * (stall.toMs - stall.fromMs) / endMs, 0, 'f', 1)
                .arg(escaped(PlaygroundReport::tr("stalled for %1")
                                 .arg(text::latency(stall.toMs - stall.fromMs))));
    }
    return svg;
}

QString timelineHtml(const PlaygroundSheet &sheet)
{
    double endMs = 0;
    for (const PlaygroundSheetColumn &column : sheet.columns) {
        endMs = std::max(endMs, lastOf(column) == nullptr ? 0 : endOf(*lastOf(column)));
    }
    if (endMs <= 0) {
        return {};
    }
    QString lanes;
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
        if (const PlaygroundRun *run = lastOf(sheet.columns[i]); run != nullptr) {
            lanes += laneSvg(*run, static_cast<int>(i), endMs);
        }
    }
    const int height = static_cast<int>(sheet.columns.size()) * kLaneHeight + 24;
    return element(u"h2"_s, PlaygroundReport::tr("Timeline"))
           + u"<svg viewBox=\"0 0 840 %1\" role=\"img\" aria-label=\"%2\">%3"
             "<text x=\"30\" y=\"%4\">0</text><text x=\"830\" y=\"%4\" "
             "text-anchor=\"end\">%5</text>"
             "</svg>\n"_s.arg(QString::number(height),
                              escaped(PlaygroundReport::tr("When the answers came")),
                              lanes,
                              QString::number(height - 6),
                              escaped(text::latency(endMs)));
}

QString columnHtml(const PlaygroundSheetColumn &column, int number)
{
    QString html = element(u"h2"_s, u"%1: %2"_s.arg(columnLetter(number), column.model));
    const PlaygroundRun *run = lastOf(column);
    if (run == nullptr) {
        return html;
    }
    const QString own = parametersText(column.own);
    const QString id = run->id().isEmpty() ? text::dash() : run->id();
    html += own.isEmpty() ? QString() : element(u"p"_s, own);
    html += u"<p class=\"quiet\">%1</p>\n"_s.arg(
        escaped(PlaygroundReport::tr("%1 · request %2").arg(endText(*run), id)));
    const QString spread = seriesText(seriesOf(column.runs));
    html += spread.isEmpty() ? QString() : element(u"p"_s, spread);
    if (run->failure()) {
        html += element(u"pre"_s, run->failure()->message + u'\n' + attemptLines(*run->failure()));
    }
    if (!run->reasoning().isEmpty()) {
        html += u"<details><summary>%1</summary>%2</details>\n"_s
                    .arg(escaped(PlaygroundReport::tr("Reasoning")),
                         element(u"pre"_s, run->reasoning()));
    }
    for (const PlaygroundCall &call : callsOf(*run)) {
        html += element(u"pre"_s, u"%1(%2)"_s.arg(call.name, call.arguments));
    }
    return html + (run->text().isEmpty() ? QString() : element(u"pre"_s, run->text()));
}

} // namespace

QString sheetAsHtml(const PlaygroundSheet &sheet)
{
    const QString title = PlaygroundReport::tr("Playground, %1").arg(isoTime(sheet.atMs));
    QString html = u"<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">\n"
                   "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                   "style-src 'unsafe-inline'; img-src data:\">\n"_s
                   + element(u"title"_s, title) + QString::fromLatin1(kLook) + u"</head><body>\n"_s
                   + element(u"h1"_s, title) + figuresHtml(sheet) + timelineHtml(sheet)
                   + promptHtml(sheet);
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
        html += columnHtml(sheet.columns[i], static_cast<int>(i));
    }
    return html + u"</body></html>\n"_s;
}

} // namespace signalbox::ui
