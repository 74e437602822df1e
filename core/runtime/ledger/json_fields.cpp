// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/json_fields.h"

#include <cmath>

namespace signalbox::runtime {

const Json *JsonFields::find(const char *name) const
{
    if (!m_object.is_object()) {
        return nullptr;
    }
    const auto at = m_object.find(name);
    return at == m_object.end() ? nullptr : &*at;
}

std::string JsonFields::text(const char *name) const
{
    const Json *value = find(name);
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

bool JsonFields::flag(const char *name) const
{
    const Json *value = find(name);
    return value != nullptr && value->is_boolean() && value->get<bool>();
}

std::int64_t JsonFields::integer(const char *name) const
{
    return optionalInteger(name).value_or(0);
}

std::optional<std::int64_t> JsonFields::optionalInteger(const char *name) const
{
    const Json *value = find(name);
    if (value == nullptr || !value->is_number_integer()) {
        return std::nullopt;
    }
    return value->get<std::int64_t>();
}

double JsonFields::number(const char *name) const
{
    return optionalNumber(name).value_or(0);
}

std::optional<double> JsonFields::optionalNumber(const char *name) const
{
    const Json *value = find(name);
    if (value == nullptr || !value->is_number()) {
        return std::nullopt;
    }
    return value->get<double>();
}

std::optional<Money> JsonFields::money(const char *name) const
{
    return Money::fromDecimal(text(name));
}

Micros JsonFields::millis(const char *name) const
{
    return optionalMillis(name).value_or(Micros(0));
}

std::optional<Micros> JsonFields::optionalMillis(const char *name) const
{
    const auto value = optionalNumber(name);
    constexpr double kLimit = 1e15; // beyond it a double no longer holds every microsecond
    if (!value || !(std::abs(*value) < kLimit)) {
        return std::nullopt;
    }
    return Micros(std::llround(*value * 1000));
}

std::vector<std::string> JsonFields::texts(const char *name) const
{
    std::vector<std::string> texts;
    const Json *value = find(name);
    if (value == nullptr || !value->is_array()) {
        return texts;
    }
    for (const Json &item : *value) {
        texts.push_back(item.is_string() ? item.get<std::string>() : std::string());
    }
    return texts;
}

Json orNull(std::string_view text)
{
    return text.empty() ? Json(nullptr) : Json(std::string(text));
}

Json moneyJson(const std::optional<Money> &money)
{
    return money ? Json(money->toDecimal()) : Json(nullptr);
}

std::string toIsoMicros(SystemTime time)
{
    const auto rest = (time - std::chrono::floor<Millis>(time)).count();
    const std::string digits = std::to_string(1000 + rest).substr(1);
    std::string text = toIso8601(time);
    text.insert(text.size() - 1, digits); // before the Z
    return text;
}

std::string toText(const Json &json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<Json> parseJson(std::string_view text)
{
    Json json = Json::parse(text, nullptr, false);
    return json.is_discarded() ? std::nullopt : std::optional(std::move(json));
}

} // namespace signalbox::runtime
