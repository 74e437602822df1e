// SPDX-License-Identifier: Apache-2.0
#include "core/domain/features.h"

#include <array>

namespace signalbox {
namespace {

constexpr std::array kFeatures = {
    Feature::Tools,
    Feature::Images,
    Feature::JsonSchema,
    Feature::Reasoning,
    Feature::Embeddings,
};

} // namespace

std::string_view toString(Feature feature)
{
    switch (feature) {
    case Feature::Tools:
        return "tools";
    case Feature::Images:
        return "images";
    case Feature::JsonSchema:
        return "json_schema";
    case Feature::Reasoning:
        return "reasoning";
    case Feature::Embeddings:
        return "embeddings";
    }
    return "";
}

std::optional<Feature> featureFromString(std::string_view name)
{
    for (const Feature feature : kFeatures) {
        if (toString(feature) == name) {
            return feature;
        }
    }
    return std::nullopt;
}

std::vector<Feature> FeatureSet::list() const
{
    std::vector<Feature> features;
    for (const Feature feature : kFeatures) {
        if (contains(feature)) {
            features.push_back(feature);
        }
    }
    return features;
}

} // namespace signalbox
