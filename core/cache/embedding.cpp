// SPDX-License-Identifier: Apache-2.0
#include "core/cache/embedding.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>
#include <vector>

namespace signalbox::cache {
namespace {

constexpr float kWordWeight = 1.0F;
constexpr float kPairWeight = 0.3F;
/// Of a word's letters together, whatever its length: they forgive a misspelling.
constexpr float kLettersWeight = 0.4F;

/// FNV-1a of 64 bits, mixed: its high bits are as good as its low ones.
std::uint64_t hashOf(std::string_view text, std::uint64_t kind)
{
    std::uint64_t hash = 0xcbf29ce484222325U ^ kind;
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    }
    hash ^= hash >> 32U;
    hash *= 0xd6e8feb86659fd93U;
    return hash ^ (hash >> 32U);
}

class Features
{
public:
    void add(std::string_view text, std::uint64_t kind, float weight)
    {
        Feature &feature = m_features[hashOf(text, kind)];
        feature.weight = weight;
        ++feature.count;
    }

    [[nodiscard]] std::array<float, kEmbeddingSize> sum() const
    {
        std::array<float, kEmbeddingSize> coordinates{};
        for (const auto &[hash, feature] : m_features) {
            const float weight = feature.weight
                                 * (1.0F + std::log(static_cast<float>(feature.count)));
            coordinates[hash % kEmbeddingSize] += (hash >> 63U) != 0 ? weight : -weight;
        }
        return coordinates;
    }

private:
    struct Feature
    {
        float weight = 0;
        int count = 0;
    };
    std::map<std::uint64_t, Feature> m_features; ///< in an order, for sums of floats depend on it
};

constexpr std::uint64_t kWord = 1;
constexpr std::uint64_t kPair = 2;
constexpr std::uint64_t kLetters = 3;

/// Every three characters of \p word with its ends marked.
void addLetters(Features &features, const std::string &word)
{
    std::vector<std::string> characters = {"^"};
    for (std::size_t at = 0; at < word.size();) {
        const std::size_t from = at;
        nextCodePoint(word, at);
        characters.push_back(word.substr(from, at - from));
    }
    characters.emplace_back("$");
    if (characters.size() < 5) {
        return; // as good as the word itself
    }
    const float weight = kLettersWeight / std::sqrt(static_cast<float>(characters.size() - 2));
    for (std::size_t i = 0; i + 2 < characters.size(); ++i) {
        features.add(characters[i] + characters[i + 1] + characters[i + 2], kLetters, weight);
    }
}

} // namespace

Embedding quantized(std::span<const float> coordinates)
{
    float largest = 0;
    for (const float x : coordinates) {
        largest = std::max(largest, std::abs(x));
    }
    Embedding embedding;
    embedding.steps.resize(coordinates.size());
    if (largest == 0) {
        return embedding;
    }
    float kept = 0;
    for (std::size_t i = 0; i < coordinates.size(); ++i) {
        const float step = std::round(coordinates[i] / largest * 127.0F);
        embedding.steps[i] = static_cast<std::int8_t>(step);
        kept += step * step;
    }
    embedding.scale = 1.0F / std::sqrt(kept);
    return embedding;
}

Embedding embedded(const Question &question)
{
    Features features;
    const std::string *before = nullptr;
    const auto add = [&](const std::string &word) {
        features.add(word, kWord, kWordWeight);
        addLetters(features, word);
        if (before != nullptr) {
            // Whichever comes first: "the password of Gmail" is "the Gmail password".
            const auto &[low, high] = std::minmax(*before, word);
            features.add(low + ' ' + high, kPair, kPairWeight);
        }
        before = &word;
    };
    for (const std::string &word : question.words) {
        add(word);
    }
    for (const std::string &quote : question.quotes) {
        add(quote);
    }
    return quantized(features.sum());
}

float similarity(Point one, Point other)
{
    if (one.steps.size() != other.steps.size()) {
        return 0;
    }
    // Plain pointers and a plain count: compilers make SIMD of it.
    const std::int8_t *a = one.steps.data();
    const std::int8_t *b = other.steps.data();
    const std::size_t count = one.steps.size();
    std::int32_t dot = 0;
    for (std::size_t i = 0; i < count; ++i) {
        dot += std::int32_t{a[i]} * std::int32_t{b[i]};
    }
    return static_cast<float>(dot) * one.scale * other.scale;
}

} // namespace signalbox::cache
