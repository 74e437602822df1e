// SPDX-License-Identifier: GPL-3.0-or-later
// All requests that a filter finds, as a file.
#pragma once

#include "ui/ledger_source.h"

#include <QByteArray>
#include <QObject>
#include <QSaveFile>

#include <cstdint>
#include <memory>

namespace signalbox::ui {

enum class RequestFormat : std::uint8_t {
    Csv, ///< RFC 4180 with a header; no cell is a formula
    JsonLines ///< an object a line
};

/// `csv`, `jsonl`
[[nodiscard]] QString suffixOf(RequestFormat format);
/// What comes before the first request; empty in JSON Lines.
[[nodiscard]] QByteArray requestFileHead(RequestFormat format);
/// One line with its end. The same in every locale and zone: times in UTC, dots in numbers, whole
/// milliseconds' thousandths, dollars to the nano-dollar; what is not known is empty, or null.
[[nodiscard]] QByteArray requestFileLine(const RequestRecord &record, RequestFormat format);

/// Writes page by page, so that neither the window nor memory feels it. The file is there when all
/// rows are in it, and as it was before when anything went wrong.
class RequestExport : public QObject
{
    Q_OBJECT

public:
    static constexpr int kRowsMax = 100'000; ///< a spreadsheet takes ten times as many
    static constexpr int kPageRows = 500;

    explicit RequestExport(QObject *parent = nullptr)
        : QObject(parent)
    {}

    /// What is being written is given up. \p filter is taken without its limit and cursor.
    void begin(LedgerSource &ledger,
               RequestFilter filter,
               RequestFormat format,
               const QString &path);
    void stop();
    [[nodiscard]] bool isRunning() const { return m_file != nullptr; }
    [[nodiscard]] std::int64_t rows() const { return m_rows; }

Q_SIGNALS:
    void progressed(std::int64_t rows);
    /// Once for each begin() that was not given up. \p problem is a sentence; empty: all is written.
    void finished(const QString &path, const QString &problem);

private:
    void readPage();
    void take(const LedgerAnswer<RequestPage> &answer);
    void end(const QString &problem);

    LedgerSource *m_ledger = nullptr;
    RequestFilter m_filter;
    RequestFormat m_format = RequestFormat::Csv;
    std::unique_ptr<QSaveFile> m_file; ///< null: nothing is being written
    std::int64_t m_rows = 0;
    Asked m_asked;
};

} // namespace signalbox::ui
