// SPDX-License-Identifier: Apache-2.0
// A record that could be read from JSON is written and read again without loss.
#include "core/base/check.h"
#include "core/runtime/ledger/record_json.h"

#include <cstdint>
#include <nlohmann/json.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace signalbox::runtime;
    const auto json = nlohmann::ordered_json::parse(data, data + size, nullptr, false);
    const auto record = recordFromJson(json);
    if (!record) {
        return 0;
    }
    const auto again = recordFromJson(toJson(*record, Detail::Full));
    SB_CHECK(again && *again == *record);
    return 0;
}
