// SPDX-License-Identifier: Apache-2.0
// The ledger's own thread: takes finished requests from the gateway and writes them in batches.
#pragma once

#include "core/base/bounds.h"
#include "core/domain/settings.h"
#include "core/runtime/ledger/ledger_store.h"
#include "core/runtime/thread_pace.h"
#include "core/telemetry/snapshot.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace signalbox::runtime {

struct LedgerWriterSettings
{
    std::size_t queueMax =
        bounds::kLedgerQueueMax; ///< entries in memory, those being written included
    std::size_t auditReserve =
        bounds::kLedgerAuditReserve; ///< that an operator's acts may use beyond queueMax
    std::size_t batchMax = bounds::kLedgerBatchMax; ///< entries in one transaction
    Millis commitEvery{100}; ///< the longest an entry waits for company
    Millis retryFirst{100}; ///< after a failed write; doubles
    Millis retryMax{5000};
    Millis pruneEvery{3'600'000};
    int pruneBatch = 500; ///< requests deleted in one transaction
    std::size_t behindAt = 4 * bounds::kLedgerBatchMax; ///< entries in memory: see keepPace()
    Millis behindAfter{300}; ///< without a batch begun, while entries wait
    int giveBackPages = 256; ///< of the file, in one step: a megabyte
    std::size_t bodyBytesMax = 64 * 1024 * 1024; ///< of bodies in the queue
    std::function<SystemTime()> clock; ///< of the retention; the system's when empty
};

/// Writes behind the gateway's back. An entry that was taken is committed after commitEvery and
/// the time of the write; while the disk refuses, entries are kept, the problem is stated, and
/// writing goes on by itself once the disk is back. What does not fit in memory is dropped and
/// counted. A file that is found damaged twice in a row is moved aside, whole, and a new one begun. All functions may be called from any thread; none but flush() and stop() waits for
/// the disk.
class LedgerWriter
{
public:
    LedgerWriter(LedgerStore store, int keepRequestsDays, LedgerWriterSettings settings = {});
    /// Opens the ledger at \p place, after moving a damaged file aside. One that cannot be opened now
    /// is a problem like any other: it is stated, and the ledger opened again before each write.
    LedgerWriter(LedgerPlace place, int keepRequestsDays, LedgerWriterSettings settings = {});
    /// Stops, trying for two seconds to write what is left.
    ~LedgerWriter();
    LedgerWriter(const LedgerWriter &) = delete;
    LedgerWriter &operator=(const LedgerWriter &) = delete;

    /// False when the entry was dropped: the queue is full, or the writer stopped.
    bool submit(std::shared_ptr<const RequestRecord> record);
    bool submitAudit(AuditEntry entry);
    /// Keys are taken out on the writer's thread, before anything is written.
    bool submitBodies(std::shared_ptr<const RequestBodies> bodies);

    /// Waits until all that was submitted before is committed; false when \p atMost passed first.
    bool flush(Millis atMost);
    /// Takes no more, writes what is left within \p atMost and ends the thread. False when
    /// something could not be written; it counts as dropped.
    bool stop(Millis atMost);

    /// What is deleted when; requests of 0 days are kept for good. Begins with the next look, which is
    /// soon.
    void setKept(const LedgerSettings &kept);

    /// To be called some ten times a second: lets the writer's thread stand back behind the gateway's
    /// while it keeps up all the same, and step forward while it is behind.
    void keepPace();
    [[nodiscard]] bool isBehind() const;

    [[nodiscard]] telemetry::LedgerHealth health() const;

private:
    using Clock = std::chrono::steady_clock;

    bool enqueue(LedgerEntry entry, std::size_t limit);
    void run();
    bool collect();
    void writeBatch();
    bool mayRetry(const LedgerError &error, Millis &backoff);
    void dropEntry(std::size_t at, const LedgerError &error);
    void settle(bool written);
    // ledger_writer_pruning.cpp
    void pruneIfDue();
    Result<bool, LedgerError> pruneStep(const LedgerSettings &kept);
    void measure();
    Status<LedgerWriteError> tryToWrite();
    void reopenAfter(LedgerFault fault);
    void openAtStart();
    void moveAside();
    [[nodiscard]] std::size_t held() const;

    const LedgerWriterSettings m_settings;
    const LedgerPlace m_place;
    std::optional<LedgerStore> m_store; // the writer thread's alone, as are those up to the mutex
    int m_damagedInARow = 0;
    std::vector<LedgerEntry> m_batch;
    Clock::time_point m_pruneAt{};
    Clock::time_point m_measureAt{};

    mutable std::mutex m_mutex; // guards all below; never held while the disk works
    std::condition_variable m_wake;
    std::condition_variable m_settled;
    std::deque<LedgerEntry> m_queue;
    Clock::time_point m_oldest{}; ///< when the queue's first entry came
    std::size_t m_inBatch = 0;
    std::uint64_t m_accepted = 0;
    std::uint64_t m_done = 0; ///< of the accepted, those written or given up
    int m_flushing = 0;
    bool m_stopping = false;
    bool m_gaveUp = false;
    Clock::time_point m_giveUpAt{};
    LedgerSettings m_kept;
    bool m_pruneSoon = false; ///< the settings are new
    std::size_t m_bodyBytes = 0; ///< held, those being written included
    std::int64_t m_bytes = 0; ///< of the files
    std::string m_problem;
    std::string m_movedAside;
    std::int64_t m_dropped = 0;
    std::int64_t m_droppedSinceWrite = 0;
    std::int64_t m_written = 0;

    ThreadPace m_pace;
    std::mutex m_joinMutex;
    std::thread m_thread;
};

} // namespace signalbox::runtime
