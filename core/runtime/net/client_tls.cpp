// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/net/client_tls.h"

namespace signalbox::runtime {

namespace ssl = boost::asio::ssl;

std::shared_ptr<ssl::context> makeClientTls(const std::string &caFile)
{
    auto context = std::make_shared<ssl::context>(ssl::context::tls_client);
    context->set_options(ssl::context::default_workarounds | ssl::context::no_tlsv1
                         | ssl::context::no_tlsv1_1);
    context->set_verify_mode(ssl::verify_peer);
    boost::system::error_code ignored; // told by every handshake
    if (caFile.empty()) {
        context->set_default_verify_paths(ignored);
    } else {
        context->load_verify_file(caFile, ignored);
    }
    return context;
}

} // namespace signalbox::runtime
