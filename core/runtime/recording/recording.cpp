// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/recording/recording.h"

#include "core/runtime/admin/config_json.h"
#include "core/runtime/ledger/json_fields.h"

#include <limits>

namespace signalbox::runtime {

namespace {

constexpr const char *kMark = "signalbox_recording";

} // namespace

Json toJson(const RecordingHeader &header)
{
    return {{kMark, header.format},
            {"host", header.host},
            {"system", header.system},
            {"gateway", header.gateway},
            {"version", header.version},
            {"made", toIsoMicros(header.made)},
            {"since", toIsoMicros(header.period.since)},
            {"until", toIsoMicros(header.period.until)}};
}

std::optional<RecordingHeader> headerFromJson(const Json &json)
{
    const JsonFields fields(json);
    const std::int64_t format = json.is_object() ? fields.integer(kMark) : 0;
    if (format < 1 || format > std::numeric_limits<int>::max()) {
        return std::nullopt;
    }
    RecordingHeader header;
    header.format = static_cast<int>(format);
    header.host = fields.text("host");
    header.system = fields.text("system");
    header.gateway = fields.text("gateway");
    header.version = fields.text("version");
    const auto made = fromIso8601(fields.text("made"));
    const auto since = fromIso8601(fields.text("since"));
    const auto until = fromIso8601(fields.text("until"));
    const bool sound = made && since && until && *since < *until;
    if (!sound && format == kRecordingFormat) {
        return std::nullopt;
    }
    if (sound) {
        header.made = *made;
        header.period = {*since, *until};
    }
    return header;
}

Json toJson(const RecordingCounts &counts)
{
    return {{"requests", counts.requests},
            {"requests_left_out", counts.requestsLeftOut},
            {"audit", counts.audit},
            {"audit_left_out", counts.auditLeftOut},
            {"revisions", counts.revisions},
            {"revisions_left_out", counts.revisionsLeftOut},
            {"redacted", counts.redacted},
            {"ledger_problem", orNull(counts.ledgerProblem)}};
}

RecordingCounts countsFromJson(const Json &json)
{
    const JsonFields fields(json);
    RecordingCounts counts;
    counts.requests = fields.integer("requests");
    counts.requestsLeftOut = fields.integer("requests_left_out");
    counts.audit = fields.integer("audit");
    counts.auditLeftOut = fields.integer("audit_left_out");
    counts.revisions = fields.integer("revisions");
    counts.revisionsLeftOut = fields.integer("revisions_left_out");
    counts.redacted = fields.integer("redacted");
    counts.ledgerProblem = fields.text("ledger_problem");
    return counts;
}

std::optional<AuditEntry> auditFromJson(const Json &json)
{
    if (!json.is_object()) {
        return std::nullopt;
    }
    const JsonFields fields(json);
    const auto time = fromIso8601(fields.text("time"));
    if (!time) {
        return std::nullopt;
    }
    AuditEntry entry;
    entry.id = fields.integer("id");
    entry.at = *time;
    entry.operatorId = fields.text("operator");
    entry.action = fields.text("action");
    entry.object = fields.text("object");
    entry.reason = fields.text("reason");
    entry.detail = fields.text("detail");
    return entry;
}

Json toJson(const RecordedRevision &revision)
{
    Json json = toJson(revision.revision);
    json["text"] = revision.text;
    return json;
}

std::optional<RecordedRevision> recordedRevisionFromJson(const Json &json)
{
    auto revision = revisionFromJson(json);
    if (!revision) {
        return std::nullopt;
    }
    return RecordedRevision{std::move(*revision), JsonFields(json).text("text")};
}

} // namespace signalbox::runtime
