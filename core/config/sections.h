// SPDX-License-Identifier: Apache-2.0
// The readers of the file's sections, one source file each.
#pragma once

#include "core/config/table_reader.h"
#include "core/config/target_directory.h"
#include "core/domain/settings.h"

#include <string>
#include <vector>

namespace signalbox::config {

/// \p root is the whole file in each of these.
std::vector<ProviderSettings> readProviders(TableReader &root, TargetDirectory &targets);
std::vector<RouteSettings> readRoutes(TableReader &root, const TargetDirectory &targets);
std::vector<ClientSettings> readClients(TableReader &root,
                                        const std::vector<RouteSettings> &routes);
std::vector<OperatorSettings> readOperators(TableReader &root);
/// `budget_usd_per_day`, of a client or a provider.
std::optional<Money> readBudget(TableReader &table);
/// Without clients only a loopback address may be listened on.
ServerSettings readServer(TableReader &root, bool hasClients);
LedgerSettings readLedger(TableReader &root);
CacheSettings readCache(TableReader &root, const TargetDirectory &targets);

/// The `[[provider.model]]` tables in \p table, that of \p provider; what a model does not say the
/// catalogue does, if it knows it.
std::vector<ModelSettings> readModels(TableReader &table,
                                      const ProviderSettings &provider,
                                      TargetDirectory &targets);

} // namespace signalbox::config
