// SPDX-License-Identifier: Apache-2.0
// Writing an object member by member, in the ledger's notation.
#pragma once

#include "core/base/json_writer.h"
#include "core/base/money.h"
#include "core/base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::runtime {

/// An object that ends with this writer's scope. Texts may hold any bytes.
class JsonMembers
{
public:
    explicit JsonMembers(JsonWriter &json)
        : m_json(json)
    {
        m_json.beginObject();
    }
    ~JsonMembers() { m_json.endObject(); }
    JsonMembers(const JsonMembers &) = delete;
    JsonMembers &operator=(const JsonMembers &) = delete;

    /// For a value that is written by other means: it must follow at once.
    JsonWriter &key(JsonName name) { return m_json.key(name); }

    JsonMembers &string(JsonName name, std::string_view text);
    /// Null when empty.
    JsonMembers &text(JsonName name, std::string_view text);
    JsonMembers &strings(JsonName name, const std::vector<std::string> &texts);
    JsonMembers &flag(JsonName name, bool flag);
    JsonMembers &integer(JsonName name, std::optional<std::int64_t> number);
    JsonMembers &real(JsonName name, std::optional<double> number);
    /// A decimal string; null is unknown.
    JsonMembers &money(JsonName name, const std::optional<Money> &money);
    /// Milliseconds with the microseconds as decimals.
    JsonMembers &millis(JsonName name, std::optional<Micros> duration);

private:
    JsonWriter &m_json;
};

} // namespace signalbox::runtime
