// SPDX-License-Identifier: GPL-3.0-or-later
// How long after the start of the process there is a window, and one that shows the present.
#pragma once

#include <QObject>

#include <chrono>
#include <functional>
#include <optional>

class QWidget;

namespace signalbox::app {

/// The system tells when a process began in hundredths of a second (proc(5), `starttime`): times are
/// too long by up to that, never too short.
class StartMeter : public QObject
{
    Q_OBJECT

public:
    /// Watches \p window, which has not been shown yet; \p usable is called until it says that what
    /// there is to show is in the window.
    StartMeter(QWidget &window, std::function<bool()> usable);

    /// The first time that it was painted; nothing before.
    [[nodiscard]] std::optional<std::chrono::milliseconds> painted() const { return m_painted; }
    /// The event loop has nothing left to do, and what there is to show is shown.
    [[nodiscard]] std::optional<std::chrono::milliseconds> usable() const { return m_usable; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void idle();

    QWidget &m_window;
    std::function<bool()> m_isUsable;
    std::optional<std::chrono::milliseconds> m_painted;
    std::optional<std::chrono::milliseconds> m_usable;
};

} // namespace signalbox::app
