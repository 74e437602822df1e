# SPDX-License-Identifier: Apache-2.0
# What one client was answered is given to another.
set(source core/gateway/answer_cache.cpp)
set(find [=[
                     {.client = plan.scope,
]=])
set(replace [=[
                     {.client = std::string(),
]=])
