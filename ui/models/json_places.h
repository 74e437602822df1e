// SPDX-License-Identifier: GPL-3.0-or-later
// JSON that somebody writes by hand: what is in it, and at which line.
#pragma once

#include <QString>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace signalbox::ui {

/// What is wrong with a text, and where.
struct JsonFault
{
    int line = 1; ///< from 1
    int column = 1; ///< in UTF-16 units, from 1
    QString words = {};

    friend bool operator==(const JsonFault &, const JsonFault &) = default;
};

/// A value and where it begins; members keep the order they are written in.
struct JsonPlace
{
    enum class Kind : std::uint8_t {
        Null,
        Bool,
        Number,
        String,
        Array,
        Object
    };

    Kind kind = Kind::Null;
    qsizetype begin = 0; ///< in UTF-16 units of the whole text
    QString text = {}; ///< of String: what it says; of Number and Bool: as it is written
    std::vector<JsonPlace> items = {}; ///< of Array
    std::vector<std::pair<QString, JsonPlace>> members = {}; ///< of Object

    /// The member of that name; null: there is none, or this is no object.
    [[nodiscard]] const JsonPlace *member(QStringView name) const;
};

/// The one value of \p json, or its first fault. Members of one name twice are a fault; so is what is
/// nested deeper than 64 levels.
struct LocatedJson
{
    JsonPlace root = {};
    std::optional<JsonFault> fault = {};
};

[[nodiscard]] LocatedJson readJson(QStringView json);
/// Where \p at is in \p json, with \p words.
[[nodiscard]] JsonFault faultAt(QStringView json, qsizetype at, const QString &words);

} // namespace signalbox::ui
