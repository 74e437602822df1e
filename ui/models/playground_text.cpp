// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/playground_text.h"

#include "ui/text/names.h"
#include "ui/text/numbers.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct PlaygroundText
{
    Q_DECLARE_TR_FUNCTIONS(PlaygroundText)
};

QString tokensText(const std::optional<Usage> &usage)
{
    if (!usage) {
        return text::dash();
    }
    const QString both = u"%1 / %2"_s.arg(text::tokens(usage->promptTokens),
                                          text::tokens(usage->completionTokens));
    return usage->estimated ? u"≈ %1"_s.arg(both) : both;
}

/// Less is better; nothing: cannot be compared.
std::optional<double> rankOf(PlaygroundFigure figure, const PlaygroundFigures &figures)
{
    const auto ofTime = [](const std::optional<Micros> &time) {
        return time ? std::optional(static_cast<double>(time->count())) : std::nullopt;
    };
    switch (figure) {
    case PlaygroundFigure::FirstToken:
        return ofTime(figures.firstToken);
    case PlaygroundFigure::Speed: {
        const auto speed = tokensPerSecond(figures);
        return speed ? std::optional(-*speed) : std::nullopt;
    }
    case PlaygroundFigure::Total:
        return ofTime(figures.total);
    case PlaygroundFigure::Money:
        return figures.cost && figures.cost->amount
                   ? std::optional(static_cast<double>(figures.cost->amount->nanos()))
                   : std::nullopt;
    case PlaygroundFigure::Tokens:
    case PlaygroundFigure::Attempts:
        return std::nullopt;
    }
    return std::nullopt;
}

/// A fence that \p text cannot close.
QString fenced(const QString &text)
{
    QString fence = u"```"_s;
    while (text.contains(fence)) {
        fence += u'`';
    }
    return fence + u'\n' + text + u'\n' + fence;
}

} // namespace

QString columnLetter(int column)
{
    return QString(QChar(u'A' + static_cast<char16_t>(column)));
}

QString figureTitle(PlaygroundFigure figure)
{
    switch (figure) {
    case PlaygroundFigure::FirstToken:
        return PlaygroundText::tr("First token");
    case PlaygroundFigure::Speed:
        return PlaygroundText::tr("Speed");
    case PlaygroundFigure::Total:
        return PlaygroundText::tr("Total");
    case PlaygroundFigure::Tokens:
        return PlaygroundText::tr("Tokens in / out");
    case PlaygroundFigure::Money:
        return PlaygroundText::tr("Cost");
    case PlaygroundFigure::Attempts:
        return PlaygroundText::tr("Attempts");
    }
    return {};
}

QString figureText(PlaygroundFigure figure, const PlaygroundFigures &figures)
{
    switch (figure) {
    case PlaygroundFigure::FirstToken:
        return figures.firstToken ? text::latency(*figures.firstToken) : text::dash();
    case PlaygroundFigure::Speed: {
        const auto speed = tokensPerSecond(figures);
        return speed ? text::throughput(*speed) : text::dash();
    }
    case PlaygroundFigure::Total:
        return figures.total ? text::latency(*figures.total) : text::dash();
    case PlaygroundFigure::Tokens:
        return tokensText(figures.usage);
    case PlaygroundFigure::Money:
        return figures.cost ? text::cost(*figures.cost) : text::dash();
    case PlaygroundFigure::Attempts:
        return figures.attempts ? text::count(*figures.attempts) : text::dash();
    }
    return {};
}

std::vector<bool> bestOf(PlaygroundFigure figure, const std::vector<PlaygroundRun> &runs)
{
    std::vector<bool> best(runs.size(), false);
    double least = std::numeric_limits<double>::max();
    int compared = 0;
    for (const PlaygroundRun &run : runs) {
        const auto rank = rankOf(figure, run.figures());
        if (run.state() == PlaygroundRun::State::Finished && rank) {
            least = std::min(least, *rank);
            ++compared;
        }
    }
    for (std::size_t i = 0; compared > 1 && i < runs.size(); ++i) {
        best[i] = runs[i].state() == PlaygroundRun::State::Finished
                  && rankOf(figure, runs[i].figures()) == least;
    }
    return best;
}

