// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/csv.h"

using namespace Qt::StringLiterals;

namespace signalbox::ui::text {

QByteArray csvCell(QString text)
{
    static const QString leaders = u"=+-@\t\r"_s;
    if (!text.isEmpty() && leaders.contains(text[0])) {
        text.prepend(u'\'');
    }
    if (text.contains(u'"') || text.contains(u',') || text.contains(u'\n')
        || text.contains(u'\r')) {
        text = u'"' + text.replace(u'"', u"\"\""_s) + u'"';
    }
    return text.toUtf8();
}

QByteArray csvLine(const QStringList &cells)
{
    QByteArray line;
    for (const QString &cell : cells) {
        if (&cell != &cells.front()) {
            line += ',';
        }
        line += csvCell(cell);
    }
    return line + "\r\n";
}

} // namespace signalbox::ui::text
