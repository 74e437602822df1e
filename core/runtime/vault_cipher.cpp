// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/vault_cipher.h"

#include "core/base/check.h"

#include <memory>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

namespace signalbox::runtime {

namespace {

constexpr std::string_view kMagic = "SIGNALBOX-VAULT\n";
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 16;
constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kHeadBytes = 16 + 4 * kNumberBytes + kSaltBytes + kNonceBytes;
constexpr std::uint32_t kLogNMin = 14;
constexpr std::uint32_t kLogNMax = 18; ///< 256 MiB: a file from outside may not ask for more
constexpr std::uint64_t kScryptMemoryMax = 300UL * 1024 * 1024;

using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

const unsigned char *raw(std::string_view text)
{
    return reinterpret_cast<const unsigned char *>(text.data());
}

unsigned char *raw(std::string &text)
{
    return reinterpret_cast<unsigned char *>(text.data());
}

std::string checksumOf(std::string_view bytes)
{
    std::string sum(SHA256_DIGEST_LENGTH, '\0');
    SHA256(raw(bytes), bytes.size(), raw(sum));
    return sum;
}

} // namespace

std::string randomBytes(std::size_t count)
{
    std::string bytes(count, '\0');
    SB_CHECK(RAND_bytes(raw(bytes), static_cast<int>(count)) == 1);
    return bytes;
}

void appendNumber(std::string &out, std::uint32_t number)
{
    for (unsigned shift = 0; shift < 32; shift += 8) {
        out.push_back(static_cast<char>((number >> shift) & 0xFFU));
    }
}

std::optional<std::uint32_t> takeNumber(std::string_view &bytes)
{
    if (bytes.size() < kNumberBytes) {
        return std::nullopt;
    }
    std::uint32_t number = 0;
    for (unsigned i = 0; i < kNumberBytes; ++i) {
        number |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    }
    bytes.remove_prefix(kNumberBytes);
    return number;
}

std::optional<Sealed> parseSealed(std::string_view bytes)
{
    if (bytes.size() < kHeadBytes + kTagBytes + SHA256_DIGEST_LENGTH
        || !bytes.starts_with(kMagic)) {
        return std::nullopt;
    }
    const std::size_t end = bytes.size() - SHA256_DIGEST_LENGTH;
    if (checksumOf(bytes.substr(0, end)) != bytes.substr(end)) {
        return std::nullopt;
    }
    Sealed sealed;
    sealed.head = bytes.substr(0, kHeadBytes);
    std::string_view numbers = bytes.substr(kMagic.size(), 4 * kNumberBytes);
    const auto version = takeNumber(numbers);
    sealed.logN = *takeNumber(numbers);
    sealed.r = *takeNumber(numbers);
    sealed.p = *takeNumber(numbers);
    sealed.salt = bytes.substr(kMagic.size() + 4 * kNumberBytes, kSaltBytes);
    sealed.nonce = bytes.substr(kHeadBytes - kNonceBytes, kNonceBytes);
    sealed.ciphertext = bytes.substr(kHeadBytes, end - kTagBytes - kHeadBytes);
    sealed.tag = bytes.substr(end - kTagBytes, kTagBytes);
    const bool sound = version == kVersion && sealed.logN >= kLogNMin && sealed.logN <= kLogNMax
                       && sealed.r == 8 && sealed.p == 1;
    return sound ? std::optional(sealed) : std::nullopt;
}

std::optional<Secret> keyFrom(const Secret &passphrase, const Sealed &sealed)
{
    std::string key(kKeyBytes, '\0');
    const bool made = EVP_PBE_scrypt(passphrase.expose().data(),
                                     passphrase.expose().size(),
                                     raw(sealed.salt),
                                     sealed.salt.size(),
                                     std::uint64_t(1) << sealed.logN,
                                     sealed.r,
                                     sealed.p,
                                     kScryptMemoryMax,
                                     raw(key),
                                     key.size())
                      == 1;
    return made ? std::optional(Secret(std::move(key))) : std::nullopt;
}

std::optional<Secret> unseal(const Sealed &sealed, const Secret &key)
{
    const Context context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    std::string plain(sealed.ciphertext.size(), '\0');
    std::string tag(sealed.tag);
    int size = 0;
    const bool opened = context != nullptr
                        && EVP_DecryptInit_ex(context.get(),
                                              EVP_aes_256_gcm(),
                                              nullptr,
                                              raw(key.expose()),
                                              raw(sealed.nonce))
                               == 1
                        && EVP_DecryptUpdate(context.get(),
                                             nullptr,
                                             &size,
                                             raw(sealed.head),
                                             static_cast<int>(sealed.head.size()))
                               == 1
                        && EVP_DecryptUpdate(context.get(),
                                             raw(plain),
                                             &size,
                                             raw(sealed.ciphertext),
                                             static_cast<int>(sealed.ciphertext.size()))
                               == 1
                        && EVP_CIPHER_CTX_ctrl(context.get(),
                                               EVP_CTRL_GCM_SET_TAG,
                                               static_cast<int>(tag.size()),
                                               tag.data())
                               == 1
                        && EVP_DecryptFinal_ex(context.get(), nullptr, &size) == 1;
    Secret secret(std::move(plain)); // wiped where it does not leave
    return opened ? std::optional(std::move(secret)) : std::nullopt;
}

std::string seal(const Secret &plain, const Secret &key, std::string_view salt)
{
    const Sealed costs;
    std::string bytes(kMagic);
    for (const std::uint32_t number : {kVersion, costs.logN, costs.r, costs.p}) {
        appendNumber(bytes, number);
    }
    bytes.append(salt);
    const std::string nonce = randomBytes(kNonceBytes);
    bytes.append(nonce);
    const std::string head = bytes;
    std::string ciphertext(plain.expose().size(), '\0');
    std::string tag(kTagBytes, '\0');
    const Context context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    int size = 0;
    SB_CHECK(context != nullptr);
    SB_CHECK(
        EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, raw(key.expose()), raw(nonce))
        == 1);
    SB_CHECK(
        EVP_EncryptUpdate(context.get(), nullptr, &size, raw(head), static_cast<int>(head.size()))
        == 1);
    SB_CHECK(EVP_EncryptUpdate(context.get(),
                               raw(ciphertext),
                               &size,
                               raw(plain.expose()),
                               static_cast<int>(plain.expose().size()))
             == 1);
    SB_CHECK(EVP_EncryptFinal_ex(context.get(), nullptr, &size) == 1);
    SB_CHECK(EVP_CIPHER_CTX_ctrl(context.get(),
                                 EVP_CTRL_GCM_GET_TAG,
                                 static_cast<int>(tag.size()),
                                 tag.data())
             == 1);
    bytes += ciphertext + tag;
    return bytes + checksumOf(bytes);
}

} // namespace signalbox::runtime
