# SPDX-License-Identifier: Apache-2.0
# What a failed attempt had answered stays before the answer of the next.
set(source core/gateway/client_reply.cpp)
set(find [=[
    m_whole = {};
]=])
set(replace [=[
]=])
