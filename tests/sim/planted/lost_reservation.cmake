# SPDX-License-Identifier: Apache-2.0
# What was reserved for a request whose client left is never given back.
set(source core/gateway/exchange_books.cpp)
set(find [=[
                            flight.reserved,
]=])
set(replace [=[
                            outcome.outcome == OutcomeClass::ClientGone
                                ? Money()
                                : flight.reserved,
]=])
