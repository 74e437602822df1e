# SPDX-License-Identifier: Apache-2.0
# The breaker hears of each failure twice.
set(source core/gateway/upstreams.cpp)
set(find [=[
    return state.breaker.failed(grant.ticket, now, outcome.outcome, source);
]=])
set(replace [=[
    const bool learned = state.breaker.failed(grant.ticket, now, outcome.outcome, source);
    return state.breaker.failed(grant.ticket, now, outcome.outcome, source) || learned;
]=])