QString bestWord(PlaygroundFigure figure)
{
    return figure == PlaygroundFigure::Money ? PlaygroundText::tr("cheapest")
                                             : PlaygroundText::tr("fastest");
}

QString parametersText(const PlaygroundParameters &with)
{
    QStringList parts;
    if (with.temperature) {
        parts << u"temperature %1"_s.arg(*with.temperature);
    }
    if (with.topP) {
        parts << u"top_p %1"_s.arg(*with.topP);
    }
    if (with.maxTokens) {
        parts << u"max_tokens %1"_s.arg(*with.maxTokens);
    }
    if (!with.effort.isEmpty()) {
        parts << u"reasoning_effort %1"_s.arg(with.effort);
    }
    return parts.join(u", "_s);
}

QString endText(const PlaygroundRun &run)
{
    using State = PlaygroundRun::State;
    switch (run.state()) {
    case State::Idle:
    case State::Waiting:
    case State::Streaming:
        return {};
    case State::Finished:
        if (run.finishReason() == u"length"_s) {
            return PlaygroundText::tr("Cut at the most tokens allowed");
        }
        if (run.finishReason() == u"tool_calls"_s) {
            return PlaygroundText::tr("Asks for a tool");
        }
        if (run.finishReason() == u"content_filter"_s) {
            return PlaygroundText::tr("Refused by the provider's filter");
        }
        return PlaygroundText::tr("Complete");
    case State::Stopped:
        return PlaygroundText::tr("Stopped; what was written is billed");
    case State::Failed:
        return PlaygroundText::tr("Failed");
    }
    return {};
}

QString attemptLines(const PlaygroundFailure &failure)
{
    QStringList lines;
    for (const PlaygroundAttempt &attempt : failure.attempts) {
        const QString status = attempt.status > 0 ? QString::number(attempt.status)
                                                  : PlaygroundText::tr("no answer");
        lines << u"%1. %2: %3 %4 (%5)"_s.arg(QString::number(lines.size() + 1),
                                             attempt.target,
                                             status,
                                             attempt.reason,
                                             text::latency(attempt.ms));
    }
    return lines.join(u'\n');
}

QString runsAsMarkdown(const std::vector<PlaygroundRun> &runs, const QString &at)
{
    QString page = PlaygroundText::tr("# Playground, %1").arg(at) + u"\n\n"_s;
    if (!runs.empty()) {
        for (const PlaygroundTurn &turn : runs.front().ask().turns) {
            page += u"**%1**\n\n%2\n\n"_s.arg(roleName(turn.role), fenced(turn.text));
        }
    }
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const PlaygroundRun &run = runs[i];
        page += u"## %1: %2\n\n"_s.arg(columnLetter(static_cast<int>(i)), run.ask().model);
        if (!run.ask().parameters.isEmpty()) {
            page += u"`%1`\n\n"_s.arg(parametersText(run.ask().parameters));
        }
        for (int f = 0; f < kPlaygroundFigures; ++f) {
            const auto figure = static_cast<PlaygroundFigure>(f);
            page += u"- %1: %2\n"_s.arg(figureTitle(figure), figureText(figure, run.figures()));
        }
        page += u"- id: %1\n\n%2\n\n"_s.arg(run.id().isEmpty() ? text::dash() : run.id(),
                                            endText(run));
        if (run.failure()) {
            page += run.failure()->message + u"\n\n"_s + attemptLines(*run.failure()) + u"\n\n"_s;
        }
        page += run.text() + u"\n\n"_s;
    }
    return page;
}

} // namespace signalbox::ui
