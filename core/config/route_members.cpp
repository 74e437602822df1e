// SPDX-License-Identifier: Apache-2.0
#include "core/config/route_members.h"

#include "core/config/write.h"

#include <algorithm>
#include <utility>

namespace signalbox::config {

namespace {

/// Sets what differs of a table that may not be there yet.
class RetryEdit
{
public:
    RetryEdit(Document &document, std::string route)
        : m_document(document)
        , m_route(std::move(route))
    {}

    template <typename Value>
    void set(const char *key, const Value &before, const Value &wanted, const std::string &text)
    {
        if (before == wanted) {
            return;
        }
        if (m_document.table(m_route + ".retry") != nullptr) {
            m_document.set(m_route + ".retry", key, text);
        } else {
            m_document.set(m_route, "retry", std::string("{ ") + key + " = " + text + " }");
        }
    }

private:
    Document &m_document;
    std::string m_route;
};

void remove(Document &document, const std::string &path, const std::string &key)
{
    const toml::table *route = document.table(path);
    const auto entry = route == nullptr ? toml::table::const_iterator() : route->find(key);
    if (route != nullptr && entry != route->end()) {
        document.remove(entry->first, entry->second);
    }
}

/// The values of \p wanted, in the table that is there.
void editEntries(Document &document,
                 const std::string &path,
                 const Entries &before,
                 const Entries &wanted)
{
    for (const auto &[key, value] : before) {
        if (std::ranges::find(wanted, key, &Entries::value_type::first) == wanted.end()) {
            remove(document, path, key);
        }
    }
    for (const auto &[key, value] : wanted) {
        const auto old = std::ranges::find(before, key, &Entries::value_type::first);
        if (old == before.end() || old->second != value) {
            document.set(path, key, value);
        }
    }
}

} // namespace

void editRetry(Document &document,
               const std::string &route,
               const RetrySettings &before,
               const RetrySettings &wanted)
{
    RetryEdit edit(document, route);
    edit.set("attempts", before.attempts, wanted.attempts, std::to_string(wanted.attempts));
    edit.set("same_target",
             before.sameTarget,
             wanted.sameTarget,
             std::to_string(wanted.sameTarget));
    edit.set("backoff_ms", before.backoff, wanted.backoff, std::to_string(wanted.backoff.count()));
    edit.set("backoff_max_ms",
             before.backoffMax,
             wanted.backoffMax,
             std::to_string(wanted.backoffMax.count()));
    edit.set("retry_after_cap_s",
             before.retryAfterCap,
             wanted.retryAfterCap,
             secondsText(wanted.retryAfterCap));
}

void editExtras(Document &document,
                const std::string &path,
                RouteSettings before,
                RouteSettings wanted)
{
    if (before.propose && wanted.propose) {
        editEntries(document,
                    path + ".propose",
                    entriesOf(*before.propose),
                    entriesOf(*wanted.propose));
        before.propose = wanted.propose = std::nullopt;
    }
    editEntries(document, path, extrasOf(before), extrasOf(wanted));
}

} // namespace signalbox::config
