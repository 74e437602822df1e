// SPDX-License-Identifier: Apache-2.0
// What the writer deletes between two batches, and how long the file is.
#include "core/runtime/ledger/ledger_writer.h"

#include <algorithm>
#include <filesystem>

namespace signalbox::runtime {
namespace {

/// The state need not know better.
constexpr Millis kMeasureEvery{5'000};
/// With a cap on the file it is looked at more often: traffic of an hour may be long.
constexpr Millis kCapLook{30'000};

LedgerCutoffs cutoffsOf(const LedgerSettings &kept, SystemTime now)
{
    using Days = std::chrono::days;
    LedgerCutoffs cutoffs;
    if (kept.keepRequestsDays > 0) {
        cutoffs.requests = now - Days(kept.keepRequestsDays);
        cutoffs.ownCalls = now - Days(kept.keepOwnCallsDays.value_or(kept.keepRequestsDays));
    } else if (kept.keepOwnCallsDays) {
        cutoffs.ownCalls = now - Days(*kept.keepOwnCallsDays);
    }
    cutoffs.bodies = now - Days(kept.keepBodiesDays);
    if (kept.keepSumsDays > 0) {
        cutoffs.sums = now - Days(kept.keepSumsDays);
    }
    return cutoffs;
}

} // namespace

/// One small transaction at a time, so that entries never wait long; the next one follows at once.
void LedgerWriter::pruneIfDue()
{
    LedgerSettings kept;
    {
        const std::lock_guard lock(m_mutex);
        if ((Clock::now() < m_pruneAt && !m_pruneSoon) || m_stopping) {
            return;
        }
        m_pruneSoon = false;
        kept = m_kept;
    }
    if (!m_store) {
        m_pruneAt = Clock::now() + m_settings.retryMax;
        return;
    }
    const auto pruned = pruneStep(kept);
    if (!pruned && pruned.error().fault == LedgerFault::Unreachable) {
        m_store.reset(); // the next write opens it again
    }
    Millis pause = m_settings.retryMax;
    if (pruned) {
        const Millis usual = kept.fileBytesMax > 0 ? std::min(kCapLook, m_settings.pruneEvery)
                                                   : m_settings.pruneEvery;
        pause = *pruned ? Millis(0) : usual;
    }
    m_pruneAt = Clock::now() + pause;
    const std::lock_guard lock(m_mutex);
    m_problem = pruned ? std::string() : toString(pruned.error());
}

/// True: there is more to do.
Result<bool, LedgerError> LedgerWriter::pruneStep(const LedgerSettings &kept)
{
    auto more = m_store->prune(cutoffsOf(kept, m_settings.clock()), m_settings.pruneBatch);
    if (more && !*more && kept.fileBytesMax > 0) {
        more = m_store->shrinkTo(kept.fileBytesMax, m_settings.pruneBatch);
    }
    if (more && !*more) {
        more = m_store->giveBack(m_settings.giveBackPages);
    }
    return more;
}

void LedgerWriter::measure()
{
    if (Clock::now() < m_measureAt) {
        return;
    }
    m_measureAt = Clock::now() + kMeasureEvery;
    if (m_place.isServer()) {
        return; // nought: it is not ours to look
    }
    std::int64_t sum = 0;
    for (const char *part : {"", "-wal", "-shm"}) {
        std::error_code error;
        const auto size = std::filesystem::file_size(m_place.where() + part, error);
        sum += error ? 0 : static_cast<std::int64_t>(size);
    }
    const std::lock_guard lock(m_mutex);
    m_bytes = sum;
}

} // namespace signalbox::runtime
