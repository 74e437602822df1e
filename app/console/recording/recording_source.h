// SPDX-License-Identifier: GPL-3.0-or-later
// The console's source of news when there is no gateway: a recording of one.
#pragma once

#include "app/console/config_texts.h"
#include "app/console/recording/recording_file.h"
#include "ui/console_source.h"

namespace signalbox::app {

/// Lives on the UI thread. Its present stands still at the moment the recording was made; nothing can be
/// done to its targets, and it says so.
class RecordingSource : public ui::ConsoleSource
{
    Q_OBJECT

public:
    /// \p file must outlive it.
    explicit RecordingSource(const RecordingFile &file);

    [[nodiscard]] std::shared_ptr<const telemetry::Snapshot> snapshot() const override
    {
        return m_snapshot;
    }
    [[nodiscard]] ui::FinishedBatch takeFinished() override;
    void send(const ui::BreakerCommand &command) override;
    [[nodiscard]] ui::Connection connection() const override { return m_connection; }
    [[nodiscard]] QString whyNoCommands() const override;
    /// When the recording was made: the console's clock.
    [[nodiscard]] SystemTime now() const { return m_snapshot->at.system; }

private:
    const RecordingFile &m_file;
    std::shared_ptr<const telemetry::Snapshot> m_snapshot;
    ui::Connection m_connection;
    bool m_told = false; ///< the finished ones were taken
};

/// The configurations of a recording, to be read and not to be changed.
class RecordingConfig : public ConfigTexts
{
    Q_OBJECT

public:
    /// \p file must outlive it.
    explicit RecordingConfig(const RecordingFile &file);

    [[nodiscard]] ui::RunningConfig running() const override { return m_running; }
    using ui::ConfigSource::apply;
    void apply(quint64 id,
               const QString &text,
               const QString &base,
               const QString &why,
               const ui::ChangeOrigin &origin) override;
    void applyToShare(quint64 id,
                      const QString &text,
                      const QString &base,
                      const QString &why,
                      const TrialTerms &terms,
                      qint64 proposal) override;
    void endTrial(quint64 id, bool takeOver, const QString &why) override;
    [[nodiscard]] std::shared_ptr<const TrialView> trial() const override { return nullptr; }
    void rollBack(quint64 id, qint64 number, const QString &base, const QString &why) override;
    void askProposals(quint64 id) override;
    void refuseProposal(quint64 id, qint64 number, const QString &why) override;
    void askRevisions(quint64 id) override;
    void askRevision(quint64 id, qint64 number) override;
    void explain(quint64 id, const QByteArray &body, const QString &text) override;

private:
    void refuse(quint64 id);

    const RecordingFile &m_file;
    ui::RunningConfig m_running;
};

} // namespace signalbox::app
