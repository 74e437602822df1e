// SPDX-License-Identifier: Apache-2.0
#include "core/config/import/litellm_settings.h"

#include "core/config/report.h"

#include <cmath>

namespace signalbox::config {
namespace {

constexpr double kYear = 31'536'000;
constexpr int kRetriesMax = 1000;

void readStrategy(Fields &fields, LiteLlmSettings &settings)
{
    const auto name = fields.text("routing_strategy");
    if (!name) {
        return;
    }
    if (*name == "latency-based-routing") {
        settings.strategy = Strategy::Fastest;
    } else if (*name == "cost-based-routing") {
        settings.strategy = Strategy::Cheapest;
    } else if (*name != "simple-shuffle") {
        fields.changed("routing_strategy",
                       describe("routing_strategy", *fields.take("routing_strategy"))
                           + " has no equivalent here; targets are drawn by their weights");
    }
}

std::vector<std::string> namesOf(const Item &item, const std::string &path, Findings &findings)
{
    std::vector<std::string> names;
    if (item.kind == Item::Kind::Scalar) {
        return {item.text};
    }
    if (item.kind != Item::Kind::List) {
        findings.fault(item, quoted(path) + " must be a list of model names");
        return {};
    }
    for (const Item &name : item.items) {
        if (name.kind == Item::Kind::Scalar) {
            names.push_back(name.text);
        } else {
            findings.note(ImportNote::Kind::Dropped,
                          name,
                          path,
                          "a fallback with parameters of its own has no equivalent here");
        }
    }
    return names;
}

/// `[{group: [other, ...]}, ...]`
void readFallbacks(Fields &fields, std::string_view key, LiteLlmSettings &settings)
{
    const Item *list = fields.list(key);
    if (list == nullptr) {
        return;
    }
    for (std::size_t i = 0; i < list->items.size(); ++i) {
        const Item &entry = list->items[i];
        const std::string path = fields.pathOf(key) + "[" + std::to_string(i) + "]";
        if (entry.kind != Item::Kind::Map) {
            fields.findings().fault(entry,
                                    quoted(path) + " must be a model's name and a list of others");
            continue;
        }
        for (std::size_t k = 0; k < entry.keys.size(); ++k) {
            settings.fallbacks.push_back(
                {entry.keys[k],
                 namesOf(entry.items[k], path + "." + entry.keys[k], fields.findings()),
                 &entry.items[k]});
        }
    }
}

void readAliases(Fields &fields, LiteLlmSettings &settings)
{
    const Item *map = fields.map("model_group_alias");
    for (std::size_t i = 0; map != nullptr && i < map->keys.size(); ++i) {
        const std::string path = fields.pathOf("model_group_alias." + map->keys[i]);
        if (!isName(map->keys[i])) {
            fields.findings().fault(map->items[i], "an alias must be a name of 1 to 200 bytes");
            continue;
        }
        if (map->items[i].kind == Item::Kind::Scalar) {
            settings.aliases.emplace_back(map->keys[i], map->items[i].text);
            continue;
        }
        Fields alias(map->items[i], path, fields.findings());
        if (const auto model = alias.text("model")) {
            settings.aliases.emplace_back(map->keys[i], *model);
        }
        alias.rest();
    }
}

/// Either section has these.
void readShared(Fields &fields, LiteLlmSettings &settings)
{
    if (const auto retries = fields.whole("num_retries", 0, kRetriesMax)) {
        settings.retries = static_cast<int>(*retries);
    }
    if (const auto fails = fields.whole("allowed_fails", 0, kRetriesMax)) {
        settings.allowedFails = static_cast<int>(*fails);
        fields
            .changed("allowed_fails",
                     "there failures within a minute, here consecutive ones: the breaker opens at "
                         + std::to_string(std::min<std::int64_t>(*fails + 1, kRetriesMax)));
    }
    if (const auto cooldown = fields.number("cooldown_time", 0, kYear)) {
        settings.cooldown = *cooldown > 0 ? std::optional(Millis(std::lround(*cooldown * 1000)))
                                          : std::nullopt;
    }
    readFallbacks(fields, "fallbacks", settings);
    if (fields.take("context_window_fallbacks") != nullptr) {
        readFallbacks(fields, "context_window_fallbacks", settings);
        fields.changed("context_window_fallbacks",
                       "fallbacks for whatever fails; a target whose `context` a prompt exceeds is "
                       "passed over");
    }
    if (const Item *others = fields.take("default_fallbacks")) {
        settings.fallbacks.push_back(
            {"*", namesOf(*others, fields.pathOf("default_fallbacks"), fields.findings()), others});
    }
}

} // namespace

std::optional<Millis> secondsOf(Fields &fields, std::string_view key)
{
    const auto seconds = fields.number(key, 0.001, kYear);
    return seconds ? std::optional(Millis(std::lround(*seconds * 1000))) : std::nullopt;
}

LiteLlmSettings readLiteLlmSettings(Fields &root)
{
    static const Item kNone;
    LiteLlmSettings settings;
    const Item *library = root.take("litellm_settings");
    Fields general(library == nullptr ? kNone : *library, "litellm_settings", root.findings());
    readShared(general, settings);
    settings.timeout = secondsOf(general, "request_timeout");
    general.rest();

    const Item *router = root.take("router_settings");
    Fields fields(router == nullptr ? kNone : *router, "router_settings", root.findings());
    readStrategy(fields, settings);
    readShared(fields, settings);
    readAliases(fields, settings);
    if (const auto timeout = secondsOf(fields, "timeout")) {
        settings.timeout = timeout;
    }
    settings.streamTimeout = secondsOf(fields, "stream_timeout");
    if (const auto pause = fields.number("retry_after", 0, kYear)) {
        settings.backoff = Millis(std::lround(*pause * 1000));
    }
    fields.rest();
    return settings;
}

} // namespace signalbox::config
