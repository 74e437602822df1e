// SPDX-License-Identifier: Apache-2.0
#include "core/config/edit.h"

#include "core/base/text.h"
#include "core/config/read.h"

#include <algorithm>
#include <array>
#include <toml++/toml.h>
#include <utility>

namespace signalbox::config {
namespace {

using Edited = Result<std::string, std::string>;

Result<Configuration, std::string> parsed(std::string_view text)
{
    auto loaded = read(text, "");
    if (!loaded) {
        const Fault &first = loaded.error().front();
        return Failure{"line " + std::to_string(first.line) + ": " + first.message};
    }
    return std::move(loaded->configuration);
}

/// A TOML basic string.
std::string quotedText(std::string_view text)
{
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += {'\\', c};
        } else if (byte < 0x20 || byte == 0x7F) {
            out += {'\\', 'u', '0', '0', kDigits[byte >> 4U], kDigits[byte & 15U]};
        } else {
            out += c;
        }
    }
    return out + '"';
}

std::string keyList(const std::vector<SecretRef> &keys)
{
    std::string out = "[";
    for (const SecretRef &key : keys) {
        out += (out.size() > 1 ? ", " : "") + quotedText(key.toString());
    }
    return out + "]";
}

/// The byte at which a place begins: its column counts code points.
std::size_t offsetOf(std::string_view text, const toml::source_position &place)
{
    std::size_t at = 0;
    for (toml::source_index line = 1; line < place.line; ++line) {
        at = std::min(text.find('\n', at), text.size() - 1) + 1;
    }
    for (toml::source_index column = 1; column < place.column && at < text.size(); ++column) {
        nextCodePoint(text, at);
    }
    return at;
}

/// Puts the keys into the provider's table: in place of those there are, or behind its id.
std::string spliced(std::string_view text,
                    const toml::table &provider,
                    const std::vector<SecretRef> &keys)
{
    std::string out(text);
    if (const toml::node *old = provider.get("keys"); old != nullptr) {
        const auto begin = offsetOf(text, old->source().begin);
        const auto end = offsetOf(text, old->source().end);
        return out.replace(begin, end - begin, keyList(keys));
    }
    const auto behind = offsetOf(text, provider.get("id")->source().end);
    const std::string_view before = provider.is_inline() ? ", keys = " : "\nkeys = ";
    if (provider.is_inline()) {
        return out.insert(behind, std::string(before) + keyList(keys));
    }
    const auto lineEnd = std::min(text.find_first_of("\r\n", behind), text.size());
    return out.insert(lineEnd, std::string(before) + keyList(keys));
}

const toml::table *findProvider(const toml::table &root, std::string_view id)
{
    const toml::array *providers = root["provider"].as_array();
    for (std::size_t i = 0; providers != nullptr && i < providers->size(); ++i) {
        const toml::table *table = providers->get(i)->as_table();
        if (table != nullptr && (*table)["id"].value_or(std::string_view()) == id) {
            return table;
        }
    }
    return nullptr;
}

/// \p text if it says exactly what was wanted.
Edited proved(std::string text, const Configuration &wanted)
{
    const auto now = parsed(text);
    if (!now) {
        return Failure{now.error()};
    }
    if (!(*now == wanted)) {
        return Failure{std::string("the file is written in a way that cannot be changed safely; "
                                   "edit it by hand")};
    }
    return text;
}

std::string blockOf(const NewProvider &provider)
{
    std::string out = "[[provider]]\nid = " + quotedText(provider.id)
                      + "\nkind = " + quotedText(toString(provider.kind)) + "\n";
    if (!provider.baseUrl.empty()) {
        out += "base_url = " + quotedText(provider.baseUrl) + "\n";
    }
    out += "keys = " + keyList(provider.keys)
           + "\n\n[[provider.model]]\nname = " + quotedText(provider.model) + "\n";
    return out;
}

} // namespace

Edited withProviderKeys(std::string_view text,
                        std::string_view provider,
                        const std::vector<SecretRef> &keys)
{
    auto before = parsed(text);
    if (!before) {
        return Failure{before.error()};
    }
    const auto found = std::ranges::find(before->providers, provider, &ProviderSettings::id);
    if (found == before->providers.end()) {
        return Failure{"there is no provider " + std::string(provider) + " in the file"};
    }
    found->keys = keys;
    const toml::table root = toml::parse(text); // it was valid a moment ago
    return proved(spliced(text, *findProvider(root, provider), keys), *before);
}

Edited withProvider(std::string_view text, const NewProvider &provider, std::string_view route)
{
    const auto before = parsed(text);
    if (!before) {
        return Failure{before.error()};
    }
    std::string out(text);
    if (!out.empty()) {
        out += out.ends_with('\n') ? "\n" : "\n\n";
    }
    out += blockOf(provider);
    if (before->route(route) == nullptr) {
        out += "\n[[route]]\nname = " + quotedText(route) + "\ntargets = [ { target = "
               + quotedText(provider.id + "/" + provider.model) + " } ]\n";
    }
    const auto after = parsed(out);
    return after ? Edited(std::move(out)) : Edited(Failure{after.error()});
}

} // namespace signalbox::config
