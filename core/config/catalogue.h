// SPDX-License-Identifier: Apache-2.0
// What is known of the providers' models: prices with their dates, limits, features. Defaults for
// what a configuration leaves out.
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/config/fault.h"
#include "core/domain/settings.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::config {

/// What one host of a provider asks from a day on.
struct CataloguePrice
{
    SystemTime from; ///< the day's beginning, UTC
    std::string host; ///< of the provider's address; empty: of all that have no price of their own
    std::string source; ///< where the figures were found
    PriceTable table;
};

struct CatalogueModel
{
    ProviderKind kind = ProviderKind::OpenAi;
    std::string name;
    std::vector<std::string> aliases; ///< further names of the same thing at the same price
    std::int64_t contextTokens = 0;
    std::optional<std::int64_t> maxOutputTokens; ///< nothing: of no meaning, as for embeddings
    FeatureSet features;
    TokenFamily tokenizer{};
    SystemTime checked; ///< the day when all but the prices was found
    std::string source; ///< where
    std::vector<CataloguePrice> prices; ///< by host, then by day; empty: unknown
};

/// What a provider grants new accounts. Only told: what is left of it, the provider alone knows.
struct FreeQuota
{
    ProviderKind kind = ProviderKind::OpenAi;
    std::int64_t tokensPerModel = 0;
    std::int64_t days = 0; ///< from the account's first day on
    SystemTime checked;
    std::string source;
};

class Catalogue
{
public:
    /// Reads a catalogue; all faults at once, as read() of a configuration.
    static Result<Catalogue, std::vector<Fault>> read(std::string_view text);

    [[nodiscard]] const std::vector<CatalogueModel> &models() const { return m_models; }
    [[nodiscard]] const std::vector<FreeQuota> &freeQuotas() const { return m_freeQuotas; }
    /// By name or alias; null when it is not known.
    [[nodiscard]] const CatalogueModel *find(ProviderKind kind, std::string_view name) const;
    /// The prices of \p model at \p baseUrl. A host that the catalogue does not know, such as a
    /// proxy, counts as the kind's default.
    [[nodiscard]] PriceHistory prices(const CatalogueModel &model, std::string_view baseUrl) const;
    /// The same of all models of \p kind, under their names and aliases.
    [[nodiscard]] std::vector<NamedPrice> allPrices(ProviderKind kind,
                                                    std::string_view baseUrl) const;

private:
    std::vector<CatalogueModel> m_models;
    std::vector<FreeQuota> m_freeQuotas;
    std::set<std::string, std::less<>> m_hosts; ///< that have prices of their own
};

/// The one inside the program, from resources/catalogue.toml.
const Catalogue &builtInCatalogue();

} // namespace signalbox::config
