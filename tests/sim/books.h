// SPDX-License-Identifier: Apache-2.0
// Three ledgers of one run, kept apart: the records themselves, the ledger's sums, telemetry.
#pragma once

#include "core/domain/record.h"
#include "core/runtime/ledger/rollup.h"
#include "core/telemetry/snapshot.h"

#include <cstdint>
#include <optional>
#include <string>

namespace signalbox::sim {

class Books
{
public:
    void add(const RequestRecord &record);
    /// A chat request that is counted but not recorded.
    void addStranger() { ++m_strangers; }
    /// Folds the ledger's sums so far; they would grow with every quarter of an hour.
    void fold();

    /// The first difference between records, ledger and the requests counted so far.
    [[nodiscard]] std::optional<std::string> differenceTo(const telemetry::Totals &totals) const;
    /// The same of everything; \p snapshot is of a time when all is over for more than an hour.
    [[nodiscard]] std::optional<std::string> differenceTo(
        const telemetry::Snapshot &snapshot) const;

    struct Sums
    {
        std::int64_t requests = 0;
        std::int64_t attempts = 0;
        std::int64_t promptTokens = 0;
        std::int64_t completionTokens = 0;
        Money cost; ///< known amounts
        Money estimatedCost;
        Money cacheSaved; ///< known amounts

        friend bool operator==(const Sums &, const Sums &) = default;
    };
    [[nodiscard]] const Sums &records() const { return m_records; }
    [[nodiscard]] std::int64_t strangers() const { return m_strangers; }

private:
    Sums m_records; ///< added up here
    Sums m_ledger; ///< as the ledger adds up
    runtime::Rollup m_rollup;
    std::int64_t m_strangers = 0;
    std::int64_t m_abandoned = 0;
    std::int64_t m_failed = 0;
    std::int64_t m_unknownPrices = 0;
};

} // namespace signalbox::sim
