// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/decoders/allocations.h"

#include <cstdlib>
#include <new>

namespace {

std::int64_t made = 0;

} // namespace

// The forms for arrays and without exceptions call these two.
void *operator new(std::size_t bytes)
{
    ++made;
    if (void *memory = std::malloc(bytes)) {
        return memory;
    }
    throw std::bad_alloc();
}

void operator delete(void *memory) noexcept
{
    std::free(memory);
}

void operator delete(void *memory, std::size_t) noexcept
{
    std::free(memory);
}

namespace signalbox::bench {

std::int64_t allocations()
{
    return made;
}

} // namespace signalbox::bench
