// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/aes_gcm.h"

#include "core/base/check.h"

#include <memory>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <utility>

namespace signalbox::runtime {

namespace {

using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

const unsigned char *raw(std::string_view text)
{
    return reinterpret_cast<const unsigned char *>(text.data());
}

unsigned char *raw(std::string &text)
{
    return reinterpret_cast<unsigned char *>(text.data());
}

int sizeOf(std::string_view text)
{
    return static_cast<int>(text.size());
}

} // namespace

std::string gcmSeal(const Secret &key,
                    std::string_view nonce,
                    std::string_view bound,
                    std::string_view plain)
{
    SB_CHECK(key.expose().size() == kGcmKeyBytes && nonce.size() == kGcmNonceBytes);
    std::string ciphertext(plain.size(), '\0');
    std::string tag(kGcmTagBytes, '\0');
    const Context context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    EVP_CIPHER_CTX *const at = context.get();
    int size = 0;
    SB_CHECK(at != nullptr);
    SB_CHECK(EVP_EncryptInit_ex(at, EVP_aes_256_gcm(), nullptr, raw(key.expose()), raw(nonce))
             == 1);
    SB_CHECK(EVP_EncryptUpdate(at, nullptr, &size, raw(bound), sizeOf(bound)) == 1);
    SB_CHECK(EVP_EncryptUpdate(at, raw(ciphertext), &size, raw(plain), sizeOf(plain)) == 1);
    SB_CHECK(EVP_EncryptFinal_ex(at, nullptr, &size) == 1);
    SB_CHECK(EVP_CIPHER_CTX_ctrl(at, EVP_CTRL_GCM_GET_TAG, sizeOf(tag), tag.data()) == 1);
    return ciphertext + tag;
}

std::optional<Secret> gcmOpen(const Secret &key,
                              std::string_view nonce,
                              std::string_view bound,
                              std::string_view sealed)
{
    if (key.expose().size() != kGcmKeyBytes || nonce.size() != kGcmNonceBytes
        || sealed.size() < kGcmTagBytes) {
        return std::nullopt;
    }
    const std::string_view ciphertext = sealed.substr(0, sealed.size() - kGcmTagBytes);
    std::string tag(sealed.substr(ciphertext.size()));
    std::string plain(ciphertext.size(), '\0');
    const Context context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    EVP_CIPHER_CTX *const at = context.get();
    int size = 0;
    const bool opened =
        at != nullptr
        && EVP_DecryptInit_ex(at, EVP_aes_256_gcm(), nullptr, raw(key.expose()), raw(nonce)) == 1
        && EVP_DecryptUpdate(at, nullptr, &size, raw(bound), sizeOf(bound)) == 1
        && EVP_DecryptUpdate(at, raw(plain), &size, raw(ciphertext), sizeOf(ciphertext)) == 1
        && EVP_CIPHER_CTX_ctrl(at, EVP_CTRL_GCM_SET_TAG, sizeOf(tag), tag.data()) == 1
        && EVP_DecryptFinal_ex(at, nullptr, &size) == 1;
    Secret secret(std::move(plain)); // wiped where it does not leave
    return opened ? std::optional(std::move(secret)) : std::nullopt;
}

std::string randomBytes(std::size_t count)
{
    std::string bytes(count, '\0');
    SB_CHECK(RAND_bytes(raw(bytes), static_cast<int>(count)) == 1);
    return bytes;
}

} // namespace signalbox::runtime
