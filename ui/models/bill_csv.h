// SPDX-License-Identifier: GPL-3.0-or-later
// Tables as other programs export them, read strictly: what is not certain is refused with its place.
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace signalbox::ui {

struct CsvFault
{
    int line = 0; ///< from 1; 0: of the whole file
    int column = 0; ///< the field's number in its line, from 1; 0: of the whole line
    QString message; ///< a sentence, without the place

    friend bool operator==(const CsvFault &, const CsvFault &) = default;
};

/// `Line 17, column 3: ...`
[[nodiscard]] QString textOf(const CsvFault &fault);

struct CsvRow
{
    int line = 0; ///< where it begins, from 1
    QStringList fields; ///< as many as the header has
};

struct CsvTable
{
    QChar separator;
    QStringList header; ///< trimmed, no two alike but for empty ones
    std::vector<CsvRow> rows;
};

inline constexpr qsizetype kCsvBytesMax = 8 * 1024 * 1024; ///< read while somebody waits
inline constexpr std::size_t kCsvRowsMax = 50'000;
inline constexpr qsizetype kCsvColumnsMax = 200;

/// RFC 4180 with the liberties that exports take: a byte order mark, lines ended by LF alone, and
/// `;` or a tabulator between fields, whichever the first line has most of. UTF-8 only; every row has
/// as many fields as the header, and empty lines are allowed at the end only.
[[nodiscard]] Result<CsvTable, CsvFault> readCsv(const QByteArray &bytes);

} // namespace signalbox::ui
