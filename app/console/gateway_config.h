// SPDX-License-Identifier: GPL-3.0-or-later
// The configuration of the gateway in this process.
#pragma once

#include "app/console/config_texts.h"
#include "ui/console_source.h"

#include "core/runtime/doors.h"
#include "core/runtime/service.h"

#include <atomic>
#include <functional>
#include <memory>
#include <string>

namespace signalbox::app {

/// Lives on the UI thread. The gateway's thread leaves an answer in the inbox and rings.
class GatewayConfig : public ConfigTexts
{
    Q_OBJECT

public:
    /// Both must outlive it; it must outlive the gateway's thread. \p source tells when to look.
    GatewayConfig(runtime::Service &service, ui::ConsoleSource &source, QObject *parent = nullptr);

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

Q_SIGNALS:
    /// There are answers. Comes from the gateway's thread.
    void rung();

private:
    using Answer = std::function<void()>;

    void look();
    void take();
    /// Has \p answer called on the UI thread; from any.
    void deliver(Answer answer);
    void change(quint64 id, runtime::ConfigChange change, const std::string &text);
    [[nodiscard]] static ui::ApplyOutcome viewOf(const runtime::ConfigOutcome &outcome,
                                                 const std::string &text);

    runtime::Service &m_service;
    std::shared_ptr<const runtime::ConfigState> m_state;
    ui::RunningConfig m_running;
    std::shared_ptr<const TrialView> m_trial;
    runtime::Inbox<Answer> m_answers;
    std::atomic<bool> m_rung = false;
};

} // namespace signalbox::app
