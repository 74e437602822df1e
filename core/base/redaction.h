// SPDX-License-Identifier: Apache-2.0
// Words of others that leave this machine: what looks like a key is taken out of them.
#pragma once

#include <string>

namespace signalbox {

/// Replaces what looks like a credential by `[redacted]`: words that begin as providers' keys do
/// (`sk-`, `AIza`, `gsk_`, `hf_`, `ghp_`, `AKIA`, a JWT's `eyJ`...), what follows `Bearer` and `Basic`,
/// what is assigned to a name such as `api_key`, `token` or `password`, a URL's user information,
/// and private keys in PEM. In quotes the whole value goes. Where a secret is kept (`env:`, `file:`, `keychain:`, `vault:`,
/// `session:`) is none and stays. True when something was replaced.
///
/// A net under Secret::blotOut(), which finds every key that is known: a key that looks like any
/// other word is not found here.
bool blotKeys(std::string &text);

} // namespace signalbox
