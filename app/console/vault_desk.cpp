// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/vault_desk.h"

#include "core/base/bounds.h"
#include "core/runtime/private_file.h"

#include <QFileInfo>

#include <map>
#include <utility>

namespace signalbox::app {

namespace {

using runtime::Vault;
using runtime::VaultError;
using runtime::VaultFault;

QString qt(const std::string &text)
{
    return QString::fromStdString(text);
}

Secret withoutLineEnd(const Secret &secret)
{
    std::string_view text = secret.expose();
    while (text.ends_with('\n') || text.ends_with('\r')) {
        text.remove_suffix(1);
    }
    return Secret(std::string(text));
}

} // namespace

/// What the pool's thread has to say.
struct VaultDesk::Outcome
{
    std::optional<VaultError> error;
    bool isOpen = false;
    std::map<std::string, Secret> entries;
};

VaultDesk::VaultDesk(const runtime::VaultPlaces &places, DesktopSecrets &secrets, QObject *parent)
    : QObject(parent)
    , m_secrets(secrets)
    , m_path(qt(places.vault))
{
    m_pool.setMaxThreadCount(1);
    look();
    if (m_state != State::Locked || places.passphraseFile.empty()) {
        return;
    }
    const auto file = runtime::readPrivateFile(places.passphraseFile, bounds::kSecretBytesMax);
    if (file) {
        open(withoutLineEnd(*file), {});
    } else {
        m_problem = tr("the passphrase's file: %1").arg(qt(file.error().message));
    }
}

VaultDesk::~VaultDesk()
{
    m_pool.waitForDone();
}

void VaultDesk::look()
{
    if (m_state == State::Open) {
        return start([](Room &room) { return room->refresh(); }, {});
    }
    if (m_state == State::Opening) {
        return;
    }
    const QFileInfo file(m_path);
    const State now = file.exists() || file.isSymLink() ? State::Locked : State::Absent;
    if (now != m_state && (now == State::Absent || m_state != State::Unusable)) {
        m_state = now;
        m_problem.clear();
        Q_EMIT changed();
    }
}

VaultDesk::Work VaultDesk::opening(const Secret &passphrase, bool mayMake) const
{
    return [passphrase, mayMake, path = m_path.toStdString()](Room &room) -> Status<VaultError> {
        if (room) {
            return Nothing();
        }
        auto opened = Vault::open(path, passphrase);
        if (!opened && opened.error().fault == VaultFault::Absent && mayMake) {
            opened = Vault::create(path, passphrase);
        }
        if (!opened) {
            return Failure{opened.error()};
        }
        room.emplace(std::move(*opened));
        return Nothing();
    };
}

void VaultDesk::open(const Secret &passphrase, Then then)
{
    m_state = m_state == State::Open ? State::Open : State::Opening;
    Q_EMIT changed();
    start(opening(passphrase, false), std::move(then));
}

void VaultDesk::put(const std::string &name,
                    const Secret &secret,
                    const Secret &passphrase,
                    Then then)
{
    start(
        [open = opening(passphrase, true), name, secret](Room &room) -> Status<VaultError> {
            auto ready = open(room);
            return ready ? room->put(name, secret) : ready;
        },
        std::move(then));
}

void VaultDesk::remove(const std::string &name, Then then)
{
    if (m_state != State::Open) {
        return then(tr("it is locked"));
    }
    start([name](Room &room) { return room->remove(name); }, std::move(then));
}

void VaultDesk::start(Work work, Then then)
{
    m_pool.start([this, work = std::move(work), then = std::move(then), room = m_room] {
        const auto outcome = std::make_shared<Outcome>();
        if (auto status = work(*room); !status) {
            outcome->error = status.error();
            const VaultFault fault = status.error().fault;
            if (fault == VaultFault::WrongPassphrase || fault == VaultFault::Absent) {
                room->reset(); // another file, or none, is in its place
            }
        }
        outcome->isOpen = room->has_value();
        if (outcome->isOpen) {
            for (const std::string &name : (*room)->names()) {
                outcome->entries.emplace(name, *(*room)->read(name));
            }
        }
        const auto tell = [this, outcome, then] { done(*outcome, then); };
        QMetaObject::invokeMethod(this, tell, Qt::QueuedConnection);
    });
}

void VaultDesk::done(const Outcome &outcome, const Then &then)
{
    m_problem.clear();
    if (outcome.isOpen) {
        m_state = State::Open;
        m_secrets.setVault(outcome.entries, "the encrypted file has no such entry");
    } else if (outcome.error) {
        refuse(*outcome.error);
    }
    if (then) {
        then(outcome.error ? qt(outcome.error->message) : QString());
    }
    Q_EMIT changed();
}

/// It is not open, for that reason.
void VaultDesk::refuse(const VaultError &error)
{
    m_problem = qt(error.message);
    switch (error.fault) {
    case VaultFault::Damaged:
    case VaultFault::Unreadable:
        m_state = State::Unusable;
        break;
    case VaultFault::Absent:
    case VaultFault::Unwritable:
    case VaultFault::Exists:
    case VaultFault::Full:
    case VaultFault::WrongPassphrase:
        m_state = QFileInfo::exists(m_path) ? State::Locked : State::Absent;
        break;
    }
    m_secrets.setVault({}, "the encrypted file is locked: " + error.message);
}

} // namespace signalbox::app
