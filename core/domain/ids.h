// SPDX-License-Identifier: Apache-2.0
// The names of the trade as types, so that a route's name cannot be passed for a target's.
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace signalbox {

/// A target is one model at one provider, written `provider/model`; the model may contain slashes.
class TargetId
{
public:
    TargetId() = default;
    explicit TargetId(std::string name)
        : m_name(std::move(name))
    {}
    TargetId(std::string_view provider, std::string_view model)
        : m_name(std::string(provider).append("/").append(model))
    {}

    [[nodiscard]] const std::string &name() const { return m_name; }
    [[nodiscard]] bool isEmpty() const { return m_name.empty(); }
    [[nodiscard]] std::string_view provider() const
    {
        return std::string_view(m_name).substr(0, m_name.find('/'));
    }
    [[nodiscard]] std::string_view model() const
    {
        const auto slash = m_name.find('/');
        return slash == std::string::npos ? std::string_view()
                                          : std::string_view(m_name).substr(slash + 1);
    }

    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 reads the defaulted <=> as comparing with 0
    friend auto operator<=>(const TargetId &, const TargetId &) = default;

private:
    std::string m_name;
};

} // namespace signalbox

template <>
struct std::hash<signalbox::TargetId>
{
    std::size_t operator()(const signalbox::TargetId &id) const noexcept
    {
        return std::hash<std::string>{}(id.name());
    }
};
