// SPDX-License-Identifier: Apache-2.0
// A flight recording: one file with everything around an incident, for another console to open
// without a server. docs/RECORDER.md describes the format.
#pragma once

#include "core/base/bounds.h"
#include "core/base/time.h"
#include "core/runtime/ledger/ledger_store.h"
#include "core/runtime/revision_store.h"

#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::runtime {

/// Counts what changes in a way that an older reader would misunderstand; kinds of lines and members
/// that are only added do not count, readers pass over them.
inline constexpr int kRecordingFormat = 1;

/// From since, included, to until.
struct RecordingPeriod
{
    SystemTime since{};
    SystemTime until{};
};

/// The longest one that is recorded, whatever is found in it.
inline constexpr Seconds kRecordingPeriodMax{31 * 24 * 3600};

struct RecordingLimits
{
    std::int64_t requestsMax = 20'000; ///< the newest of the period
    std::int64_t auditMax = 5'000;
    std::int64_t revisionsMax = 50;
    std::uint64_t textBytesMax = 256 * bounds::kMiB;
    std::size_t fileBytesMax = 48 * bounds::kMiB; ///< what a console takes from a gateway
};

/// The first line: whose recording it is.
struct RecordingHeader
{
    int format = kRecordingFormat;
    std::string host; ///< the machine's name
    std::string system; ///< such as `Linux 6.1.0-18-amd64 x86_64`
    std::string gateway; ///< its address
    std::string version; ///< the program's
    SystemTime made{};
    RecordingPeriod period;

    friend bool operator==(const RecordingHeader &a, const RecordingHeader &b)
    {
        return a.format == b.format && a.host == b.host && a.system == b.system
               && a.gateway == b.gateway && a.version == b.version && a.made == b.made
               && a.period.since == b.period.since && a.period.until == b.period.until;
    }
};

/// The last line: what is in it, and what would not fit.
struct RecordingCounts
{
    std::int64_t requests = 0;
    std::int64_t requestsLeftOut = 0; ///< the oldest of the period
    std::int64_t audit = 0;
    std::int64_t auditLeftOut = 0; ///< at least so many
    std::int64_t revisions = 0;
    std::int64_t revisionsLeftOut = 0;
    std::int64_t redacted = 0; ///< lines in which something looked like a key
    std::string ledgerProblem; ///< why there are no requests, or not all; empty: it could be read

    friend bool operator==(const RecordingCounts &, const RecordingCounts &) = default;
};

/// A configuration that was in force, with its text.
struct RecordedRevision
{
    Revision revision;
    std::string text;

    friend bool operator==(const RecordedRevision &, const RecordedRevision &) = default;
};

[[nodiscard]] nlohmann::ordered_json toJson(const RecordingHeader &header);
[[nodiscard]] nlohmann::ordered_json toJson(const RecordingCounts &counts);
[[nodiscard]] nlohmann::ordered_json toJson(const RecordedRevision &revision);
/// Nothing where it is none; a header of a later format is one.
[[nodiscard]] std::optional<RecordingHeader> headerFromJson(const nlohmann::ordered_json &json);
[[nodiscard]] RecordingCounts countsFromJson(const nlohmann::ordered_json &json);
[[nodiscard]] std::optional<AuditEntry> auditFromJson(const nlohmann::ordered_json &json);
[[nodiscard]] std::optional<RecordedRevision> recordedRevisionFromJson(
    const nlohmann::ordered_json &json);

} // namespace signalbox::runtime
