// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/cache/answer_seal.h"

#include "core/base/base64.h"
#include "core/runtime/aes_gcm.h"
#include "core/runtime/vault_cipher.h"

#include <utility>

namespace signalbox::runtime {

std::optional<AnswerSeal> AnswerSeal::of(const Secret &secret, std::string_view salt)
{
    Sealed costs;
    costs.salt = salt;
    auto key = keyFrom(secret, costs);
    return key ? std::optional(AnswerSeal(std::move(*key))) : std::nullopt;
}

std::string AnswerSeal::newSalt()
{
    return randomBytes(kSaltBytes);
}

std::string AnswerSeal::seal(std::string_view text, std::string_view name) const
{
    const std::string nonce = randomBytes(kGcmNonceBytes);
    std::string sealed;
    appendBase64(sealed, nonce + gcmSeal(m_key, nonce, name, text));
    return sealed;
}

std::optional<Secret> AnswerSeal::open(std::string_view sealed, std::string_view name) const
{
    const auto bytes = fromBase64(sealed);
    if (!bytes || bytes->size() < kGcmNonceBytes) {
        return std::nullopt;
    }
    const std::string_view all = *bytes;
    return gcmOpen(m_key, all.substr(0, kGcmNonceBytes), name, all.substr(kGcmNonceBytes));
}

} // namespace signalbox::runtime
