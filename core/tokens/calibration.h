// SPDX-License-Identifier: Apache-2.0
// Estimates that learn from what providers bill.
#pragma once

#include "core/base/result.h"
#include "core/tokens/estimate.h"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace signalbox::tokens {

/// For each model a factor on each part of an estimate, fitted to its bills by recursive least
/// squares on relative errors. It begins with ones, follows a change of the provider's tokenizer
/// within some dozen bills, and takes no notice of bills that are beyond belief.
///
/// Bounded: bounds::kCalibratedModelsMax models, further ones stay uncorrected. Not thread-safe.
class Calibration
{
public:
    /// What \p model billed for a prompt that was estimated as \p parts. Without images: they are
    /// a flat rate, and would be blamed on the words.
    void learn(std::string_view model, const TokenParts &parts, std::int64_t billed);

    /// The corrected sum; of a model that never billed the plain one.
    [[nodiscard]] std::int64_t corrected(std::string_view model, const TokenParts &parts) const;
    /// How many bills it has learned from.
    [[nodiscard]] std::int64_t bills(std::string_view model) const;

    /// As text, a line per model, and back. A text that is damaged is refused whole.
    [[nodiscard]] std::string toText() const;
    static Result<Calibration, std::string> fromText(std::string_view text);

private:
    using Vector = std::array<double, kParts>;

    struct Fit
    {
        Vector factors{1, 1, 1, 1, 1};
        std::array<Vector, kParts> doubt = firstDoubt(); ///< covariance of the factors
        std::int64_t bills = 0;
    };

    static std::array<Vector, kParts> firstDoubt();
    static Result<Fit, std::string> readFit(std::string_view numbers);

    std::map<std::string, Fit, std::less<>> m_models;
};

} // namespace signalbox::tokens
