// SPDX-License-Identifier: GPL-3.0-or-later
// A file of prompts over columns: what is to be asked, what came, and how it is checked.
#pragma once

#include "ui/models/batch_checks.h"
#include "ui/models/playground_prompt.h"

#include "core/base/money.h"
#include "core/base/result.h"
#include "core/domain/usage.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

namespace signalbox::ui {

/// Prompts as a file has them: variables by name, a row for each prompt.
struct PromptFile
{
    QString name = {}; ///< of the file, without its folder
    QStringList variables = {};
    std::vector<QStringList> rows = {}; ///< each as long as \a variables

    friend bool operator==(const PromptFile &, const PromptFile &) = default;
};

inline constexpr int kPromptsMax = 50'000;
inline constexpr qsizetype kPromptBytesMax = 8 * 1024 * 1024; ///< read while somebody waits

/// Reads JSON Lines (an object a line; a text alone is the variable `prompt`) or CSV with a header. What
/// is no text is taken as JSON writes it. The failure is a sentence with its line.
[[nodiscard]] Result<PromptFile, QString> readPrompts(const QByteArray &bytes, const QString &name);

/// \p text with its `{{name}}` replaced by the row's values; what is in a value stays as it is.
[[nodiscard]] QString filled(const QString &text, const PromptFile &file, int row);

struct BatchColumn
{
    QString model = {};
    PlaygroundParameters parameters = {};

    friend bool operator==(const BatchColumn &, const BatchColumn &) = default;
};

/// Who judges each column's answer against that of the first one.
struct BatchJudge
{
    QString model = {}; ///< empty: nobody
    QString criteria =
        {}; ///< what makes an answer good, in words; empty: whatever the judge thinks

    friend bool operator==(const BatchJudge &, const BatchJudge &) = default;
};

inline constexpr int kAtOnceMax = 16;

struct BatchPlan
{
    PromptFile file = {};
    std::vector<PlaygroundTurn> turns = {}; ///< with `{{name}}` in them
    std::vector<BatchColumn> columns = {};
    std::vector<BatchCheck> checks = {};
    BatchJudge judge = {};
    int atOnce = 4; ///< requests in the air, 1 to kAtOnceMax
    std::optional<Money> budget = {}; ///< nothing: none

    [[nodiscard]] int prompts() const { return static_cast<int>(file.rows.size()); }
    friend bool operator==(const BatchPlan &, const BatchPlan &) = default;
};

/// \p turns for \p file: where no variable is named and the file has a `prompt`, what the user says last
/// is that, if nothing else is said there.
[[nodiscard]] std::vector<PlaygroundTurn> turnsFor(std::vector<PlaygroundTurn> turns,
                                                   const PromptFile &file);
/// Why \p plan cannot be run, in a sentence; empty: it can.
[[nodiscard]] QString problemOf(const BatchPlan &plan);

/// Which call of a batch.
struct BatchPlace
{
    int row = 0; ///< of the file, from 0
    int column = 0;
    int order =
        -1; ///< -1: the answer; 0: the judge, the first column's answer first; 1: the other way

    [[nodiscard]] bool isJudgement() const { return order >= 0; }
    friend auto operator<=>(const BatchPlace &, const BatchPlace &) = default;
};

/// What came of a call.
struct BatchAnswer
{
    BatchPlace place = {};
    QString text = {};
    QString failure = {}; ///< in words; empty: it answered
    QString id = {}; ///< the gateway's own for the request
    QString target = {}; ///< that answered
    QString finishReason = {};
    std::optional<Usage> usage = {};
    std::optional<Money> cost =
        {}; ///< nothing: no price is known, or it failed before one was told
    double totalMs = 0;

    [[nodiscard]] bool isAnswered() const { return failure.isEmpty(); }
    friend bool operator==(const BatchAnswer &, const BatchAnswer &) = default;
};

/// The request for \p place, not streamed. \p judged are the answers that a judgement is about, the
/// first column's and the other's; of an answer they are not read.
[[nodiscard]] QByteArray batchBody(const BatchPlan &plan,
                                   BatchPlace place,
                                   const QString &first = {},
                                   const QString &second = {});

} // namespace signalbox::ui
