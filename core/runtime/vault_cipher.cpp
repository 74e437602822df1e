// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/vault_cipher.h"

#include "core/runtime/aes_gcm.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

namespace signalbox::runtime {

namespace {

constexpr std::string_view kMagic = "SIGNALBOX-VAULT\n";
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kHeadBytes = 16 + 4 * kNumberBytes + kSaltBytes + kGcmNonceBytes;
constexpr std::uint32_t kLogNMin = 14;
constexpr std::uint32_t kLogNMax = 18; ///< 256 MiB: a file from outside may not ask for more
constexpr std::uint64_t kScryptMemoryMax = 300UL * 1024 * 1024;

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
    if (bytes.size() < kHeadBytes + kGcmTagBytes + SHA256_DIGEST_LENGTH
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
    sealed.nonce = bytes.substr(kHeadBytes - kGcmNonceBytes, kGcmNonceBytes);
    sealed.ciphertext = bytes.substr(kHeadBytes, end - kGcmTagBytes - kHeadBytes);
    sealed.tag = bytes.substr(end - kGcmTagBytes, kGcmTagBytes);
    const bool sound = version == kVersion && sealed.logN >= kLogNMin && sealed.logN <= kLogNMax
                       && sealed.r == 8 && sealed.p == 1;
    return sound ? std::optional(sealed) : std::nullopt;
}

std::optional<Secret> keyFrom(const Secret &passphrase, const Sealed &sealed)
{
    std::string key(kGcmKeyBytes, '\0');
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
    return gcmOpen(key,
                   sealed.nonce,
                   sealed.head,
                   std::string(sealed.ciphertext).append(sealed.tag));
}

std::string seal(const Secret &plain, const Secret &key, std::string_view salt)
{
    const Sealed costs;
    std::string bytes(kMagic);
    for (const std::uint32_t number : {kVersion, costs.logN, costs.r, costs.p}) {
        appendNumber(bytes, number);
    }
    bytes.append(salt);
    const std::string nonce = randomBytes(kGcmNonceBytes);
    bytes.append(nonce);
    bytes += gcmSeal(key, nonce, std::string(bytes), plain.expose());
    return bytes + checksumOf(bytes);
}

} // namespace signalbox::runtime
