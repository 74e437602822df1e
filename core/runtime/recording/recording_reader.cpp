// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/recording/recording_reader.h"

#include "core/runtime/admin/state_reader.h"
#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/ledger/record_json.h"
#include "core/runtime/recording/gzip.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace signalbox::runtime {

namespace {

using Fault = std::optional<RecordingFault>;

/// Takes line after line; a fault ends it.
class Reading
{
public:
    explicit Reading(const std::function<bool(RequestRecord)> &take)
        : m_take(take)
    {}

    Fault takeLine(const std::string &line)
    {
        const auto json = parseJson(line);
        if (!m_hasHeader) {
            return json ? takeHeader(*json) : RecordingFault::NotARecording;
        }
        if (!json || !json->is_object()) {
            return RecordingFault::Damaged;
        }
        struct Kind
        {
            std::string_view name;
            Fault (Reading::*take)(const Json &value);
        };
        static constexpr std::array kKinds = {Kind{"request", &Reading::takeRequest},
                                              Kind{"series", &Reading::takeSeries},
                                              Kind{"state", &Reading::takeState},
                                              Kind{"config", &Reading::takeConfig},
                                              Kind{"revision", &Reading::takeRevision},
                                              Kind{"audit", &Reading::takeAudit},
                                              Kind{"end", &Reading::takeEnd}};
        const JsonFields fields(*json);
        const std::string name = fields.text("kind");
        const auto *const kind = std::ranges::find(kKinds, name, &Kind::name);
        const Json *value = fields.find("value");
        if (kind == kKinds.end()) {
            return std::nullopt; // of a newer program
        }
        return value == nullptr ? Fault(RecordingFault::Damaged) : (this->*kind->take)(*value);
    }

    [[nodiscard]] bool hasHeader() const { return m_hasHeader; }
    [[nodiscard]] bool hasState() const { return m_hasState; }

    Recording finish(bool isWhole)
    {
        m_recording.whole = isWhole && m_hasEnd;
        if (!m_hasEnd) {
            m_recording.counts = m_read;
        }
        return std::move(m_recording);
    }

private:
    Fault takeHeader(const Json &json)
    {
        auto header = headerFromJson(json);
        if (!header) {
            return RecordingFault::NotARecording;
        }
        if (header->format > kRecordingFormat) {
            return RecordingFault::LaterFormat;
        }
        m_recording.header = std::move(*header);
        m_hasHeader = true;
        return std::nullopt;
    }

    Fault takeState(const Json &value)
    {
        auto snapshot = snapshotFromJson(value);
        if (!snapshot) {
            return RecordingFault::Damaged;
        }
        m_recording.snapshot = std::move(*snapshot);
        m_hasState = true;
        return std::nullopt;
    }

    Fault takeConfig(const Json &value)
    {
        m_recording.configText = JsonFields(value).text("text");
        return std::nullopt;
    }

    Fault takeSeries(const Json &value)
    {
        auto page = seriesFromJson(value);
        if (!page) {
            return RecordingFault::Damaged;
        }
        m_recording.series.push_back(std::move(*page));
        return std::nullopt;
    }

    Fault takeRevision(const Json &value)
    {
        auto revision = recordedRevisionFromJson(value);
        if (!revision) {
            return RecordingFault::Damaged;
        }
        ++m_read.revisions;
        m_recording.revisions.push_back(std::move(*revision));
        return std::nullopt;
    }

    Fault takeAudit(const Json &value)
    {
        auto entry = auditFromJson(value);
        if (!entry) {
            return RecordingFault::Damaged;
        }
        ++m_read.audit;
        m_recording.audit.push_back(std::move(*entry));
        return std::nullopt;
    }

    Fault takeRequest(const Json &value)
    {
        auto record = recordFromJson(value);
        if (!record) {
            return RecordingFault::Damaged;
        }
        ++m_read.requests;
        return m_take(std::move(*record)) ? Fault() : RecordingFault::NotTaken;
    }

    Fault takeEnd(const Json &value)
    {
        m_recording.counts = countsFromJson(value);
        m_hasEnd = true;
        return std::nullopt;
    }

    const std::function<bool(RequestRecord)> &m_take;
    Recording m_recording;
    RecordingCounts m_read;
    bool m_hasHeader = false;
    bool m_hasState = false;
    bool m_hasEnd = false;
};

} // namespace

Result<Recording, RecordingFault> readRecording(std::string_view bytes,
                                                const std::function<bool(RequestRecord)> &take,
                                                const RecordingBounds &most)
{
    using Got = GzipLines::Got;
    GzipLines lines(bytes, most.lineBytesMax, most.textBytesMax);
    Reading reading(take);
    std::string line;
    Got got = lines.next(line);
    for (; got == Got::Line; got = lines.next(line)) {
        if (const Fault fault = reading.takeLine(line)) {
            return Failure{*fault};
        }
    }
    if (got == Got::TooLong) {
        return Failure{RecordingFault::TooLarge};
    }
    if (got == Got::Damaged) {
        return Failure{reading.hasHeader() ? RecordingFault::Damaged
                                           : RecordingFault::NotARecording};
    }
    if (!reading.hasState()) {
        const bool isOurs = reading.hasHeader() || (got == Got::Cut && !bytes.empty());
        return Failure{isOurs ? RecordingFault::Cut : RecordingFault::NotARecording};
    }
    return reading.finish(got == Got::End);
}

} // namespace signalbox::runtime
