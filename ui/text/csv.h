// SPDX-License-Identifier: GPL-3.0-or-later
// Cells of files that spreadsheets open.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace signalbox::ui::text {

/// As RFC 4180 writes it, in UTF-8. What a spreadsheet would take for a formula is led by an
/// apostrophe (OWASP, "CSV Injection").
[[nodiscard]] QByteArray csvCell(QString text);
/// A line of them with its end.
[[nodiscard]] QByteArray csvLine(const QStringList &cells);

} // namespace signalbox::ui::text
