// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/field_reader.h"

#include "core/base/text.h"

#include <algorithm>
#include <cmath>

namespace signalbox::simulator {

namespace {

std::string inWords(double value)
{
    return toText(value == std::floor(value) ? Json(static_cast<std::int64_t>(value))
                                             : Json(value));
}

} // namespace

FieldReader::FieldReader(const Json &object)
    : m_object(object)
{}

const Json *FieldReader::any(const std::string &key)
{
    m_known.push_back(key);
    const auto at = m_object.find(key);
    return at == m_object.end() ? nullptr : &*at;
}

std::optional<double> FieldReader::number(const std::string &key, double min, double max)
{
    const Json *member = any(key);
    if (member == nullptr) {
        return std::nullopt;
    }
    const double value = member->is_number() ? member->get<double>() : std::nan("");
    if (value >= min && value <= max) {
        return value;
    }
    complain(key, "must be a number from " + inWords(min) + " to " + inWords(max));
    return std::nullopt;
}

std::optional<int> FieldReader::integer(const std::string &key, int min, int max)
{
    const Json *member = any(key);
    if (member == nullptr) {
        return std::nullopt;
    }
    const auto value = member->is_number_integer() ? member->get<std::int64_t>()
                                                   : std::int64_t{min} - 1;
    if (value >= min && value <= max) {
        return static_cast<int>(value);
    }
    complain(key, "must be a whole number from " + inWords(min) + " to " + inWords(max));
    return std::nullopt;
}

std::optional<std::string> FieldReader::text(const std::string &key)
{
    const Json *member = any(key);
    if (member == nullptr) {
        return std::nullopt;
    }
    if (member->is_string()) {
        return member->get<std::string>();
    }
    complain(key, "must be a text");
    return std::nullopt;
}

std::optional<bool> FieldReader::flag(const std::string &key)
{
    const Json *member = any(key);
    if (member == nullptr) {
        return std::nullopt;
    }
    if (member->is_boolean()) {
        return member->get<bool>();
    }
    complain(key, "must be true or false");
    return std::nullopt;
}

std::vector<std::string> FieldReader::texts(const std::string &key)
{
    std::vector<std::string> list;
    const Json *member = any(key);
    if (member == nullptr) {
        return list;
    }
    if (member->is_string()) {
        return {member->get<std::string>()};
    }
    const bool ok = member->is_array()
                    && std::all_of(member->begin(), member->end(), [](const Json &item) {
                           return item.is_string();
                       });
    if (!ok) {
        complain(key, "must be a list of texts");
        return list;
    }
    for (const Json &item : *member) {
        list.push_back(item.get<std::string>());
    }
    return list;
}

void FieldReader::complain(const std::string &key, const std::string &message)
{
    m_errors.push_back({key, message});
}

std::vector<FieldError> FieldReader::finish()
{
    for (const auto &item : m_object.items()) {
        if (std::find(m_known.begin(), m_known.end(), item.key()) != m_known.end()) {
            continue;
        }
        const std::vector<std::string> near = nearestNames(item.key(), m_known);
        complain(item.key(),
                 near.empty() ? "is no known key"
                              : "is no known key; did you mean " + near.front() + "?");
    }
    return m_errors;
}

} // namespace signalbox::simulator
