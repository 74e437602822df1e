# SPDX-License-Identifier: Apache-2.0
# A failure counts, without a word, though its attempt began before the breaker opened or was reset.
set(source core/resilience/circuit_breaker.cpp)
set(find [=[
    if (!learnsFrom(ticket)) {
        return false;
    }
    SB_CHECK(m_state != BreakerState::Open);
]=])
set(replace [=[
    if (!learnsFrom(ticket)) {
        if (m_state != BreakerState::Open) {
            learnFailure(now, cause);
        }
        return false;
    }
]=])
