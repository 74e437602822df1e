// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/keychain.h"

#include <QTimer>
#include <QUuid>

#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::app {

namespace {

using Kind = KeychainAnswer::Kind;

KeychainAnswer silence()
{
    return {.kind = Kind::Failed,
            .problem = Keychain::tr("it does not answer; perhaps it waits to be unlocked")};
}

} // namespace

Keychain::Keychain(KeychainBackend &backend, std::chrono::milliseconds patience, QObject *parent)
    : QObject(parent)
    , m_backend(backend)
    , m_patience(patience)
{}

void Keychain::settle(State state, const QString &problem)
{
    m_problem = problem;
    m_state = state;
    Q_EMIT stateChanged();
}

/// The backend's answer or, after the patience, silence; whichever comes first, and the answer
/// behind the silence where it is welcome.
KeychainBackend::Then Keychain::once(Then then, bool welcomesLate)
{
    struct Call
    {
        Then then;
        bool answered = false;
        bool silent = false;
    };
    auto call = std::make_shared<Call>();
    call->then = std::move(then);
    QTimer::singleShot(m_patience, this, [call] {
        if (!call->answered) {
            call->silent = true;
            call->then(silence());
        }
    });
    return [call, welcomesLate](const KeychainAnswer &answer) {
        call->answered = true;
        if (!call->silent || welcomesLate) {
            call->then(answer);
        }
    };
}

void Keychain::probe()
{
    if (m_state == State::Asking) {
        return;
    }
    const int era = ++m_era;
    const QString token = QUuid::createUuid().toString(QUuid::WithoutBraces);
    m_probeEntry = u"probe-"_s + token;
    settle(State::Asking);
    m_backend.write(m_probeEntry,
                    Secret(token.toStdString()),
                    once([this, era](const KeychainAnswer &answer) { probeWritten(era, answer); },
                         true));
}

void Keychain::probeWritten(int era, const KeychainAnswer &answer)
{
    if (era != m_era) {
        return;
    }
    if (answer.kind != Kind::Ok) {
        return settle(State::Unavailable, answer.problem);
    }
    const auto compare = [this, era](const KeychainAnswer &read) {
        if (era != m_era) {
            return;
        }
        m_backend.remove(m_probeEntry, [](const KeychainAnswer &) {});
        const std::string token = m_probeEntry.section(u'-', 1).toStdString();
        if (read.kind == Kind::Ok && read.secret.matches(token)) {
            return settle(State::Available);
        }
        settle(State::Unavailable,
               read.kind == Kind::Failed ? read.problem
                                         : tr("it does not give back what was written"));
    };
    m_backend.read(m_probeEntry, once(compare, true));
}

void Keychain::read(const QString &entry, Then then)
{
    const auto doubt = [this, then = std::move(then)](const KeychainAnswer &answer) {
        if (answer.kind == Kind::Missing && m_state != State::Available) {
            return then(
                {.kind = Kind::Failed,
                 .problem = m_problem.isEmpty() ? tr("it is locked or not there") : m_problem});
        }
        then(answer);
    };
    m_backend.read(entry, once(doubt, true));
}

void Keychain::write(const QString &entry, const Secret &secret, Then then)
{
    m_backend.write(entry, secret, once(std::move(then), false));
}

void Keychain::remove(const QString &entry, Then then)
{
    m_backend.remove(entry, once(std::move(then), false));
}

} // namespace signalbox::app
