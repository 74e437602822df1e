// SPDX-License-Identifier: Apache-2.0
// Any text gives a configuration or faults with places, never anything else.
#include "core/base/check.h"
#include "core/config/read.h"

#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto loaded = signalbox::config::read({reinterpret_cast<const char *>(data), size},
                                                "000000000000");
    if (!loaded) {
        SB_CHECK(!loaded.error().empty());
        for (const auto &fault : loaded.error()) {
            SB_CHECK(fault.line >= 1 && fault.column >= 1 && !fault.message.empty());
        }
    }
    return 0;
}
