// SPDX-License-Identifier: GPL-3.0-or-later
// Everything of a comparison as one value: what was composed, what each column asked, what came.
#pragma once

#include "ui/models/playground_extras.h"
#include "ui/models/playground_run.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace signalbox::ui {

struct PlaygroundSheetColumn
{
    QString model = {};
    PlaygroundParameters own = {}; ///< where it differs from the shared ones
    std::vector<PlaygroundRun> runs = {}; ///< of its series, the last one last; none: not asked
};

struct PlaygroundSheet
{
    QString id = {}; ///< of the set of runs
    qint64 atMs = 0; ///< since the epoch, when it was written down
    std::vector<PlaygroundTurn> turns = {}; ///< with their variables
    PlaygroundParameters shared = {};
    PlaygroundExtras extras = {};
    std::vector<PlaygroundSheetColumn> columns = {};
};

/// Prompt, parameters, variables, tools, schema, answers, figures, arrivals, ids. Base units:
/// milliseconds, tokens, USD as a decimal string; null is "not known". No key is in it: none is
/// known here.
[[nodiscard]] QByteArray sheetAsJson(const PlaygroundSheet &sheet);
/// What sheetAsJson() has written; nothing for anything else. Runs that had not ended count as stopped.
[[nodiscard]] std::optional<PlaygroundSheet> sheetFromJson(const QByteArray &json);

/// The same without what looks like a key, wherever somebody may have written one.
[[nodiscard]] PlaygroundSheet withoutKeys(PlaygroundSheet sheet);
/// The same for all sheets that ask the same of whomever: a digest of turns, tools and schema with
/// their values filled in.
[[nodiscard]] QString promptDigest(const PlaygroundSheet &sheet);

/// `2026-03-04T05:06:07Z`.
[[nodiscard]] QString isoTime(qint64 ms);

} // namespace signalbox::ui
