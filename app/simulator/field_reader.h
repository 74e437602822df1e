// SPDX-License-Identifier: Apache-2.0
// Reads the members of one JSON object into values and remembers what was wrong with them.
#pragma once

#include "app/simulator/json.h"

#include <optional>
#include <string>
#include <vector>

namespace signalbox::simulator {

/// What is wrong with which member; an empty field means the object itself.
struct FieldError
{
    std::string field;
    std::string message;

    friend bool operator==(const FieldError &, const FieldError &) = default;
};

/// Each question names a member once; finish() then complains about every member nobody asked for.
class FieldReader
{
public:
    explicit FieldReader(const Json &object);

    std::optional<double> number(const std::string &key, double min, double max);
    std::optional<int> integer(const std::string &key, int min, int max);
    std::optional<std::string> text(const std::string &key);
    std::optional<bool> flag(const std::string &key);
    /// The member of any kind, or null.
    const Json *any(const std::string &key);
    /// One text or a list of them.
    std::vector<std::string> texts(const std::string &key);

    void complain(const std::string &key, const std::string &message);
    /// The complaints so far and one for each unknown member.
    std::vector<FieldError> finish();

private:
    const Json &m_object;
    std::vector<std::string> m_known;
    std::vector<FieldError> m_errors;
};

} // namespace signalbox::simulator
