// SPDX-License-Identifier: Apache-2.0
#include "core/config/sections.h"

namespace signalbox::config {

void readCache(TableReader &root, const TargetDirectory &targets)
{
    auto table = root.table("cache");
    if (!table) {
        return;
    }
    table->choiceIndex("mode", {"off", "exact", "semantic"});
    Millis lifetime{};
    table->seconds("ttl_s", lifetime);
    table->number("threshold", {0, 1});
    const auto embedder = table->text("embedder");
    if (embedder && embedder->value != "local" && !targets.resolve(embedder->value)) {
        table->report().fault(embedder->at,
                              "`embedder` must be local or a target: "
                                  + targets.refusal(embedder->value));
    }
    table->finish();
}

} // namespace signalbox::config
