// SPDX-License-Identifier: Apache-2.0
// What operators do to a target.
#include "core/gateway/upstreams.h"

#include <utility>

namespace signalbox::gateway {

bool Upstreams::trip(const TargetId &target,
                     SteadyTime now,
                     std::optional<Millis> duration,
                     std::string reason)
{
    TargetState *state = find(target);
    if (state != nullptr) {
        state->breaker.trip(now, duration, std::move(reason));
    }
    return state != nullptr;
}

bool Upstreams::hold(const TargetId &target,
                     SteadyTime now,
                     std::optional<Millis> duration,
                     std::string reason)
{
    TargetState *state = find(target);
    if (state != nullptr) {
        state->breaker.hold(now, duration, std::move(reason));
    }
    return state != nullptr;
}

bool Upstreams::reset(const TargetId &target, SteadyTime now, std::string reason)
{
    TargetState *state = find(target);
    if (state != nullptr) {
        state->breaker.reset(now, std::move(reason));
        // A reset is the operator's word that all is well: that holds for refused keys too.
        state->provider->enableKeys();
        state->provider->keysLostTo.reset();
        state->misconfigured = false;
    }
    return state != nullptr;
}

bool Upstreams::drain(const TargetId &target, SteadyTime now, std::string reason)
{
    TargetState *state = find(target);
    if (state != nullptr) {
        state->breaker.drain(now, std::move(reason));
    }
    return state != nullptr;
}

bool Upstreams::undrain(const TargetId &target, SteadyTime now, std::string reason)
{
    TargetState *state = find(target);
    if (state != nullptr) {
        state->breaker.undrain(now, std::move(reason));
    }
    return state != nullptr;
}

} // namespace signalbox::gateway
