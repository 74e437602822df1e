// SPDX-License-Identifier: GPL-3.0-or-later
// Playground runs in words, and as files. No key is in any of them: none is known here.
#pragma once

#include "ui/models/playground_run.h"

#include <QString>

#include <array>
#include <vector>

namespace signalbox::ui {

/// `A`, `B`, …: what columns are called.
QString columnLetter(int column);

enum class PlaygroundFigure : std::uint8_t {
    FirstToken,
    Speed,
    Total,
    Tokens, ///< in / out
    Money,
    Attempts
};

inline constexpr int kPlaygroundFigures = 6;

/// `First token`, …: as a row's title.
QString figureTitle(PlaygroundFigure figure);
/// As written on screen; a dash where nothing is known.
QString figureText(PlaygroundFigure figure, const PlaygroundFigures &figures);
/// For each of \p runs, whether its figure is the best of those that finished; never where fewer
/// than two can be compared, and never for tokens and attempts.
std::vector<bool> bestOf(PlaygroundFigure figure, const std::vector<PlaygroundRun> &runs);
/// `fastest`, `cheapest`: what the best of a figure is called.
QString bestWord(PlaygroundFigure figure);

/// `temperature 0.7, max_tokens 512`, as the interface calls them; empty: the model's own.
QString parametersText(const PlaygroundParameters &with);
/// How the run ended, in a sentence; empty while it has not.
QString endText(const PlaygroundRun &run);
/// `1. openai/gpt-4.1: 503 overloaded (120 ms)`, a line each.
QString attemptLines(const PlaygroundFailure &failure);

QString runsAsMarkdown(const std::vector<PlaygroundRun> &runs, const QString &at);

} // namespace signalbox::ui
