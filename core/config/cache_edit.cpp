// SPDX-License-Identifier: Apache-2.0
#include "core/config/cache_edit.h"

#include "core/config/document.h"
#include "core/config/proof.h"

#include <array>
#include <charconv>
#include <cmath>

namespace signalbox::config {
namespace {

using Edited = Result<std::string, std::string>;

/// As TOML writes a number that is no integer: `0.9`, `1.0`.
std::string numberText(double value)
{
    constexpr double thousandths = 1000;
    std::array<char, 32> out{};
    const double rounded = std::round(value * thousandths) / thousandths;
    const auto end = std::to_chars(out.data(), out.data() + out.size(), rounded).ptr;
    std::string text(out.data(), end);
    return text.find('.') == std::string::npos ? text + ".0" : text;
}

bool says(const Document &document, const char *key, const std::string &value)
{
    const toml::table *cache = document.table("cache");
    const toml::node *node = cache == nullptr ? nullptr : cache->get(key);
    if (node == nullptr) {
        return false;
    }
    const Extent at = document.extentOf(*node);
    return document.text().substr(at.begin, at.end - at.begin) == value;
}

toml::table withoutCache(const Document &document)
{
    toml::table rest = document.root();
    rest.erase("cache");
    return rest;
}

} // namespace

Edited withCache(std::string_view text, const CacheEdit &edit)
{
    if (const auto before = parsed(text); !before) {
        return Failure{before.error()};
    }
    std::string start(text);
    if (Document(text).table("cache") == nullptr) {
        const std::string end(lineEndOf(text));
        start += start.empty() ? "" : start.ends_with('\n') ? end : end + end;
        start += "[cache]" + end;
    }
    Document document(start);
    const auto mode = edit.mode ? quotedText(*edit.mode) : std::string();
    const auto threshold = edit.threshold ? numberText(*edit.threshold) : std::string();
    if (edit.mode) {
        document.set("cache", "mode", mode);
    }
    if (edit.threshold) {
        document.set("cache", "threshold", threshold, "mode");
    }
    const bool said = !document.isBroken() && (!edit.mode || says(document, "mode", mode))
                      && (!edit.threshold || says(document, "threshold", threshold))
                      && withoutCache(document) == withoutCache(Document(text));
    if (!said) {
        return Failure{std::string(
            "the file is written in a way that cannot be changed safely; edit it by hand")};
    }
    if (const auto after = parsed(document.text()); !after) {
        return Failure{after.error()};
    }
    return document.text();
}

} // namespace signalbox::config
