# SPDX-License-Identifier: Apache-2.0
# Of several that wait for an equal request the last is never told.
set(source core/gateway/gateway_cache.cpp)
set(find [=[
        m_exchanges.at(follower).exchange->onLanded(answer, now, out);
]=])
set(replace [=[
        if (followers.size() < 2 || follower != followers.back()) {
            m_exchanges.at(follower).exchange->onLanded(answer, now, out);
        }
]=])
