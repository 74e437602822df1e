// SPDX-License-Identifier: Apache-2.0
// Certificates and keys from their files, with reasons where they cannot be used.
#pragma once

#include "core/base/result.h"

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>

namespace signalbox::runtime {

/// What a listener needs to speak TLS; null: it speaks plainly. Shared with its connections, so
/// that a renewed certificate serves new ones and leaves the old ones alone.
using ServerTls = std::shared_ptr<boost::asio::ssl::context>;

/// Which of the two files is at fault, and a sentence that names it.
struct TlsFault
{
    bool inKey = false;
    std::string message;
};

/// TLS 1.2 and 1.3 with ephemeral key exchange and authenticated ciphers only (RFC 9325 sections
/// 3.1 and 4.2), from a PEM chain that begins with our certificate, and its PEM key without a
/// passphrase. The key must be a regular file that not everybody may read. May block on the disk.
Result<ServerTls, TlsFault> loadServerTls(const std::string &certificateFile,
                                          const std::string &keyFile);

/// Empty when \p path holds certificates to trust, else why not.
std::string whyNoAuthorities(const std::string &path);

} // namespace signalbox::runtime
