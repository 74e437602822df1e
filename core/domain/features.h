// SPDX-License-Identifier: Apache-2.0
// What a request may need of a target beyond plain text.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace signalbox {

enum class Feature : std::uint8_t {
    Tools,
    Images,
    JsonSchema,
    Reasoning,
    Embeddings,
};

/// `tools`, `images`, `json_schema`, `reasoning`, `embeddings`: as written in the configuration.
std::string_view toString(Feature feature);
std::optional<Feature> featureFromString(std::string_view name);

/// A small set of features.
class FeatureSet
{
public:
    constexpr FeatureSet() = default;
    constexpr FeatureSet(std::initializer_list<Feature> features)
    {
        for (const Feature feature : features) {
            insert(feature);
        }
    }

    [[nodiscard]] constexpr bool contains(Feature feature) const
    {
        return (m_bits & bit(feature)) != 0;
    }
    [[nodiscard]] constexpr bool isEmpty() const { return m_bits == 0; }
    constexpr void insert(Feature feature) { m_bits |= bit(feature); }
    constexpr void remove(Feature feature) { m_bits &= ~bit(feature); }
    /// Those of this set that \p other lacks.
    [[nodiscard]] constexpr FeatureSet without(FeatureSet other) const
    {
        FeatureSet rest;
        rest.m_bits = m_bits & ~other.m_bits;
        return rest;
    }
    [[nodiscard]] std::vector<Feature> list() const;

    friend constexpr bool operator==(FeatureSet, FeatureSet) = default;

private:
    static constexpr std::uint32_t bit(Feature feature)
    {
        return 1U << static_cast<unsigned>(feature);
    }
    std::uint32_t m_bits = 0;
};

} // namespace signalbox
