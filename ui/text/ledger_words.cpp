// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/ledger_words.h"

#include "ui/text/names.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace signalbox::ui::text {

namespace {

struct LedgerWords
{
    Q_DECLARE_TR_FUNCTIONS(LedgerWords)
};

/// Empty for a kind that is not known.
QString meaningOf(const QString &kind)
{
    if (kind == u"disk_full"_s) {
        return LedgerWords::tr(
            "The disk is full. Records wait in memory and are written as soon as there is room.");
    }
    if (kind == u"read_only"_s) {
        return LedgerWords::tr(
            "The file or its folder may not be written. Records wait in memory until it may.");
    }
    if (kind == u"corrupt"_s) {
        return LedgerWords::tr(
            "The file is damaged. It is moved aside, whole, when the gateway next writes or "
            "starts, and a new one begun.");
    }
    if (kind == u"cannot_open"_s) {
        return LedgerWords::tr("The file cannot be opened. It is tried again before each write.");
    }
    if (kind == u"not_a_ledger"_s) {
        return LedgerWords::tr(
            "The file belongs to another program and is left alone. Move it away, or choose "
            "another state directory.");
    }
    if (kind == u"newer_schema"_s) {
        return LedgerWords::tr(
            "A later version of Signalbox wrote the file, and it is left alone. Use that version, "
            "or another state directory.");
    }
    if (kind == u"older_schema"_s) {
        return LedgerWords::tr(
            "An earlier version wrote the file. The gateway brings it up to date when it starts.");
    }
    if (kind == u"busy"_s) {
        return LedgerWords::tr(
            "Another program holds the file. Records wait in memory until it lets go.");
    }
    if (kind == u"input_output"_s) {
        return LedgerWords::tr(
            "The disk reports errors. Records wait in memory; look at the system's log.");
    }
    if (kind == u"queue_full"_s) {
        return LedgerWords::tr("The disk is slower than the traffic: records are being lost.");
    }
    if (kind == u"refused_value"_s) {
        return LedgerWords::tr(
            "One record could not be stored and was passed over; the others are.");
    }
    return {};
}

} // namespace

QString ledgerTrouble(std::string_view problem)
{
    const QString words = fromUtf8(problem);
    const QString kind = words.section(u':', 0, 0);
    const QString meaning = meaningOf(kind);
    if (meaning.isEmpty()) {
        return words;
    }
    const QString detail = words.mid(kind.size() + 1).trimmed();
    return detail.isEmpty() ? meaning : u"%1 (%2)"_s.arg(meaning, detail);
}

QString ledgerTroubleInBrief(std::string_view problem)
{
    const QString words = fromUtf8(problem);
    const QString meaning = meaningOf(words.section(u':', 0, 0));
    static const QRegularExpression end(u"[.。]"_s);
    return meaning.isEmpty() ? words : meaning.section(end, 0, 0);
}

} // namespace signalbox::ui::text
