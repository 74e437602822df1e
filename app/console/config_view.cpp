// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/config_view.h"

#include <algorithm>

namespace signalbox::app {

namespace {

constexpr std::size_t kShownMax = 100;

ui::ConfigRevision::Cause viewOf(runtime::Revision::Cause cause)
{
    using From = runtime::Revision::Cause;
    using To = ui::ConfigRevision::Cause;
    switch (cause) {
    case From::Start:
        return To::Start;
    case From::Applied:
        return To::Applied;
    case From::RolledBack:
        return To::RolledBack;
    case From::File:
        return To::File;
    }
    return To::Start;
}

} // namespace

ui::ConfigRevision viewOf(const runtime::Revision &revision)
{
    ui::ConfigRevision view;
    view.number = revision.number;
    view.revision = QString::fromStdString(revision.revision);
    view.time = revision.time;
    view.cause = viewOf(revision.cause);
    view.restored = revision.restored;
    view.who = QString::fromStdString(revision.who);
    view.why = QString::fromStdString(revision.why);
    view.linesAdded = revision.linesAdded;
    view.linesRemoved = revision.linesRemoved;
    view.followUp = revision.followUp;
    return view;
}

std::vector<ui::ConfigRevision> viewOf(const std::vector<runtime::Revision> &past)
{
    std::vector<ui::ConfigRevision> views;
    for (std::size_t i = 0; i < std::min(past.size(), kShownMax); ++i) {
        views.push_back(viewOf(past[i]));
    }
    return views;
}

} // namespace signalbox::app
