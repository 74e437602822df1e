// SPDX-License-Identifier: Apache-2.0
// Other gateways' configurations as ours: a LiteLLM `config.yaml`, or a Portkey config object. What
// has no equivalent here is said, with its place; keys are never copied.
#pragma once

#include "core/base/result.h"
#include "core/config/fault.h"
#include "core/domain/settings.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::config {

enum class ImportFormat : std::uint8_t {
    LiteLlm,
    Portkey
};

/// `LiteLLM config.yaml`, `Portkey config`
std::string_view toString(ImportFormat format);

/// A word on something that is not the same here.
struct ImportNote
{
    enum class Kind : std::uint8_t {
        Dropped, ///< it has no equivalent
        Changed, ///< it was taken over as something alike
        Key ///< a key in clear stood there, which has to be put where the reference says
    };
    Kind kind = Kind::Dropped;
    int line = 1;
    std::string path; ///< `model_list[0].litellm_params.tags`, counted from 0
    std::string message; ///< one line, never with a secret

    friend bool operator==(const ImportNote &, const ImportNote &) = default;
};

/// `dropped`, `changed`, `key`
std::string_view toString(ImportNote::Kind kind);
/// `FILE:LINE: dropped PATH: message`
std::string toLine(const ImportNote &note, std::string_view file);

/// What is not said there is left to our defaults and the catalogue.
struct ImportedModel
{
    std::string name;
    std::optional<PriceRow> price = {};
    std::optional<std::int64_t> context = {};
    std::optional<std::int64_t> maxOutput = {};
    std::optional<FeatureSet> features = {};

    friend bool operator==(const ImportedModel &, const ImportedModel &) = default;
};

struct ImportedProvider
{
    std::string id = {};
    ProviderKind kind = ProviderKind::OpenAiCompatible;
    std::string baseUrl = {}; ///< empty: the kind's
    std::vector<SecretRef> keys = {};
    LimitSettings limits = {};
    TimeoutSettings timeouts = {};
    BreakerSettings breaker = {};
    std::vector<ImportedModel> models = {};

    friend bool operator==(const ImportedProvider &, const ImportedProvider &) = default;
};

struct Imported
{
    ImportFormat format = ImportFormat::LiteLlm;
    std::vector<ImportedProvider> providers;
    std::vector<RouteSettings> routes;
    std::vector<ImportNote> notes; ///< by line
};

/// Reads either format, which it tells by the keys. A config object has no name of its own: \p name
/// becomes that of its route. Else all faults, by place; one that is no YAML and no JSON comes alone.
/// What is returned makes a valid configuration.
Result<Imported, std::vector<Fault>> importConfiguration(std::string_view text,
                                                         std::string_view name);

/// A file of its own.
[[nodiscard]] std::string toToml(const Imported &imported);

/// The providers alone, as they stand behind what a file already has; empty where there are none.
[[nodiscard]] std::string providersToml(const std::vector<ImportedProvider> &providers);

/// \p imported beside \p present: a provider that is there already, with all of its models, is not
/// there twice, and one whose id somebody else has gets another. Routes follow.
[[nodiscard]] Imported fitted(Imported imported, const Configuration &present);

} // namespace signalbox::config
