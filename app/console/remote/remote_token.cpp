// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/remote/remote_token.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::app {

RemoteToken::RemoteToken(const QUrl &address, Secret environment, Keychain &keychain)
    : m_entry(entryFor(address))
    , m_address(address.toString())
    , m_environment(std::move(environment))
    , m_keychain(keychain)
{
    connect(&m_keychain, &Keychain::stateChanged, this, &RemoteToken::onKeychain);
}

QString RemoteToken::entryFor(const QUrl &address)
{
    const QUrl::FormattingOptions plain = QUrl::RemoveUserInfo | QUrl::RemoveQuery
                                          | QUrl::RemoveFragment | QUrl::StripTrailingSlash;
    return u"operator at "_s + address.toString(plain);
}

void RemoteToken::look()
{
    m_looking = m_environment.isEmpty();
    m_keychain.probe(); // also without need of its entry: whether another can be kept
    if (!m_looking) {
        m_place = tr("from the variable SIGNALBOX_TOKEN");
        Q_EMIT found(m_environment);
    }
}

void RemoteToken::onKeychain()
{
    if (m_looking && m_keychain.state() == Keychain::State::Available) {
        m_looking = false;
        read();
    } else if (m_looking && m_keychain.state() == Keychain::State::Unavailable) {
        m_looking = false;
        Q_EMIT missing(tr("%1 asks for an operator's token. The keychain is unavailable: %2.")
                           .arg(m_address, m_keychain.problem()));
    }
    Q_EMIT changed();
}

void RemoteToken::read()
{
    m_keychain.read(m_entry, [this](const KeychainAnswer &answer) {
        if (!m_place.isEmpty()) {
            return; // somebody was faster and typed one
        }
        if (answer.kind == KeychainAnswer::Kind::Ok && !answer.secret.isEmpty()) {
            m_place = tr("from the keychain");
            Q_EMIT found(answer.secret);
            return;
        }
        const QString problem = answer.kind == KeychainAnswer::Kind::Failed
                                    ? tr("The keychain did not give one: %1.").arg(answer.problem)
                                    : tr("The keychain has none for it.");
        Q_EMIT missing(tr("%1 asks for an operator's token. %2").arg(m_address, problem));
    });
}

void RemoteToken::type(const Secret &token, bool keep)
{
    m_looking = false;
    m_toKeep = keep ? token : Secret();
    m_place = tr("typed in, kept until the console ends");
    Q_EMIT found(token);
    Q_EMIT changed();
}

void RemoteToken::worked()
{
    if (m_toKeep.isEmpty()) {
        return;
    }
    const Secret token = std::exchange(m_toKeep, Secret());
    m_keychain.write(m_entry, token, [this](const KeychainAnswer &answer) {
        m_place = answer.kind == KeychainAnswer::Kind::Ok
                      ? tr("typed in, and kept in the keychain")
                      : tr("typed in, kept until the console ends: the keychain did not take it "
                           "(%1)")
                            .arg(answer.problem);
        Q_EMIT changed();
    });
}

} // namespace signalbox::app
