// SPDX-License-Identifier: GPL-3.0-or-later
// The desktop's notifications, as far as the console needs them.
#pragma once

#include "ui/models/alert_book.h"

namespace signalbox::ui {

/// No function blocks, and none of it has to work: what is told is in the console too.
class Notifier
{
public:
    virtual ~Notifier() = default;
    /// Shows it, in place of what was shown for the same key.
    virtual void show(const AlertNotice &notice) = 0;
};

} // namespace signalbox::ui
