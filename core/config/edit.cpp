// SPDX-License-Identifier: Apache-2.0
#include "core/config/edit.h"

#include "core/config/document.h"
#include "core/config/proof.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace signalbox::config {
namespace {

using Edited = Result<std::string, std::string>;

std::string keyList(const std::vector<SecretRef> &keys)
{
    std::string out = "[";
    for (const SecretRef &key : keys) {
        out += (out.size() > 1 ? ", " : "") + quotedText(key.toString());
    }
    return out + "]";
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
    const auto index = std::distance(before->providers.begin(), found);
    Document document(text);
    document.set("provider[" + std::to_string(index) + "]", "keys", keyList(keys), "id");
    return proved(document.text(), std::move(*before));
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
