// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/fake_keychain.h"

#include <QTimer>

#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::app {

using Kind = KeychainAnswer::Kind;

/// Never at once, as no real one does.
void FakeKeychain::answer(std::function<void()> act)
{
    QTimer::singleShot(0, this, [this, act = std::move(act)] {
        if (m_mood == Mood::Silent) {
            m_waiting.push_back(act);
        } else {
            act();
        }
    });
}

void FakeKeychain::setMood(Mood mood)
{
    m_mood = mood;
    if (mood != Mood::Silent) {
        for (const auto &act : std::exchange(m_waiting, {})) {
            act();
        }
    }
}

KeychainAnswer FakeKeychain::refusal() const
{
    return {.kind = Kind::Failed,
            .problem = m_mood == Mood::Gone ? u"no such service"_s : u"object does not exist"_s};
}

void FakeKeychain::read(const QString &entry, Then then)
{
    ++m_reads;
    answer([this, entry, then = std::move(then)] {
        if (m_mood == Mood::Gone) {
            return then(refusal());
        }
        if (m_mood == Mood::Locked || !m_entries.contains(entry)) {
            return then({.kind = Kind::Missing, .problem = u"entry not found"_s});
        }
        then({.secret = m_mood == Mood::Forgetful ? Secret("x") : m_entries.value(entry)});
    });
}

void FakeKeychain::write(const QString &entry, const Secret &secret, Then then)
{
    answer([this, entry, secret, then = std::move(then)] {
        if (m_mood == Mood::Gone || m_mood == Mood::Locked) {
            return then(refusal());
        }
        m_entries.insert(entry, secret);
        then({});
    });
}

void FakeKeychain::remove(const QString &entry, Then then)
{
    answer([this, entry, then = std::move(then)] {
        if (m_mood == Mood::Gone) {
            return then(refusal());
        }
        const bool known = m_entries.remove(entry) > 0;
        then({.kind = known ? Kind::Ok : Kind::Missing});
    });
}

} // namespace signalbox::app
