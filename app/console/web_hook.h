// SPDX-License-Identifier: GPL-3.0-or-later
// Alerts as JSON, posted to somebody's server.
#pragma once

#include "ui/notifier.h"

#include "core/runtime/secret_store.h"

#include <QByteArray>
#include <QNetworkAccessManager>

#include <chrono>
#include <memory>

class QDateTime;

class QNetworkReply;

namespace signalbox::app {

/// A post that meets silence, 408, 429 or 5xx is tried four times in all, after 1, 4 and 16 s;
/// another answer than 2xx ends it at once. No redirect is followed, as the secret would go along.
/// At most 20 posts wait; what comes then is not sent, and that is said. Every try of a post has the
/// same `X-Signalbox-Delivery`. Lives on the UI thread.
class WebHook : public ui::AlertHook
{
    Q_OBJECT

public:
    struct Pace
    {
        std::chrono::milliseconds first{1000}; ///< before the second try; then four times as long
        std::chrono::milliseconds patience{10'000}; ///< with one try
    };

    /// \p secrets must outlive it. \p pace for tests.
    explicit WebHook(runtime::SecretStore &secrets);
    WebHook(runtime::SecretStore &secrets, Pace pace);

    void post(const ui::AlertTelling &telling,
              const std::vector<ui::AlertNotice> &notices) override;

private:
    struct Delivery;

    void attempt(const std::shared_ptr<Delivery> &delivery);
    void boundReply(QNetworkReply *reply) const;
    void again(const std::shared_ptr<Delivery> &delivery, const QString &problem);
    void end(bool ok, const QString &message);

    runtime::SecretStore &m_secrets;
    Pace m_pace;
    QNetworkAccessManager m_network;
    int m_waiting = 0;
};

/// The body of a post: `{"source":"signalbox","version":1,"sent_at":…,"alerts":[…]}`.
[[nodiscard]] QByteArray hookBody(const std::vector<ui::AlertNotice> &notices,
                                  const QDateTime &now);

} // namespace signalbox::app
