// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/key_feed.h"

namespace signalbox::app {

namespace {

std::string unavailable(const QString &problem)
{
    return "the keychain is unavailable: " + problem.toStdString();
}

} // namespace

KeyFeed::KeyFeed(DesktopSecrets &secrets, Keychain &keychain, QObject *parent)
    : QObject(parent)
    , m_secrets(secrets)
    , m_keychain(keychain)
{
    connect(&m_secrets, &DesktopSecrets::wanted, this, &KeyFeed::fetchWanted, Qt::QueuedConnection);
    connect(&m_keychain, &Keychain::stateChanged, this, &KeyFeed::keychainChanged);
}

void KeyFeed::fetchWanted()
{
    if (m_keychain.state() != Keychain::State::Available) {
        return m_keychain.probe();
    }
    for (const SecretRef &ref : m_secrets.takeWanted()) {
        fetch(ref);
    }
}

void KeyFeed::fetch(const SecretRef &ref)
{
    m_keychain.read(QString::fromStdString(ref.name), [this, ref](const KeychainAnswer &answer) {
        switch (answer.kind) {
        case KeychainAnswer::Kind::Ok:
            m_secrets.put(ref, answer.secret);
            break;
        case KeychainAnswer::Kind::Missing:
            m_secrets.setProblem(ref, "the keychain has no such entry");
            break;
        case KeychainAnswer::Kind::Failed:
            m_secrets.setProblem(ref, unavailable(answer.problem));
            break;
        }
        Q_EMIT fetched();
    });
}

void KeyFeed::keychainChanged()
{
    if (m_keychain.state() == Keychain::State::Available) {
        m_secrets.forgetProblems();
        fetchWanted();
    } else if (m_keychain.state() == Keychain::State::Unavailable) {
        for (const SecretRef &ref : m_secrets.takeWanted()) {
            m_secrets.setProblem(ref, unavailable(m_keychain.problem()));
        }
    }
}

} // namespace signalbox::app
