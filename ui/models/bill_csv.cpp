// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/bill_csv.h"

#include "core/base/text.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct Csv
{
    Q_DECLARE_TR_FUNCTIONS(Csv)
};

CsvFault fault(int line, qsizetype column, const QString &message)
{
    return {.line = line, .column = static_cast<int>(column), .message = message};
}

/// Outside quotes, of the first line: what it has most of; a comma where it has none.
QChar separatorOf(const QString &text)
{
    constexpr std::array<char16_t, 3> offered{u',', u';', u'\t'};
    std::array<int, offered.size()> counts{};
    bool quoted = false;
    for (const QChar c : text) {
        if (c == u'"') {
            quoted = !quoted;
        } else if (c == u'\n' && !quoted) {
            break;
        }
        for (std::size_t i = 0; i < offered.size(); ++i) {
            counts[i] += !quoted && c == offered[i] ? 1 : 0;
        }
    }
    const auto most = std::ranges::max_element(counts) - counts.begin();
    return offered[static_cast<std::size_t>(most)];
}

/// Takes the text character by character.
class CsvReader
{
public:
    CsvReader(const QString &text, QChar separator)
        : m_text(text)
        , m_separator(separator)
    {}

    /// All rows, the header among them; or the first fault.
    Result<std::vector<CsvRow>, CsvFault> read()
    {
        while (m_at < m_text.size()) {
            CsvRow row;
            row.line = m_line;
            if (auto wrong = readRow(row)) {
                return Failure{*wrong};
            }
            if (m_rows.size() > kCsvRowsMax) {
                return Failure{fault(row.line,
                                     0,
                                     Csv::tr("The file has more than %1 rows.").arg(kCsvRowsMax))};
            }
            m_rows.push_back(std::move(row));
        }
        return std::move(m_rows);
    }

private:
    [[nodiscard]] QChar here() const { return m_at < m_text.size() ? m_text[m_at] : QChar(); }
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }

    std::optional<CsvFault> readRow(CsvRow &row)
    {
        for (;;) {
            QString field;
            const qsizetype number = row.fields.size() + 1;
            auto wrong = here() == u'"' ? readQuoted(field, number) : readPlain(field, number);
            if (wrong) {
                return wrong;
            }
            row.fields << field;
            if (row.fields.size() > kCsvColumnsMax) {
                return fault(m_line,
                             0,
                             Csv::tr("The line has more than %1 fields.").arg(kCsvColumnsMax));
            }
            if (!atEnd() && here() == m_separator) {
                ++m_at;
                continue;
            }
            return endLine(number);
        }
    }

    std::optional<CsvFault> readPlain(QString &field, qsizetype number)
    {
        const qsizetype begin = m_at;
        while (!atEnd() && here() != m_separator && here() != u'\n' && here() != u'\r') {
            if (here() == u'"') {
                return fault(m_line, number, Csv::tr("There is a quote in an unquoted field."));
            }
            ++m_at;
        }
        field = m_text.mid(begin, m_at - begin);
        return std::nullopt;
    }

    std::optional<CsvFault> readQuoted(QString &field, qsizetype number)
    {
        const int opened = m_line;
        ++m_at;
        for (;; ++m_at) {
            if (atEnd()) {
                return fault(opened, number, Csv::tr("The quote that begins here never ends."));
            }
            if (here() == u'"') {
                ++m_at;
                if (here() != u'"' || atEnd()) {
                    break;
                }
            }
            m_line += here() == u'\n' ? 1 : 0;
            field += here();
        }
        const bool ends = atEnd() || here() == m_separator || here() == u'\n' || here() == u'\r';
        return ends ? std::optional<CsvFault>()
                    : fault(m_line, number, Csv::tr("There is text behind the closing quote."));
    }

    std::optional<CsvFault> endLine(qsizetype number)
    {
        if (here() == u'\r') {
            ++m_at;
            if (here() != u'\n') {
                return fault(m_line, number, Csv::tr("A line ends in a way that is not known."));
            }
        }
        if (!atEnd()) {
            ++m_at;
            ++m_line;
        }
        return std::nullopt;
    }

    const QString &m_text;
    const QChar m_separator;
    qsizetype m_at = 0;
    int m_line = 1;
    std::vector<CsvRow> m_rows;
};

bool isBlank(const CsvRow &row)
{
    return row.fields.size() == 1 && row.fields.front().isEmpty();
}

std::optional<CsvFault> checkHeader(QStringList &header)
{
    QSet<QString> seen;
    for (qsizetype i = 0; i < header.size(); ++i) {
        header[i] = header[i].trimmed();
        if (!header[i].isEmpty() && seen.contains(header[i])) {
            return fault(1, i + 1, Csv::tr("Two columns are called %1.").arg(header[i]));
        }
        seen.insert(header[i]);
    }
    return header.size() < 2
               ? std::optional(fault(1, 0, Csv::tr("There are no columns: is it a table at all?")))
               : std::nullopt;
}

} // namespace

QString textOf(const CsvFault &fault)
{
    return fault.line == 0     ? fault.message
           : fault.column == 0 ? Csv::tr("Line %1: %2").arg(fault.line).arg(fault.message)
                               : Csv::tr("Line %1, column %2: %3")
                                     .arg(fault.line)
                                     .arg(fault.column)
                                     .arg(fault.message);
}

Result<CsvTable, CsvFault> readCsv(const QByteArray &bytes)
{
    if (bytes.size() > kCsvBytesMax) {
        return Failure{fault(0, 0, Csv::tr("The file is larger than 8 MB."))};
    }
    QByteArray body = bytes;
    if (body.startsWith("\xEF\xBB\xBF")) {
        body.remove(0, 3);
    }
    const std::string_view view(body.constData(), static_cast<std::size_t>(body.size()));
    if (body.startsWith("\xFF\xFE") || body.startsWith("\xFE\xFF") || !isUtf8(view)
        || view.find('\0') != std::string_view::npos) {
        return Failure{
            fault(0, 0, Csv::tr("The file is not in UTF-8: export it as CSV in UTF-8."))};
    }
    const QString text = QString::fromUtf8(body);
    CsvTable table;
    table.separator = separatorOf(text);
    auto rows = CsvReader(text, table.separator).read();
    if (!rows) {
        return Failure{rows.error()};
    }
    while (!rows->empty() && isBlank(rows->back())) {
        rows->pop_back();
    }
    if (rows->empty()) {
        return Failure{fault(0, 0, Csv::tr("The file is empty."))};
    }
    table.header = rows->front().fields;
    if (auto wrong = checkHeader(table.header)) {
        return Failure{*wrong};
    }
    for (std::size_t i = 1; i < rows->size(); ++i) {
        CsvRow &row = (*rows)[i];
        if (row.fields.size() != table.header.size()) {
            return Failure{fault(row.line,
                                 0,
                                 Csv::tr("There are %1 fields instead of %2.")
                                     .arg(row.fields.size())
                                     .arg(table.header.size()))};
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

} // namespace signalbox::ui
