// SPDX-License-Identifier: GPL-3.0-or-later
// Batches as text: for the console's own store, and for other programs. No key is in any of it.
#pragma once

#include "ui/models/batch_run.h"

#include <QByteArray>

#include <cstdint>
#include <optional>

namespace signalbox::ui {

/// As the store keeps it; what is read again equals it.
[[nodiscard]] QByteArray planAsJson(const BatchPlan &plan);
/// Nothing where it is none of ours.
[[nodiscard]] std::optional<BatchPlan> planFromJson(const QByteArray &json);
[[nodiscard]] QByteArray answerAsJson(const BatchAnswer &answer);
[[nodiscard]] std::optional<BatchAnswer> answerFromJson(const QByteArray &json);

enum class BatchFormat : std::uint8_t {
    Csv, ///< RFC 4180 with a header; no cell is a formula
    JsonLines ///< an object for each prompt and column
};

/// `csv`, `jsonl`
[[nodiscard]] QString suffixOf(BatchFormat format);
/// What comes before the first prompt; empty in JSON Lines.
[[nodiscard]] QByteArray batchFileHead(const BatchRun &run, BatchFormat format);
/// A line for each column of the prompt \p row, asked or not; the same in every locale. Milliseconds,
/// tokens, and dollars as a decimal text; what is not known is empty, or null.
[[nodiscard]] QByteArray batchFileLines(const BatchRun &run, int row, BatchFormat format);

} // namespace signalbox::ui
