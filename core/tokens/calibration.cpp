// SPDX-License-Identifier: Apache-2.0
#include "core/tokens/calibration.h"

#include "core/base/bounds.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace signalbox::tokens {
namespace {

constexpr std::string_view kHeading = "signalbox token calibration 1";
/// Of a bill whose estimate was right in all parts: texts differ.
constexpr double kNoise = 0.08 * 0.08;
/// Of a factor before the first bill.
constexpr double kDoubt = 0.15 * 0.15;
/// How much less is known of a factor after each bill: tokenizers change.
constexpr double kDrift = 2e-6;
/// What a factor may become; framing is the least known and the least costly.
constexpr double kLeast = 0.3;
constexpr double kMost = 4;
/// A bill beyond these times its estimate is about something else, such as a hidden prompt.
constexpr double kBelief = 4;

void appendNumber(std::string &text, double number)
{
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    text.append(1, ' ').append(digits.data(), end.ptr);
}

} // namespace

std::array<Calibration::Vector, kParts> Calibration::firstDoubt()
{
    std::array<Vector, kParts> doubt{};
    for (std::size_t i = 0; i < kParts; ++i) {
        doubt[i][i] = i == static_cast<std::size_t>(Part::Framing) ? 1 : kDoubt;
    }
    return doubt;
}

void Calibration::learn(std::string_view model, const TokenParts &parts, std::int64_t billed)
{
    const double estimate = parts.sum();
    const auto bill = static_cast<double>(billed);
    if (!(estimate >= 1) || bill * kBelief < estimate || bill > estimate * kBelief) {
        return;
    }
    auto found = m_models.find(model);
    if (found == m_models.end()) {
        if (m_models.size() >= bounds::kCalibratedModelsMax) {
            return;
        }
        found = m_models.emplace(std::string(model), Fit{}).first;
    }
    Fit &fit = found->second;
    // The Kalman filter of a slowly wandering vector; all relative to the estimate.
    Vector share{};
    Vector gain{};
    double expected = 0;
    double spread = kNoise;
    for (std::size_t i = 0; i < kParts; ++i) {
        fit.doubt[i][i] = std::min(fit.doubt[i][i] + kDrift, 1.0);
        share[i] = parts.tokens[i] / estimate;
        expected += share[i] * fit.factors[i];
    }
    for (std::size_t i = 0; i < kParts; ++i) {
        for (std::size_t j = 0; j < kParts; ++j) {
            gain[i] += fit.doubt[i][j] * share[j];
        }
        spread += gain[i] * share[i];
    }
    for (std::size_t i = 0; i < kParts; ++i) {
        fit.factors[i] = std::clamp(fit.factors[i]
                                        + gain[i] / spread * (bill / estimate - expected),
                                    kLeast,
                                    kMost);
        for (std::size_t j = 0; j < kParts; ++j) {
            fit.doubt[i][j] -= gain[i] * gain[j] / spread;
        }
    }
    ++fit.bills;
}

std::int64_t Calibration::corrected(std::string_view model, const TokenParts &parts) const
{
    const auto found = m_models.find(model);
    double sum = 0;
    for (std::size_t i = 0; i < kParts; ++i) {
        sum += parts.tokens[i] * (found == m_models.end() ? 1 : found->second.factors[i]);
    }
    return std::llround(sum);
}

std::int64_t Calibration::bills(std::string_view model) const
{
    const auto found = m_models.find(model);
    return found == m_models.end() ? 0 : found->second.bills;
}

std::string Calibration::toText() const
{
    std::string text(kHeading);
    for (const auto &[model, fit] : m_models) {
        text.append("\n").append(model).append("\t").append(std::to_string(fit.bills));
        for (const double factor : fit.factors) {
            appendNumber(text, factor);
        }
        for (const Vector &row : fit.doubt) {
            for (const double doubt : row) {
                appendNumber(text, doubt);
            }
        }
    }
    return text + "\n";
}

Result<Calibration::Fit, std::string> Calibration::readFit(std::string_view numbers)
{
    const char *at = numbers.data();
    const char *const end = at + numbers.size();
    Fit fit;
    const auto count = std::from_chars(at, end, fit.bills);
    if (count.ec != std::errc{} || fit.bills < 0) {
        return Failure{std::string("no count of bills")};
    }
    at = count.ptr;
    const auto read = [&](double &value, double least, double most) {
        if (at == end || *at != ' ') {
            return false;
        }
        const auto number = std::from_chars(at + 1, end, value);
        at = number.ptr;
        return number.ec == std::errc{} && value >= least && value <= most;
    };
    for (double &factor : fit.factors) {
        if (!read(factor, kLeast, kMost)) {
            return Failure{std::string("a factor that cannot be")};
        }
    }
    for (std::size_t i = 0; i < kParts; ++i) {
        for (std::size_t j = 0; j < kParts; ++j) {
            if (!read(fit.doubt[i][j], i == j ? 0 : -1, 1)) {
                return Failure{std::string("a doubt that cannot be")};
            }
        }
    }
    return at == end ? Result<Fit, std::string>(fit)
                     : Failure{std::string("more numbers than there are")};
}

Result<Calibration, std::string> Calibration::fromText(std::string_view text)
{
    Calibration calibration;
    for (std::size_t line = 1; !text.empty(); ++line) {
        const std::string_view row = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), row.size() + 1));
        const auto damaged = [line](const std::string &what) {
            return Failure{"line " + std::to_string(line) + ": " + what};
        };
        const auto tab = row.find('\t');
        if (line == 1 ? row != kHeading : tab == std::string_view::npos) {
            return damaged(line == 1 ? "not the heading of this format" : "no tab");
        }
        if (line == 1) {
            continue;
        }
        auto fit = readFit(row.substr(tab + 1));
        if (!fit) {
            return damaged(fit.error());
        }
        if (calibration.m_models.size() >= bounds::kCalibratedModelsMax) {
            return damaged("more models than are kept");
        }
        calibration.m_models.insert_or_assign(std::string(row.substr(0, tab)), *fit);
    }
    return calibration;
}

} // namespace signalbox::tokens
