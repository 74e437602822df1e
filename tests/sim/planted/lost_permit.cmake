# SPDX-License-Identifier: Apache-2.0
# The permit of a request whose client left is never given back.
set(source core/gateway/upstreams.cpp)
set(find [=[
    grant.permit.reset();
]=])
set(replace [=[
    if (outcome.outcome == OutcomeClass::ClientGone) {
        static_cast<void>(new auto(std::move(*grant.permit)));
    }
    grant.permit.reset();
]=])
