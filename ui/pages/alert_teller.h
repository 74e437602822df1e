// SPDX-License-Identifier: GPL-3.0-or-later
// Decides what leaves the window, and when: gathered, and quiet when it should be.
#pragma once

#include "ui/notifier.h"

#include <QSet>

#include <functional>
#include <optional>

namespace signalbox::ui {

/// The first of what comes is told at once; what follows within the gathering time is told together
/// at its end. In quiet hours desktop and sound rest, but for what is critical if that was chosen;
/// what is still open when they end is told then. The hook knows no quiet hours: its receiver has
/// its own.
class AlertTeller
{
public:
    /// \p inFront: the window is seen, and the desktop needs not be told.
    AlertTeller(AlertOutlets outlets, std::function<bool()> inFront);

    void tell(const std::vector<AlertNotice> &notices, const AlertTelling &telling, SystemTime now);
    /// Lets time go by.
    void look(const AlertBook &book, const AlertTelling &telling, SystemTime now);

private:
    void deliver(std::vector<AlertNotice> notices, const AlertTelling &telling, SystemTime now);
    void loud(const std::vector<AlertNotice> &notices, const AlertTelling &telling);

    AlertOutlets m_outlets;
    std::function<bool()> m_inFront;
    std::vector<AlertNotice> m_gathered; ///< at most one a key
    SystemTime m_gathersUntil{};
    QSet<QString> m_withheld; ///< keys of what began in quiet hours
};

/// One notice that stands for \p notices, which are too many to be told apart.
[[nodiscard]] AlertNotice digestOf(const std::vector<AlertNotice> &notices);

/// More than so many at once are told as one.
inline constexpr std::size_t kToldApart = 3;

} // namespace signalbox::ui
