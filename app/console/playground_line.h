// SPDX-License-Identifier: GPL-3.0-or-later
// The playground's source: questions by HTTP to the gateway, wherever it is.
#pragma once

#include "app/console/playground_client.h"
#include "ui/playground_source.h"

#include <QThread>

#include <functional>

namespace signalbox::app {

class RemoteSource;

/// A key that opens the gateway inside for its console, made at random: 256 bits.
Secret makeConsoleKey();

/// Lives on the UI thread; what it asks is on a thread of its own, which it ends and awaits when it
/// is destroyed.
class PlaygroundLine : public ui::PlaygroundSource
{
    Q_OBJECT

public:
    using Access = std::function<PlaygroundAccess()>;
    using WhyNot = std::function<QString()>;

    /// To a gateway in this process, opened by \p key.
    PlaygroundLine(std::function<QUrl()> address, Secret key);
    /// To one on another machine, opened by the operator's token. \p source must outlive it.
    PlaygroundLine(RemoteSource &source, const QSslConfiguration &tls);
    ~PlaygroundLine() override;

    [[nodiscard]] QString whyNot() const override { return m_whyNot(); }
    [[nodiscard]] QString address() const override;
    void ask(const ui::PlaygroundQuestion &question) override;
    void stop(quint64 run) override { m_client->stop(run); }
    void count(quint64 id, const QByteArray &body) override;
    /// What the next request goes with.
    [[nodiscard]] PlaygroundAccess access() const { return m_access(); }

private:
    PlaygroundLine(Access access, WhyNot whyNot);
    void onDoorbell();

    Access m_access;
    WhyNot m_whyNot;
    QThread m_thread;
    PlaygroundClient *m_client; ///< on m_thread, and gone with it
};

} // namespace signalbox::app
