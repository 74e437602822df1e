// SPDX-License-Identifier: Apache-2.0
// Where a ledger is kept: a file of SQLite's, or a PostgreSQL server that several gateways share.
#pragma once

#include "core/base/secret.h"

#include <string>

namespace signalbox::runtime {

/// A path, or a `postgresql://` URL with the password that goes with it.
class LedgerPlace
{
public:
    LedgerPlace(std::string where, // NOLINT(google-explicit-constructor): a path is a place
                Secret password = {});

    [[nodiscard]] bool isServer() const;
    /// The path or the URL itself, which may hold a password: not for people.
    [[nodiscard]] const std::string &where() const { return m_where; }
    [[nodiscard]] const Secret &password() const { return m_password; }
    /// For people: a URL with `***` for whatever in it may be a password.
    [[nodiscard]] std::string shown() const;

private:
    std::string m_where;
    Secret m_password;
};

/// Whether libpq understands \p url. It connects to nobody.
[[nodiscard]] bool isServerUrl(const std::string &url);

} // namespace signalbox::runtime
