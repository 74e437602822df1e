// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/names.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace signalbox::ui::text {

namespace {

struct KnownProvider
{
    std::string_view kind;
    std::string_view name;
    std::string_view tag;
};

constexpr std::array<KnownProvider, 7> kKnown{{
    {"qwen", "Qwen", "QW"},
    {"openai", "OpenAI", "OA"},
    {"anthropic", "Anthropic", "AN"},
    {"deepseek", "DeepSeek", "DS"},
    {"mistral", "Mistral", "MI"},
    {"gemini", "Gemini", "GE"},
    {"openrouter", "OpenRouter", "OR"},
}};

/// A second provider of a kind has an id of its own and must not look like the first.
const KnownProvider *known(std::string_view id, std::string_view kind)
{
    const auto *found = std::find_if(kKnown.begin(),
                                     kKnown.end(),
                                     [id, kind](const auto &provider) {
                                         return provider.kind == kind && provider.kind == id;
                                     });
    return found == kKnown.end() ? nullptr : found;
}

} // namespace

QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

QString providerName(std::string_view id, std::string_view kind)
{
    const KnownProvider *provider = known(id, kind);
    return provider == nullptr ? fromUtf8(id) : fromUtf8(provider->name);
}

QString providerTag(std::string_view id, std::string_view kind)
{
    const KnownProvider *provider = known(id, kind);
    return provider == nullptr ? fromUtf8(id).left(2).toUpper() : fromUtf8(provider->tag);
}

QString modelName(const TargetId &target)
{
    return target.model().empty() ? fromUtf8(target.name()) : fromUtf8(target.model());
}

} // namespace signalbox::ui::text
