// SPDX-License-Identifier: Apache-2.0
#include "core/config/read.h"

#include "core/config/sections.h"

#include <algorithm>
#include <utility>

namespace signalbox::config {
namespace {

/// The parser repeats what it could not read as a number; that may be a key written without
/// quotes, so what is longer than TOML's longest word (false) goes. Names of keys stay.
std::string withoutValues(const std::string &description)
{
    constexpr std::size_t kLongestWordBytes = 5;
    if (description.find("cannot redefine") != std::string::npos) {
        return description;
    }
    std::string cleaned;
    std::size_t at = 0;
    while (at < description.size()) {
        const auto open = std::min(description.find('\'', at), description.size());
        const auto close = description.find('\'', open + 1);
        cleaned += description.substr(at, open - at);
        if (close == std::string::npos) {
            return cleaned;
        }
        const bool isShort = close - open - 1 <= kLongestWordBytes;
        cleaned += isShort ? description.substr(open, close - open + 1) : "the value";
        at = close + 1;
    }
    return cleaned;
}

Fault syntaxFault(const toml::parse_error &error)
{
    const toml::source_position &begin = error.source().begin;
    return {static_cast<int>(begin.line),
            static_cast<int>(begin.column),
            oneLine("not valid TOML: " + withoutValues(std::string(error.description())))};
}

Configuration readSections(TableReader &root)
{
    Configuration configuration;
    TargetDirectory targets;
    configuration.providers = readProviders(root, targets);
    configuration.routes = readRoutes(root, targets);
    configuration.clients = readClients(root, configuration.routes);
    configuration.operators = readOperators(root);
    configuration.server = readServer(root, !configuration.clients.empty());
    configuration.ledger = readLedger(root);
    readCache(root, targets);
    root.finish();
    return configuration;
}

Result<Loaded, std::vector<Fault>> readTable(const toml::table &table,
                                             std::string_view revision,
                                             const ReadOptions &options)
{
    Report report(options);
    TableReader root(table, "", report);
    Loaded loaded{readSections(root), report.secrets(), report.files()};
    loaded.configuration.revision = revision;
    auto faults = report.faults();
    if (!faults.empty()) {
        return Failure<std::vector<Fault>>{std::move(faults)};
    }
    return loaded;
}

} // namespace

Result<Loaded, std::vector<Fault>> read(std::string_view text,
                                        std::string_view revision,
                                        const ReadOptions &options)
{
    // The packaged library is built with exceptions; here is the only place that sees one.
    toml::table table;
    try {
        table = toml::parse(text);
    } catch (const toml::parse_error &error) {
        return Failure<std::vector<Fault>>{{syntaxFault(error)}};
    }
    return readTable(table, revision, options);
}

} // namespace signalbox::config
