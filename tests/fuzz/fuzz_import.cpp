// SPDX-License-Identifier: Apache-2.0
// Any file gives faults with places, or something that passes the check of every configuration.
#include "core/base/check.h"
#include "core/config/import/import.h"
#include "core/config/read.h"

#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace signalbox;
    const auto imported = config::importConfiguration({reinterpret_cast<const char *>(data), size},
                                                      "fuzzed");
    if (imported) {
        SB_CHECK(config::read(config::toToml(*imported), "").ok());
        return 0;
    }
    SB_CHECK(!imported.error().empty());
    for (const config::Fault &fault : imported.error()) {
        SB_CHECK(fault.line >= 1 && fault.column >= 1 && !fault.message.empty());
        // Faults are found where they stand, not in what was made of them.
        SB_CHECK(!fault.message.starts_with("it does not fit in here"));
    }
    return 0;
}
