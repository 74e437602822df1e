// SPDX-License-Identifier: Apache-2.0
// Several lambdas as one visitor of a variant.
#pragma once

namespace signalbox {

template <typename... Ts>
struct Overloaded : Ts...
{
    using Ts::operator()...;
};

// clang 14 does not deduce aggregates by itself.
template <typename... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

} // namespace signalbox
