// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/key_text.h"

#include "ui/text/names.h"
#include "ui/text/numbers.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace signalbox::ui::text {

namespace {

struct Keys
{
    Q_DECLARE_TR_FUNCTIONS(Keys)
};

} // namespace

QString keyPlaceWord(KeyPlace place)
{
    switch (place) {
    case KeyPlace::Keychain:
        return Keys::tr("Keychain");
    case KeyPlace::Vault:
        return Keys::tr("Encrypted file");
    case KeyPlace::Session:
        return Keys::tr("This session");
    case KeyPlace::Environment:
        return Keys::tr("Variable");
    case KeyPlace::File:
        return Keys::tr("File");
    }
    return {};
}

QString keyPlaceHint(KeyPlace place)
{
    switch (place) {
    case KeyPlace::Keychain:
        return Keys::tr("The desktop keeps it, encrypted; the configuration gets its name only.");
    case KeyPlace::Vault:
        return Keys::tr("A file of Signalbox's own beside the configuration, encrypted with a "
                        "passphrase, which is asked for once after each start. Nobody can open it "
                        "without.");
    case KeyPlace::Session:
        return Keys::tr("Kept in memory until the console ends, and written nowhere. "
                        "It has to be typed again after the next start.");
    case KeyPlace::Environment:
        return Keys::tr("A variable that was set when the console started. "
                        "Its name goes into the configuration.");
    case KeyPlace::File:
        return Keys::tr(
            "A file that nobody else may read (chmod 600), with the key and nothing else. "
            "Its path goes into the configuration.");
    }
    return {};
}

QString whereKept(const StoredKey &key)
{
    const QString name = key.ref.section(u':', 1);
    switch (key.place) {
    case KeyPlace::Keychain:
        return Keys::tr("in the keychain as %1").arg(name);
    case KeyPlace::Vault:
        return Keys::tr("in the encrypted file as %1").arg(name);
    case KeyPlace::Session:
        return Keys::tr("in this session's memory");
    case KeyPlace::Environment:
        return Keys::tr("in the variable %1").arg(name);
    case KeyPlace::File:
        return Keys::tr("in the file %1").arg(name);
    }
    return {};
}

QString keyState(const StoredKey &key, const telemetry::KeyView *live, SystemTime now)
{
    if (!key.problem.isEmpty()) {
        const QString name = key.ref + u": "_s;
        return key.problem.startsWith(name) ? key.problem.mid(name.size()) : key.problem;
    }
    if (live == nullptr) {
        return Keys::tr("not in use yet");
    }
    const QString reason = fromUtf8(live->reason);
    if (live->disabled) {
        return reason.isEmpty() ? Keys::tr("off") : Keys::tr("off: %1").arg(reason);
    }
    if (live->coolsUntil && *live->coolsUntil > now) {
        return Keys::tr("rests for %1: %2").arg(countdown(*live->coolsUntil - now), reason);
    }
    return Keys::tr("in use");
}

QString keychainSentence(const KeychainView &keychain)
{
    switch (keychain.state) {
    case KeychainView::State::Asking:
        return Keys::tr("Asking the keychain…");
    case KeychainView::State::Available:
        return Keys::tr("The desktop's keychain works: it gave back what was written.");
    case KeychainView::State::Unavailable:
        return Keys::tr(
                   "The keychain is unavailable: %1. Keys can be kept in an encrypted file or for "
                   "this session, or come from a variable or a file.")
            .arg(keychain.problem);
    case KeychainView::State::NotUsed:
        return {};
    }
    return {};
}

QString vaultSentence(const VaultView &vault)
{
    switch (vault.state) {
    case VaultView::State::NotUsed:
    case VaultView::State::Absent:
        return {};
    case VaultView::State::Locked:
        return vault.waiting == 0
                   ? Keys::tr("The encrypted file is locked.")
                   : Keys::tr("The encrypted file is locked: %n keys in it cannot be used.",
                              nullptr,
                              vault.waiting);
    case VaultView::State::Opening:
        return Keys::tr("Opening the encrypted file…");
    case VaultView::State::Open:
        return Keys::tr("The encrypted file is open until the console ends: %1").arg(vault.path);
    case VaultView::State::Unusable:
        return Keys::tr("The encrypted file cannot be used: %1").arg(vault.problem);
    }
    return {};
}

} // namespace signalbox::ui::text
