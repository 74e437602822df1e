// SPDX-License-Identifier: GPL-3.0-or-later
// The alerts' sound: made here, played by a program of the desktop.
#pragma once

#include "ui/notifier.h"

#include <QByteArray>
#include <QProcess>
#include <QTemporaryFile>

namespace signalbox::app {

/// Two soft tones, 0.42 s, as a WAV file: PCM, 16 bit, mono, 22,050 Hz.
[[nodiscard]] QByteArray chimeWave();

/// Plays by the first of pw-play, paplay and aplay that is installed: the console links no sound
/// system for one sound. A player that does not end is ended after five seconds.
class DesktopChime : public ui::Chime
{
public:
    /// \p players are names of programs, the best first.
    explicit DesktopChime(const QStringList &players = {QStringLiteral("pw-play"),
                                                        QStringLiteral("paplay"),
                                                        QStringLiteral("aplay")});
    ~DesktopChime() override;

    [[nodiscard]] QString whySilent() const override;
    void play() override;

private:
    QString m_player;
    QTemporaryFile m_file;
    QProcess m_process;
};

} // namespace signalbox::app
