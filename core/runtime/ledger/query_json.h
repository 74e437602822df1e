// SPDX-License-Identifier: Apache-2.0
// The ledger's answers in the admin API's form.
#pragma once

#include "core/runtime/ledger/ledger_reader.h"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <vector>

namespace signalbox::runtime {

/// `{"requests":[...],"next":cursor|null}`
nlohmann::ordered_json toJson(const RequestPage &page);
/// `{"id","time","request":{"text","bytes","cut"},"answer":{...}}`
nlohmann::ordered_json toJson(const RequestBodies &bodies);
/// Nothing when it is none.
std::optional<RequestBodies> bodiesFromJson(const nlohmann::ordered_json &json);
/// `{"buckets":[{"start","requests","failed"}]}`
nlohmann::ordered_json toJson(const std::vector<HistogramBucket> &buckets);
/// `{"rows":[{"bucket","provider",...}]}`, the second member being called after \p by.
nlohmann::ordered_json toJson(const std::vector<CostRow> &rows, const CostQuery &query);
/// `{"since","until","cells":[{"task","target",...}]}`
nlohmann::ordered_json toJson(const std::vector<pricing::MatrixCell> &cells,
                              SystemTime since,
                              SystemTime until);
/// Nothing when it is none.
std::optional<std::vector<MatrixCell>> matrixFromJson(const nlohmann::ordered_json &json);
/// `{"entries":[...],"next":cursor|null}`
nlohmann::ordered_json toJson(const AuditPage &page);

} // namespace signalbox::runtime
