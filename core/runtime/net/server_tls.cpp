// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/net/server_tls.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>

namespace signalbox::runtime {

namespace asio = boost::asio;

namespace {

/// Of TLS 1.2; those of 1.3 are all of this kind.
constexpr const char *kCiphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

/// Empty when \p path is a regular file that we can open, else why not.
std::string whyNotReadable(const std::string &path, bool secret)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) {
        return "cannot open " + path + ": " + std::strerror(errno); // NOLINT(concurrency-mt-unsafe)
    }
    struct stat status = {};
    const bool known = ::fstat(file, &status) == 0;
    ::close(file);
    if (!known || !S_ISREG(status.st_mode)) {
        return path + " is not a regular file";
    }
    if (secret && (status.st_mode & S_IRWXO) != 0) {
        return path + " can be accessed by everybody; chmod 640 or 600 it";
    }
    return {};
}

/// Refuses to ask anybody, and remembers that it was to.
int noPassphrase(char *, int, int, void *asked)
{
    *static_cast<bool *>(asked) = true;
    return -1;
}

std::string readKey(SSL_CTX *context, const std::string &path)
{
    bool encrypted = false;
    SSL_CTX_set_default_passwd_cb(context, noPassphrase);
    SSL_CTX_set_default_passwd_cb_userdata(context, &encrypted);
    const bool read = SSL_CTX_use_PrivateKey_file(context, path.c_str(), SSL_FILETYPE_PEM) == 1;
    SSL_CTX_set_default_passwd_cb_userdata(context, nullptr);
    SSL_CTX_set_default_passwd_cb(context, nullptr);
    if (encrypted) {
        return path + " is encrypted with a passphrase; a service cannot be asked for it";
    }
    // Reading compares it with the certificate at once.
    const bool mismatch = ERR_GET_REASON(ERR_peek_last_error()) == X509_R_KEY_VALUES_MISMATCH
                          || ERR_GET_REASON(ERR_peek_last_error()) == X509_R_KEY_TYPE_MISMATCH;
    if (!read && !mismatch) {
        return path + " holds no private key in PEM form";
    }
    if (!read || SSL_CTX_check_private_key(context) != 1) {
        return path + " is not the key of the certificate";
    }
    return {};
}

void harden(SSL_CTX *context)
{
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(context, kCiphers);
    // Renegotiation costs the server far more than the client, and compression tells secrets.
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    // Resumption by tickets only: sessions in memory would grow with the number of clients.
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    // Writes are repeated from a buffer that moves; idle connections give theirs back.
    SSL_CTX_set_mode(context,
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
                         | SSL_MODE_RELEASE_BUFFERS);
}

} // namespace

Result<ServerTls, TlsFault> loadServerTls(const std::string &certificateFile,
                                          const std::string &keyFile)
{
    if (std::string why = whyNotReadable(certificateFile, false); !why.empty()) {
        return Failure{TlsFault{false, std::move(why)}};
    }
    if (std::string why = whyNotReadable(keyFile, true); !why.empty()) {
        return Failure{TlsFault{true, std::move(why)}};
    }
    auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
    SSL_CTX *native = context->native_handle();
    harden(native);
    ERR_clear_error();
    std::optional<TlsFault> fault;
    if (SSL_CTX_use_certificate_chain_file(native, certificateFile.c_str()) != 1) {
        fault = {false, certificateFile + " holds no usable certificate in PEM form"};
    } else if (std::string why = readKey(native, keyFile); !why.empty()) {
        fault = {true, std::move(why)};
    }
    ERR_clear_error();
    if (fault) {
        return Failure{std::move(*fault)};
    }
    return context;
}

std::string whyNoAuthorities(const std::string &path)
{
    if (std::string why = whyNotReadable(path, false); !why.empty()) {
        return why;
    }
    asio::ssl::context trial(asio::ssl::context::tls_client);
    boost::system::error_code error;
    trial.load_verify_file(path, error);
    ERR_clear_error();
    return error ? path + " holds no certificate in PEM form" : std::string();
}

} // namespace signalbox::runtime
