// SPDX-License-Identifier: Apache-2.0
// A value or an error, as values; what std::expected will be once every compiler here has it.
#pragma once

#include "core/base/check.h"

#include <type_traits>
#include <utility>
#include <variant>

namespace signalbox {

/// Wraps an error so that it converts to any Result with that error type.
template <typename E>
struct Failure
{
    E error;
};

template <typename E>
Failure(E) -> Failure<E>;

struct Nothing
{
    friend bool operator==(const Nothing &, const Nothing &) = default;
};

/// Either a T or an E. Reading the side that is not there is our own mistake and aborts.
template <typename T, typename E>
class [[nodiscard]] Result
{
public:
    Result(T value) // NOLINT(google-explicit-constructor): returning a value must be plain
        : m_state(std::in_place_index<0>, std::move(value))
    {}
    template <typename F>
    Result(Failure<F> failure) // NOLINT(google-explicit-constructor)
        : m_state(std::in_place_index<1>, std::move(failure.error))
    {}

    [[nodiscard]] bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }

    [[nodiscard]] const T &value() const &
    {
        SB_CHECK(ok());
        return *std::get_if<0>(&m_state);
    }
    [[nodiscard]] T &value() &
    {
        SB_CHECK(ok());
        return *std::get_if<0>(&m_state);
    }
    [[nodiscard]] T &&value() &&
    {
        SB_CHECK(ok());
        return std::move(*std::get_if<0>(&m_state));
    }
    [[nodiscard]] const E &error() const
    {
        SB_CHECK(!ok());
        return *std::get_if<1>(&m_state);
    }

    const T *operator->() const { return &value(); }
    T *operator->() { return &value(); }
    const T &operator*() const & { return value(); }
    T &operator*() & { return value(); }
    T &&operator*() && { return std::move(*this).value(); }

    [[nodiscard]] T valueOr(T fallback) const { return ok() ? value() : std::move(fallback); }

private:
    std::variant<T, E> m_state;
};

template <typename E>
using Status = Result<Nothing, E>;

} // namespace signalbox
