// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/ledger_place.h"

#include <algorithm>
#include <libpq-fe.h>
#include <memory>
#include <string_view>
#include <utility>

namespace signalbox::runtime {
namespace {

/// Replaces what follows each \p name in the query, up to the next parameter.
void maskParameter(std::string &url, std::string_view name)
{
    for (std::size_t at = url.find('?'); at != std::string::npos; at = url.find(name, at)) {
        if (!std::string_view(url).substr(at).starts_with(name)) {
            ++at; // at the question mark
            continue;
        }
        const std::size_t from = at + name.size();
        const std::size_t to = std::min(url.find('&', from), url.size());
        url.replace(from, to - from, "***");
        at = from;
    }
}

} // namespace

LedgerPlace::LedgerPlace(std::string where, Secret password)
    : m_where(std::move(where))
    , m_password(std::move(password))
{}

bool LedgerPlace::isServer() const
{
    return m_where.starts_with("postgresql://") || m_where.starts_with("postgres://");
}

std::string LedgerPlace::shown() const
{
    if (!isServer()) {
        return m_where;
    }
    std::string url = m_where;
    const std::size_t user = url.find("://") + 3;
    const std::size_t authority = std::min(url.find_first_of("/?", user), url.size());
    // A password that was not encoded may hold any of these signs: the last @ ends it.
    const std::size_t at = url.rfind('@');
    const std::size_t colon = url.find(':', user);
    if (at != std::string::npos && colon < at && (colon < authority || at > authority)) {
        url.replace(colon + 1, at - colon - 1, "***");
    }
    maskParameter(url, "password=");
    return url;
}

bool isServerUrl(const std::string &url)
{
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)>
        options(PQconninfoParse(url.c_str(), nullptr), PQconninfoFree);
    return LedgerPlace(url).isServer() && options != nullptr;
}

} // namespace signalbox::runtime
