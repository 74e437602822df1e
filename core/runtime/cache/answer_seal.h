// SPDX-License-Identifier: Apache-2.0
// Encrypts what is written of answers.
#pragma once

#include "core/base/secret.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace signalbox::runtime {

/// A key made of a file's salt and of somebody's secret, which may be a passphrase (scrypt, as the vault's).
/// May be used by several threads.
class AnswerSeal
{
public:
    /// Takes about a fifth of a second and 64 MiB. Nothing when there is no memory for it.
    [[nodiscard]] static std::optional<AnswerSeal> of(const Secret &secret, std::string_view salt);
    [[nodiscard]] static std::string newSalt();

    /// As base64, under a nonce of its own. Opens under the same \p name alone.
    [[nodiscard]] std::string seal(std::string_view text, std::string_view name) const;
    /// Nothing when that was not sealed so.
    [[nodiscard]] std::optional<Secret> open(std::string_view sealed, std::string_view name) const;

private:
    explicit AnswerSeal(Secret key)
        : m_key(std::move(key))
    {}

    Secret m_key;
};

} // namespace signalbox::runtime
