// SPDX-License-Identifier: GPL-3.0-or-later
// What is composed beside the turns: variables, tools, the schema of the answer, how often.
#pragma once

#include "ui/models/json_places.h"
#include "ui/models/playground_prompt.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace signalbox::ui {

/// What `{{name}}` stands for.
struct PlaygroundVariable
{
    QString name = {};
    QString value = {};

    friend bool operator==(const PlaygroundVariable &, const PlaygroundVariable &) = default;
};

inline constexpr int kRepeatsMax = 20;

/// The same for all columns.
struct PlaygroundExtras
{
    std::vector<PlaygroundVariable> variables = {};
    QString tools = {}; ///< a JSON array of functions; empty: none
    QString schema = {}; ///< a JSON schema of the answer; empty: any text
    int repeat = 1; ///< runs of each column, 1 to kRepeatsMax

    friend bool operator==(const PlaygroundExtras &, const PlaygroundExtras &) = default;
};

/// The variables of all texts, each once, in the order they come.
[[nodiscard]] QStringList variableNames(const std::vector<PlaygroundTurn> &turns);
/// \p text with what is known for its variables; those without a value stay as they are.
[[nodiscard]] QString filled(const QString &text, const std::vector<PlaygroundVariable> &variables);
/// The same for all turns.
[[nodiscard]] std::vector<PlaygroundTurn> filled(std::vector<PlaygroundTurn> turns,
                                                 const std::vector<PlaygroundVariable> &variables);
/// Names in \p turns that have no value.
[[nodiscard]] QStringList unfilled(const std::vector<PlaygroundTurn> &turns,
                                   const std::vector<PlaygroundVariable> &variables);

/// What is wrong with \p tools as Chat Completions wants them, at its line; empty text is none.
[[nodiscard]] std::optional<JsonFault> faultOfTools(const QString &tools);
/// What is wrong with \p schema as a JSON schema of an object, at its line; empty text is none.
[[nodiscard]] std::optional<JsonFault> faultOfSchema(const QString &schema);

} // namespace signalbox::ui
