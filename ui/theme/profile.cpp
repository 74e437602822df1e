// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/profile.h"

#include "ui/theme/theme.h"

using namespace Qt::StringLiterals;

namespace signalbox::ui {

QString profileWord(Profile profile)
{
    switch (profile) {
    case Profile::None:
        return {};
    case Profile::Dev:
        return u"DEV"_s;
    case Profile::Stage:
        return u"STAGE"_s;
    case Profile::Prod:
        return u"PROD"_s;
    }
    return {};
}

QColor profileColour(Profile profile, const Theme &theme)
{
    switch (profile) {
    case Profile::None:
        return theme.border;
    case Profile::Dev:
        return theme.closed;
    case Profile::Stage:
        return theme.halfOpen;
    case Profile::Prod:
        return theme.open;
    }
    return theme.border;
}

} // namespace signalbox::ui
