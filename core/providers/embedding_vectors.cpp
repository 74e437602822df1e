// SPDX-License-Identifier: Apache-2.0
#include "core/providers/embedding_vectors.h"

#include "core/providers/json_reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace signalbox::providers {
namespace {

/// Empty where \p value is no list of numbers.
std::vector<float> numbersIn(JsonValue &value)
{
    std::vector<float> numbers;
    bool good = true;
    forEachElement(value, [&](JsonValue &element) {
        const std::string_view lexeme = asLexeme(element).value_or("");
        float number = 0;
        const auto read = std::from_chars(lexeme.data(), lexeme.data() + lexeme.size(), number);
        good = good && read.ec == std::errc() && std::isfinite(number)
               && numbers.size() < kDimensionsMax;
        if (good) {
            numbers.push_back(number);
        }
    });
    const bool points = std::ranges::any_of(numbers, [](float number) { return number != 0; });
    return good && points ? numbers : std::vector<float>();
}

} // namespace

std::optional<std::vector<std::vector<float>>> vectorsOf(std::string_view answer, std::size_t count)
{
    std::vector<std::vector<float>> vectors(count);
    std::size_t seen = 0;
    bool good = true;
    const auto take = [&](JsonValue &element) {
        auto index = static_cast<std::int64_t>(seen++); // where none is told: its place
        std::vector<float> numbers;
        forEachMember(element, [&](std::string_view name, JsonValue &value) {
            if (name == "index") {
                index = asInteger(value).value_or(-1);
            } else if (name == "embedding") {
                numbers = numbersIn(value);
            }
        });
        const auto at = static_cast<std::size_t>(index);
        good = good && index >= 0 && at < count && vectors[at].empty() && !numbers.empty();
        if (good) {
            vectors[at] = std::move(numbers);
        }
    };
    JsonReader reader;
    auto root = reader.open(answer);
    const bool read = root && forEachMember(*root, [&](std::string_view name, JsonValue &value) {
                          if (name == "data") {
                              forEachElement(value, take);
                          }
                      });
    good = good && read && seen == count && std::ranges::all_of(vectors, [&](const auto &vector) {
               return vector.size() == vectors.front().size();
           });
    return good ? std::optional(std::move(vectors)) : std::nullopt;
}

} // namespace signalbox::providers
