// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/zone.h"

#include <cstdlib>

using namespace Qt::StringLiterals;

namespace signalbox::ui::text {

namespace {

Zone g_zone = Zone::Local;

} // namespace

void setZone(Zone zone)
{
    g_zone = zone;
}

Zone zone()
{
    return g_zone;
}

QDateTime inZone(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, g_zone == Zone::Utc ? Qt::UTC : Qt::LocalTime);
}

QString zoneName(qint64 ms)
{
    const int minutes = inZone(ms).offsetFromUtc() / 60;
    if (minutes == 0) {
        return u"UTC"_s;
    }
    return u"UTC%1%2:%3"_s.arg(minutes < 0 ? u"−"_s : u"+"_s)
        .arg(std::abs(minutes) / 60, 2, 10, QChar(u'0'))
        .arg(std::abs(minutes) % 60, 2, 10, QChar(u'0'));
}

} // namespace signalbox::ui::text
