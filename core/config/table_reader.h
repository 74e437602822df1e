// SPDX-License-Identifier: Apache-2.0
// Typed reading of one TOML table: whatever is asked for is allowed, everything else is a fault.
#pragma once

#include "core/base/time.h"
#include "core/config/node.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::config {

struct WholeRange
{
    std::int64_t min = 0;
    std::int64_t max = std::numeric_limits<std::int64_t>::max();
};

struct NumberRange
{
    double min = 0;
    double max = std::numeric_limits<double>::max();
};

enum class Zero : std::uint8_t {
    Refused,
    Allowed
};

/// The getters leave their target as it is (the default) when the key is absent or faulty; each
/// fault is reported at the offending value. Ask for every key of the table, then call finish().
class TableReader
{
public:
    struct Entry
    {
        std::string key;
        Position at; ///< of the key
        const toml::node *node;
    };

    /// \p place is the table's name without indices: `provider.model`; empty for the file itself.
    TableReader(const toml::table &table, std::string place, Report &report);

    [[nodiscard]] Report &report() const { return *m_report; }
    [[nodiscard]] Position position() const;
    [[nodiscard]] bool has(std::string_view key) const;
    [[nodiscard]] bool isEmptyList(std::string_view key) const;
    /// Of the key's value, or of the table when the key is absent.
    [[nodiscard]] Position at(std::string_view key) const;
    /// All entries in the file's order.
    [[nodiscard]] std::vector<Entry> entries() const;

    std::optional<Text> text(std::string_view key);
    /// A text without control characters and outer blanks, at most 200 bytes: fit for a header.
    std::optional<Text> name(std::string_view key);
    std::optional<Text> requiredName(std::string_view key);
    std::optional<double> number(std::string_view key, NumberRange range = {});
    std::optional<std::int64_t> wholeNumber(std::string_view key, WholeRange range = {});
    /// Whether the value of \p key is a text.
    [[nodiscard]] bool isText(std::string_view key) const;
    /// A date such as `2026-07-02`: the day's beginning, UTC.
    std::optional<SystemTime> day(std::string_view key);
    std::optional<SecretRef> secret(std::string_view key, const std::string &use);
    /// The n-th is recorded as `USE n`.
    std::vector<SecretRef> secrets(std::string_view key, const std::string &use);
    /// An absolute path; empty when it is absent or faulty. Recorded as a file of \p use.
    std::string file(std::string_view key, const std::string &use);
    std::optional<std::vector<Text>> texts(std::string_view key);
    std::optional<TableReader> table(std::string_view key);
    std::vector<TableReader> tables(std::string_view key);

    void boolean(std::string_view key, bool &out);
    /// Seconds, fractions allowed.
    void seconds(std::string_view key, Millis &out, Zero zero = Zero::Refused);
    /// Whole milliseconds.
    void millis(std::string_view key, Millis &out);
    template <typename Integer>
    void whole(std::string_view key, Integer &out, WholeRange range)
    {
        if (const auto value = wholeNumber(key, range)) {
            out = static_cast<Integer>(*value);
        }
    }
    /// One of \p allowed, each written as toString() says.
    template <typename Enum>
    void choice(std::string_view key, Enum &out, const std::vector<Enum> &allowed)
    {
        std::vector<std::string> names;
        names.reserve(allowed.size());
        for (const Enum value : allowed) {
            names.emplace_back(toString(value));
        }
        if (const auto index = choiceIndex(key, names)) {
            out = allowed[*index];
        }
    }
    std::optional<std::size_t> choiceIndex(std::string_view key,
                                           const std::vector<std::string> &names);

    /// Reports that \p key, which must be there, is not; true when it is there.
    bool require(std::string_view key);
    /// Reports the keys nobody asked for and those that are not available yet.
    void finish();

private:
    const toml::node *find(std::string_view key);
    std::optional<SecretRef> secretAt(const Text &text, std::string_view key, std::string use);
    void wrongType(std::string_view key, std::string_view expected, const toml::node &found);
    void outOfRange(std::string_view key, double min, double max, bool bounded);

    const toml::table *m_table;
    std::string m_place;
    Report *m_report;
    std::vector<std::string> m_known;
};

} // namespace signalbox::config
