// SPDX-License-Identifier: GPL-3.0-or-later
// The configuration of a gateway on another machine, by the operators' HTTP.
#pragma once

#include "app/console/config_texts.h"
#include "app/console/remote/remote_http.h"
#include "ui/console_source.h"

#include "core/runtime/ledger/json_fields.h"

#include <QElapsedTimer>
#include <QString>

namespace signalbox::app {

/// Lives on the UI thread: its few questions are answered when they are.
class RemoteConfig : public ConfigTexts
{
    Q_OBJECT

public:
    /// \p source must outlive it: it tells whether the gateway is there, and when to look.
    RemoteConfig(const QUrl &address,
                 const QSslConfiguration &tls,
                 Millis patience,
                 ui::ConsoleSource &source);
    ~RemoteConfig() override;

    void useToken(const Secret &token) { m_http.setToken(token); }

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
    [[nodiscard]] std::shared_ptr<const TrialView> trial() const override { return m_trial; }
    void rollBack(quint64 id, qint64 number, const QString &base, const QString &why) override;
    void askProposals(quint64 id) override;
    void refuseProposal(quint64 id, qint64 number, const QString &why) override;
    void askRevisions(quint64 id) override;
    void askRevision(quint64 id, qint64 number) override;
    void explain(quint64 id, const QByteArray &body, const QString &text) override;

private:
    void look();
    void onConfig(const RemoteAnswer &answer);
    void lookAtTrial();
    void onTrial(const RemoteAnswer &answer);
    void takeTrial(const runtime::Json &json);
    void refreshFixed();
    void onApplied(quint64 id, const RemoteAnswer &answer);
    /// Why \p answer is of no use, in a sentence.
    [[nodiscard]] QString problemIn(const RemoteAnswer &answer) const;

    QUrl m_address;
    ui::ConsoleSource &m_source;
    RemoteHttp m_http;
    ui::RunningConfig m_running;
    std::shared_ptr<const TrialView> m_trial;
    QElapsedTimer m_sinceTrial; ///< since it was asked for the trial; not valid: never
    bool m_askedTrial = false;
    bool m_knowsTrials = true; ///< false: an older gateway
    QString m_gatewaysReason; ///< why the gateway itself cannot change it
    QString m_problem; ///< why nothing is known of it
    bool m_asked = false;
    QString m_failedFor; ///< of which revision the last question failed
};

} // namespace signalbox::app
