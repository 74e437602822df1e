// SPDX-License-Identifier: Apache-2.0
#include "tests/support/tls_client.h"

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <openssl/bn.h>
#include <sys/socket.h>

namespace signalbox::tests {

namespace asio = boost::asio;
using boost::system::error_code;

struct TlsClient::Parts
{
    asio::io_context loop;
    asio::ssl::context context{asio::ssl::context::tls_client};
    asio::ssl::stream<asio::ip::tcp::socket> stream{loop, context};
};

TlsClient::TlsClient(int port, const Options &options)
    : m_parts(std::make_unique<Parts>())
{
    error_code error;
    m_parts->context.load_verify_file(options.caFile, error);
    SSL *tls = m_parts->stream.native_handle();
    SSL_set_max_proto_version(tls, options.versionMax);
    // The stream was made before the context was told.
    m_parts->stream.set_verify_mode(asio::ssl::verify_peer);
    m_parts->stream.set_verify_callback(asio::ssl::host_name_verification("localhost"));
    auto &socket = m_parts->stream.next_layer();
    const asio::ip::tcp::endpoint to(asio::ip::address_v4::loopback(),
                                     static_cast<std::uint16_t>(port));
    socket.connect(to, error);
    const timeval patience{10, 0};
    ::setsockopt(socket.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (!error) {
        m_parts->stream.handshake(asio::ssl::stream_base::client, error);
    }
    m_problem = error ? error.message() : std::string();
}

TlsClient::~TlsClient() = default;

std::string TlsClient::version() const
{
    return SSL_get_version(m_parts->stream.native_handle());
}

std::string TlsClient::peerSerial() const
{
    X509 *certificate = SSL_get1_peer_certificate(m_parts->stream.native_handle());
    if (certificate == nullptr) {
        return {};
    }
    BIGNUM *number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr);
    char *digits = BN_bn2hex(number);
    std::string text = digits;
    OPENSSL_free(digits);
    BN_free(number);
    X509_free(certificate);
    return text;
}

bool TlsClient::send(std::string_view bytes)
{
    error_code error;
    asio::write(m_parts->stream, asio::buffer(bytes), error);
    return !error;
}

std::string TlsClient::receiveUntil(std::string_view text)
{
    std::string received;
    std::array<char, 16 * 1024> buffer{};
    while (text.empty() || received.find(text) == std::string::npos) {
        error_code error;
        const std::size_t got = m_parts->stream.read_some(asio::buffer(buffer), error);
        received.append(buffer.data(), got);
        if (error) {
            m_orderly = error == asio::error::eof;
            break;
        }
    }
    return received;
}

std::string TlsClient::receiveAll()
{
    return receiveUntil({});
}

} // namespace signalbox::tests
