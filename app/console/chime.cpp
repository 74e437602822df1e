// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/chime.h"

#include <QCoreApplication>
#include <QDataStream>
#include <QStandardPaths>
#include <QTimer>

#include <array>
#include <cmath>
#include <numbers>

using namespace Qt::StringLiterals;

namespace signalbox::app {

namespace {

struct Sound
{
    Q_DECLARE_TR_FUNCTIONS(Sound)
};

constexpr quint32 kRate = 22'050;
constexpr quint16 kBytesASample = 2;
constexpr int kSamples = static_cast<int>(kRate * 42 / 100);
constexpr int kHeaderBytes = 44;
constexpr int kPatienceMs = 5'000;

/// E5, and G5 a little later; each fades away.
double sampleAt(double seconds)
{
    constexpr std::array<std::array<double, 2>, 2> kTones{{{659.26, 0.0}, {783.99, 0.12}}};
    double sum = 0;
    for (const auto &[hertz, begins] : kTones) {
        const double age = seconds - begins;
        if (age >= 0) {
            const double attack = std::min(1.0, age / 0.006); // no click
            sum += attack * std::exp(-age * 11) * std::sin(2 * std::numbers::pi * hertz * age);
        }
    }
    return sum * 0.3;
}

} // namespace

QByteArray chimeWave()
{
    QByteArray wave;
    QDataStream out(&wave, QIODevice::WriteOnly);
    out.setByteOrder(QDataStream::LittleEndian);
    const quint32 bytes = kSamples * kBytesASample;
    out.writeRawData("RIFF", 4);
    out << quint32(bytes + kHeaderBytes - 8);
    out.writeRawData("WAVEfmt ", 8);
    out << quint32(16) << quint16(1) << quint16(1) << kRate << quint32(kRate * kBytesASample)
        << kBytesASample << quint16(8 * kBytesASample);
    out.writeRawData("data", 4);
    out << bytes;
    for (int i = 0; i < kSamples; ++i) {
        const double fade = std::min(1.0, (kSamples - i) / 400.0);
        out << static_cast<qint16>(std::lround(fade * 32'767 * sampleAt(double(i) / kRate)));
    }
    return wave;
}

DesktopChime::DesktopChime(const QStringList &players)
{
    for (const QString &name : players) {
        m_player = QStandardPaths::findExecutable(name);
        if (!m_player.isEmpty()) {
            break;
        }
    }
    m_process.setProgram(m_player);
    m_process.setStandardOutputFile(QProcess::nullDevice());
    m_process.setStandardErrorFile(QProcess::nullDevice());
}

DesktopChime::~DesktopChime()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.kill();
        m_process.waitForFinished(1000);
    }
}

QString DesktopChime::whySilent() const
{
    return m_player.isEmpty() ? Sound::tr("None of pw-play, paplay and aplay is installed.")
                              : QString();
}

void DesktopChime::play()
{
    if (m_player.isEmpty() || m_process.state() != QProcess::NotRunning) {
        return;
    }
    if (m_file.fileName().isEmpty()) { // written once, when it is first needed
        if (!m_file.open()) {
            return;
        }
        m_file.write(chimeWave());
        m_file.flush();
    }
    m_process.setArguments({m_file.fileName()});
    m_process.start();
    QTimer::singleShot(kPatienceMs, &m_process, [process = &m_process] { process->kill(); });
}

} // namespace signalbox::app
