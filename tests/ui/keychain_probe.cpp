// SPDX-License-Identifier: GPL-3.0-or-later
// keychain_probe: one line about the keychain of the session bus it is started on.
//   available: write ok, read ok, remove ok, read missing
//   unavailable: REASON
#include "app/console/keychain.h"

#include <QCoreApplication>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::app;

namespace {

const char *wordFor(const KeychainAnswer &answer)
{
    switch (answer.kind) {
    case KeychainAnswer::Kind::Ok:
        return "ok";
    case KeychainAnswer::Kind::Missing:
        return "missing";
    case KeychainAnswer::Kind::Failed:
        return "failed";
    }
    return "?";
}

/// Writes an entry, reads it, removes it, reads it: each after the answer of the one before.
class RoundTrip
{
public:
    explicit RoundTrip(Keychain &keychain)
        : m_keychain(keychain)
    {}

    void begin()
    {
        m_keychain.write(m_entry, m_secret, [this](const KeychainAnswer &written) {
            std::printf("available: write %s", wordFor(written));
            m_keychain.read(m_entry, [this](const KeychainAnswer &answer) { compare(answer); });
        });
    }

private:
    void compare(const KeychainAnswer &answer)
    {
        const bool same = answer.secret.matches(m_secret.expose());
        std::printf(", read %s", same ? wordFor(answer) : "another");
        m_keychain.remove(m_entry, [this](const KeychainAnswer &removed) {
            std::printf(", remove %s", wordFor(removed));
            m_keychain.read(m_entry, [](const KeychainAnswer &last) {
                std::printf(", read %s\n", wordFor(last));
                QCoreApplication::quit();
            });
        });
    }

    Keychain &m_keychain;
    QString m_entry = u"round-trip"_s;
    Secret m_secret{"sk-ключ \"1\""};
};

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QtKeychainBackend backend;
    Keychain keychain(backend);
    RoundTrip trip(keychain);
    QObject::connect(&keychain, &Keychain::stateChanged, &application, [&] {
        if (keychain.state() == Keychain::State::Available) {
            trip.begin();
        } else if (keychain.state() == Keychain::State::Unavailable) {
            std::printf("unavailable: %s\n", qPrintable(keychain.problem()));
            QCoreApplication::quit();
        }
    });
    keychain.probe();
    return QCoreApplication::exec();
}
