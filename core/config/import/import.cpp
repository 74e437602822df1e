// SPDX-License-Identifier: Apache-2.0
#include "core/config/import/import.h"

#include "core/config/import/findings.h"
#include "core/config/import/formats.h"
#include "core/config/import/provider_book.h"
#include "core/config/read.h"
#include "core/config/report.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace signalbox::config {
namespace {

using Outcome = Result<Imported, std::vector<Fault>>;

std::optional<ImportFormat> formatOf(const Item &root)
{
    constexpr std::array kPortkey =
        {"strategy", "targets", "provider", "virtual_key", "virtualKey", "override_params"};
    if (root.find("model_list") != nullptr) {
        return ImportFormat::LiteLlm;
    }
    const bool isPortkey = std::ranges::any_of(kPortkey, [&root](const char *key) {
        return root.find(key) != nullptr;
    });
    return isPortkey ? std::optional(ImportFormat::Portkey) : std::nullopt;
}

/// The last word has the check that every configuration passes.
Outcome checked(Imported imported, const Item &root)
{
    const auto loaded = read(toToml(imported), "");
    if (loaded) {
        return imported;
    }
    std::vector<Fault> faults;
    for (const Fault &fault : loaded.error()) {
        faults.push_back({root.line, root.column, "it does not fit in here: " + fault.message});
    }
    return Failure{std::move(faults)};
}

} // namespace

std::string_view toString(ImportFormat format)
{
    switch (format) {
    case ImportFormat::LiteLlm:
        return "LiteLLM config.yaml";
    case ImportFormat::Portkey:
        return "Portkey config";
    }
    return "";
}

std::string_view toString(ImportNote::Kind kind)
{
    switch (kind) {
    case ImportNote::Kind::Dropped:
        return "dropped";
    case ImportNote::Kind::Changed:
        return "changed";
    case ImportNote::Kind::Key:
        return "key";
    }
    return "";
}

std::string toLine(const ImportNote &note, std::string_view file)
{
    return std::string(file) + ":" + std::to_string(note.line) + ": "
           + std::string(toString(note.kind)) + " " + note.path + ": " + note.message;
}

Result<Imported, std::vector<Fault>> importConfiguration(std::string_view text,
                                                         std::string_view name)
{
    const auto root = parseItems(text);
    if (!root) {
        return Failure{std::vector{root.error()}};
    }
    const auto format = formatOf(*root);
    if (!format) {
        return Failure{std::vector{
            Fault{root->line,
                  root->column,
                  "neither a LiteLLM config.yaml (`model_list`) nor a Portkey config object "
                  "(`strategy`, `targets` or `provider`)"}}};
    }
    Findings findings;
    Imported imported = *format == ImportFormat::LiteLlm ? importLiteLlm(*root, findings)
                                                         : importPortkey(*root, name, findings);
    if (!findings.faults().empty()) {
        return Failure{findings.sortedFaults()};
    }
    imported.format = *format;
    imported.notes = findings.sortedNotes();
    if (imported.routes.empty()) {
        return Failure{std::vector{
            Fault{root->line,
                  root->column,
                  "no target of it can be asked from here"
                      + (imported.notes.empty() ? std::string()
                                                : ": " + toLine(imported.notes.front(), "line"))}}};
    }
    return checked(std::move(imported), *root);
}

Imported fitted(Imported imported, const Configuration &present)
{
    std::map<std::string, std::string, std::less<>> renamed;
    std::vector<std::string> taken;
    for (const ProviderSettings &there : present.providers) {
        taken.push_back(there.id);
    }
    std::vector<ImportedProvider> added;
    for (ImportedProvider &provider : imported.providers) {
        const auto same = std::ranges::find_if(present.providers, [&](const auto &there) {
            const std::string_view url = provider.baseUrl.empty() ? defaultBaseUrl(provider.kind)
                                                                  : provider.baseUrl;
            return there.kind == provider.kind && there.baseUrl == url
                   && there.keys == provider.keys && there.limits == provider.limits
                   && std::ranges::all_of(provider.models, [&](const ImportedModel &model) {
                          return std::ranges::find(there.models, model.name, &ModelSettings::name)
                                 != there.models.end();
                      });
        });
        std::string id = same == present.providers.end()
                             ? freeName(provider.id,
                                        [&](const std::string &name) {
                                            return std::ranges::find(taken, name) != taken.end();
                                        })
                             : same->id;
        renamed[provider.id] = id;
        if (same == present.providers.end()) {
            taken.push_back(id);
            provider.id = std::move(id);
            added.push_back(std::move(provider));
        }
    }
    imported.providers = std::move(added);
    const auto follow = [&renamed](std::vector<TargetChoice> &targets) {
        for (TargetChoice &choice : targets) {
            const auto name = renamed.find(choice.target.provider());
            choice.target = TargetId(name->second, choice.target.model());
        }
    };
    for (RouteSettings &route : imported.routes) {
        follow(route.targets);
        for (RuleSettings &rule : route.rules) {
            follow(rule.targets);
        }
    }
    return imported;
}

} // namespace signalbox::config
