// SPDX-License-Identifier: Apache-2.0
#include "core/providers/reasoning_detail.h"

#include "core/providers/json_reader.h"

namespace signalbox::providers {
namespace {

ReasoningDetail readDetail(JsonValue &value)
{
    ReasoningDetail detail;
    forEachMember(value, [&detail](std::string_view name, JsonValue &member) {
        if (name == "type") {
            detail.type = stringOrEmpty(member);
        } else if (name == "text") {
            detail.text = stringOrEmpty(member);
        } else if (name == "signature") {
            detail.signature = stringOrEmpty(member);
        } else if (name == "data") {
            detail.data = stringOrEmpty(member);
        } else if (name == "id") {
            detail.id = stringOrEmpty(member);
        } else if (name == "format") {
            detail.format = stringOrEmpty(member);
        }
    });
    return detail;
}

} // namespace

void forEachReasoningDetail(std::string_view details,
                            std::string_view format,
                            const std::function<void(const ReasoningDetail &)> &use)
{
    if (details.empty()) {
        return;
    }
    thread_local JsonReader reader;
    if (auto root = reader.open(details)) {
        forEachElement(*root, [&](JsonValue &entry) {
            const ReasoningDetail detail = readDetail(entry);
            if (detail.format == format) {
                use(detail);
            }
        });
    }
}

} // namespace signalbox::providers
