// SPDX-License-Identifier: GPL-3.0-or-later
// Where keys are, and how they are, in words.
#pragma once

#include "ui/settings_source.h"

#include "core/telemetry/snapshot.h"

#include <QString>

namespace signalbox::ui::text {

/// `Keychain`, `Encrypted file`, `This session`, `Variable`, `File`.
QString keyPlaceWord(KeyPlace place);
/// What putting a key there means, in a sentence or two.
QString keyPlaceHint(KeyPlace place);
/// `in the keychain as openai`.
QString whereKept(const StoredKey &key);
/// `in use`; else why not: it cannot be read, cools down, or was refused. \p live may be null.
QString keyState(const StoredKey &key, const telemetry::KeyView *live, SystemTime now);
/// The keychain's own state in a sentence.
QString keychainSentence(const KeychainView &keychain);

/// How the encrypted file stands; empty where nobody has to know.
[[nodiscard]] QString vaultSentence(const VaultView &vault);

} // namespace signalbox::ui::text
