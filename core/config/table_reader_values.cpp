// SPDX-License-Identifier: Apache-2.0
// The typed getters of TableReader.
#include "core/base/text.h"
#include "core/config/availability.h"
#include "core/config/notation.h"
#include "core/config/table_reader.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace signalbox::config {
namespace {

constexpr double kSecondsMax = 31'536'000; // a year: beyond it is a slip, not a wish
constexpr std::size_t kNameBytesMax = 200; // names travel in response headers

bool isName(std::string_view text)
{
    const bool hasControl = std::ranges::any_of(text, [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    });
    return !hasControl && trimmed(text) == text && text.size() <= kNameBytesMax;
}

/// `must be a, b or c; did you mean ...?` without the values that are not available.
void refuseChoice(Report &report,
                  std::string_view place,
                  std::string_view key,
                  const Text &found,
                  const std::vector<std::string> &names)
{
    std::vector<std::string> available;
    for (const std::string &name : names) {
        if (!isUnavailable(place, key, name)) {
            available.push_back(name);
        }
    }
    report.fault(found.at,
                 quoted(key) + " must be " + joined(available) + ", found " + quoted(found.value)
                     + didYouMean(found.value, available));
}

} // namespace

std::optional<Text> TableReader::text(std::string_view key)
{
    const toml::node *node = find(key);
    if (node == nullptr) {
        return std::nullopt;
    }
    const auto *string = node->as_string();
    if (string == nullptr) {
        wrongType(key, "a string", *node);
        return std::nullopt;
    }
    if (string->get().empty()) {
        m_report->fault(positionOf(*node), quoted(key) + " must not be empty");
        return std::nullopt;
    }
    return Text{string->get(), positionOf(*node)};
}

std::optional<Text> TableReader::name(std::string_view key)
{
    auto found = text(key);
    if (found && !isName(found->value)) {
        m_report->fault(found->at,
                        quoted(key)
                            + " must be at most 200 bytes, without control characters and "
                              "without blanks around it");
        return std::nullopt;
    }
    return found;
}

std::optional<SystemTime> TableReader::day(std::string_view key)
{
    const toml::node *node = find(key);
    if (node == nullptr) {
        return std::nullopt;
    }
    const auto *date = node->as_date();
    if (date == nullptr) {
        wrongType(key, "a date such as 2026-07-02", *node);
        return std::nullopt;
    }
    using namespace std::chrono;
    const toml::date found = date->get();
    return SystemTime(sys_days(year(found.year) / found.month / found.day));
}

std::optional<Text> TableReader::requiredName(std::string_view key)
{
    return require(key) ? name(key) : std::nullopt;
}

bool TableReader::isText(std::string_view key) const
{
    const toml::node *node = m_table->get(key);
    return node != nullptr && node->is_string();
}

std::optional<double> TableReader::number(std::string_view key, NumberRange range)
{
    const toml::node *node = find(key);
    if (node == nullptr) {
        return std::nullopt;
    }
    const auto found = numberOf(*node);
    if (!found) {
        wrongType(key, "a number", *node);
        return std::nullopt;
    }
    if (!std::isfinite(*found)) {
        m_report->fault(positionOf(*node), quoted(key) + " must be a finite number");
        return std::nullopt;
    }
    if (*found < range.min || *found > range.max) {
        outOfRange(key, range.min, range.max, range.max < NumberRange{}.max);
        return std::nullopt;
    }
    return found;
}

std::optional<std::int64_t> TableReader::wholeNumber(std::string_view key, WholeRange range)
{
    const toml::node *node = find(key);
    if (node == nullptr) {
        return std::nullopt;
    }
    const auto *integer = node->as_integer();
    if (integer == nullptr) {
        wrongType(key, "a whole number", *node);
        return std::nullopt;
    }
    if (integer->get() < range.min || integer->get() > range.max) {
        outOfRange(key,
                   static_cast<double>(range.min),
                   static_cast<double>(range.max),
                   range.max < WholeRange{}.max);
        return std::nullopt;
    }
    return integer->get();
}

std::string TableReader::file(std::string_view key, const std::string &use)
{
    const auto path = text(key);
    if (!path) {
        return {};
    }
    if (!path->value.starts_with('/')) {
        m_report->fault(path->at, '`' + std::string(key) + "` must be an absolute path");
        return {};
    }
    m_report->file(path->value, use, path->at);
    return path->value;
}

std::optional<SecretRef> TableReader::secret(std::string_view key, const std::string &use)
{
    const auto found = text(key);
    return found ? secretAt(*found, key, use) : std::nullopt;
}

std::vector<SecretRef> TableReader::secrets(std::string_view key, const std::string &use)
{
    std::vector<SecretRef> refs;
    const auto found = texts(key).value_or(std::vector<Text>{});
    for (std::size_t i = 0; i < found.size(); ++i) {
        auto ref = secretAt(found[i], key, use + ' ' + std::to_string(i + 1));
        if (!ref) {
            continue;
        }
        if (std::ranges::find(refs, *ref) != refs.end()) {
            m_report->fault(found[i].at, quoted(key) + " names the same secret twice");
            continue;
        }
        refs.push_back(std::move(*ref));
    }
    return refs;
}

std::optional<std::vector<Text>> TableReader::texts(std::string_view key)
{
    const toml::node *node = find(key);
    if (node == nullptr) {
        return std::nullopt;
    }
    const toml::array *list = node->as_array();
    if (list == nullptr) {
        wrongType(key, "a list of strings", *node);
        return std::nullopt;
    }
    std::vector<Text> found;
    for (const toml::node &element : *list) {
        const auto *string = element.as_string();
        if (string == nullptr || string->get().empty()) {
            wrongType(key, "a list of non-empty strings", element);
            continue;
        }
        found.push_back({string->get(), positionOf(element)});
    }
    return found;
}

void TableReader::boolean(std::string_view key, bool &out)
{
    const toml::node *node = find(key);
    if (node == nullptr) {
        return;
    }
    if (const auto *value = node->as_boolean()) {
        out = value->get();
    } else {
        wrongType(key, "true or false", *node);
    }
}

void TableReader::seconds(std::string_view key, Millis &out, Zero zero)
{
    const double min = zero == Zero::Allowed ? 0 : 0.001;
    if (const auto value = number(key, {min, kSecondsMax})) {
        out = Millis(std::llround(*value * 1000));
    }
}

void TableReader::millis(std::string_view key, Millis &out)
{
    const auto max = static_cast<std::int64_t>(kSecondsMax) * 1000;
    if (const auto value = wholeNumber(key, {0, max})) {
        out = Millis(*value);
    }
}

std::optional<std::size_t> TableReader::choiceIndex(std::string_view key,
                                                    const std::vector<std::string> &names)
{
    const auto found = text(key);
    if (!found) {
        return std::nullopt;
    }
    if (isUnavailable(m_place, key, found->value)) {
        m_report->fault(found->at, unavailableMessage(key, quoted(found->value)));
        return std::nullopt;
    }
    const auto name = std::ranges::find(names, found->value);
    if (name == names.end()) {
        refuseChoice(*m_report, m_place, key, *found, names);
        return std::nullopt;
    }
    return static_cast<std::size_t>(name - names.begin());
}

std::optional<SecretRef> TableReader::secretAt(const Text &text,
                                               std::string_view key,
                                               std::string use)
{
    auto ref = parseSecretRef(text.value);
    if (!ref) {
        m_report->fault(text.at, quoted(key) + ": " + ref.error());
        return std::nullopt;
    }
    m_report->secret(*ref, std::move(use), text.at);
    return std::move(ref).value();
}

} // namespace signalbox::config
