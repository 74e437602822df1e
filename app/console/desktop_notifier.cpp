// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/desktop_notifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

using namespace Qt::StringLiterals;

namespace signalbox::app {

namespace {

constexpr qsizetype kShownMax = 200;
constexpr uchar kNormal = 1;
constexpr uchar kCritical = 2;
constexpr int kDefaultTime = -1; ///< as the desktop likes

/// The body may be read as markup.
QDBusMessage messageFor(const ui::AlertNotice &notice, quint32 replaces)
{
    QDBusMessage message = QDBusMessage::createMethodCall(u"org.freedesktop.Notifications"_s,
                                                          u"/org/freedesktop/Notifications"_s,
                                                          u"org.freedesktop.Notifications"_s,
                                                          u"Notify"_s);
    const QVariantMap hints{{u"urgency"_s,
                             QVariant::fromValue(notice.critical ? kCritical : kNormal)},
                            {u"desktop-entry"_s, u"org.signalbox.Console"_s}};
    message.setArguments({u"Signalbox"_s,
                          replaces,
                          u"org.signalbox.Console"_s,
                          notice.title,
                          notice.text.toHtmlEscaped(),
                          QStringList(),
                          hints,
                          kDefaultTime});
    return message;
}

} // namespace

/// One call a key at a time: what it replaces is known only when the one before was answered.
void DesktopNotifier::show(const ui::AlertNotice &notice)
{
    if (m_asked.contains(notice.key)) {
        m_waiting.insert(notice.key, notice);
        return;
    }
    send(notice);
}

void DesktopNotifier::send(const ui::AlertNotice &notice)
{
    const QString key = notice.key;
    m_asked.insert(key);
    if (m_shown.size() >= kShownMax) {
        m_shown.clear(); // they are long gone from the screen
    }
    auto *call = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(
                                                 messageFor(notice, m_shown.value(key))),
                                             this);
    connect(call, &QDBusPendingCallWatcher::finished, this, [this, key, call] {
        call->deleteLater();
        const QDBusPendingReply<quint32> reply = *call;
        if (reply.isValid()) {
            m_shown.insert(key, reply.value());
        }
        m_asked.remove(key);
        if (m_waiting.contains(key)) {
            send(m_waiting.take(key));
        }
    });
}

} // namespace signalbox::app
