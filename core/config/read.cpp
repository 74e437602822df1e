// SPDX-License-Identifier: Apache-2.0
#include "core/config/read.h"

#include "core/config/sections.h"
#include "core/config/toml_text.h"

#include <utility>

namespace signalbox::config {
namespace {

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
    configuration.cache = readCache(root, targets);
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
    const auto table = parseToml(text);
    if (!table) {
        return Failure<std::vector<Fault>>{{table.error()}};
    }
    return readTable(*table, revision, options);
}

} // namespace signalbox::config
