// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a JSON text is what a JSON Schema (2020-12) asks for.
#pragma once

#include <QByteArray>
#include <QString>

namespace signalbox::ui {

/// Why \p schema cannot be checked by, in a sentence; empty: it can. Keywords that are not understood
/// are refused by name, never passed over; those that only describe (`title`, `examples`) are allowed.
[[nodiscard]] QString schemaProblem(const QByteArray &schema);
/// Where and why \p text is not what \p schema asks for, in a sentence; empty: it is.
/// \pre schemaProblem(schema) is empty.
[[nodiscard]] QString schemaComplaint(const QByteArray &schema, const QByteArray &text);

} // namespace signalbox::ui
