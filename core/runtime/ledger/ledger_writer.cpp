// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/ledger_writer.h"

#include "core/runtime/thread_name.h"

#include <algorithm>

namespace signalbox::runtime {
namespace {

constexpr Millis kStopPatience{2000};

SystemTime systemNow()
{
    return std::chrono::floor<Micros>(std::chrono::system_clock::now());
}

LedgerWriterSettings completed(LedgerWriterSettings settings)
{
    if (!settings.clock) {
        settings.clock = systemNow;
    }
    return settings;
}

std::int64_t requestsIn(const std::vector<LedgerEntry> &entries)
{
    return std::count_if(entries.begin(), entries.end(), [](const LedgerEntry &entry) {
        return std::holds_alternative<std::shared_ptr<const RequestRecord>>(entry);
    });
}

LedgerSettings keptFor(int days)
{
    LedgerSettings kept;
    kept.keepRequestsDays = days;
    return kept;
}

std::size_t bodyBytesIn(const LedgerEntry &entry)
{
    const auto *bodies = std::get_if<std::shared_ptr<const RequestBodies>>(&entry);
    return bodies == nullptr ? 0 : (*bodies)->request.text.size() + (*bodies)->answer.text.size();
}

} // namespace

LedgerWriter::LedgerWriter(LedgerStore store, int keepRequestsDays, LedgerWriterSettings settings)
    : m_settings(completed(std::move(settings)))
    , m_place(store.place())
    , m_store(std::move(store))
    , m_pruneAt(Clock::now())
    , m_kept(keptFor(keepRequestsDays))
    , m_thread([this] { run(); })
{}

LedgerWriter::LedgerWriter(LedgerPlace place, int keepRequestsDays, LedgerWriterSettings settings)
    : m_settings(completed(std::move(settings)))
    , m_place(std::move(place))
    , m_pruneAt(Clock::now())
    , m_kept(keptFor(keepRequestsDays))
{
    openAtStart();
    m_thread = std::thread([this] { run(); });
}

LedgerWriter::~LedgerWriter()
{
    stop(kStopPatience);
}

bool LedgerWriter::submit(std::shared_ptr<const RequestRecord> record)
{
    return enqueue(std::move(record), m_settings.queueMax);
}

bool LedgerWriter::submitAudit(AuditEntry entry)
{
    return enqueue(std::move(entry), m_settings.queueMax + m_settings.auditReserve);
}

bool LedgerWriter::submitBodies(std::shared_ptr<const RequestBodies> bodies)
{
    return enqueue(std::move(bodies), m_settings.queueMax);
}

bool LedgerWriter::enqueue(LedgerEntry entry, std::size_t limit)
{
    const std::size_t bodyBytes = bodyBytesIn(entry);
    const std::lock_guard lock(m_mutex);
    const bool isFull = held() >= limit
                        || (bodyBytes > 0 && m_bodyBytes + bodyBytes > m_settings.bodyBytesMax);
    if (m_stopping || isFull) {
        ++m_dropped;
        ++m_droppedSinceWrite;
        return false;
    }
    if (m_queue.empty()) {
        m_oldest = Clock::now();
    }
    m_queue.push_back(std::move(entry));
    m_bodyBytes += bodyBytes;
    ++m_accepted;
    // In between the thread waits for its deadline; waking it for every entry would cost more
    // than the entry.
    if (m_queue.size() == 1 || m_queue.size() == m_settings.batchMax) {
        m_wake.notify_all();
    }
    return true;
}

bool LedgerWriter::flush(Millis atMost)
{
    m_pace.stepForward();
    std::unique_lock lock(m_mutex);
    const std::uint64_t wanted = m_accepted;
    ++m_flushing;
    m_wake.notify_all();
    const bool done = m_settled.wait_for(lock, atMost, [&] { return m_done >= wanted; });
    --m_flushing;
    return done;
}

bool LedgerWriter::stop(Millis atMost)
{
    m_pace.stepForward();
    const std::lock_guard joining(m_joinMutex);
    {
        const std::lock_guard lock(m_mutex);
        if (!m_stopping) {
            m_stopping = true;
            m_giveUpAt = Clock::now() + atMost;
        }
        m_wake.notify_all();
    }
    if (m_thread.joinable()) {
        m_thread.join();
    }
    const std::lock_guard lock(m_mutex);
    return !m_gaveUp;
}

void LedgerWriter::setKept(const LedgerSettings &kept)
{
    const std::lock_guard lock(m_mutex);
    m_pruneSoon = m_pruneSoon || !(kept == m_kept);
    m_kept = kept;
    m_wake.notify_all();
}

void LedgerWriter::keepPace()
{
    if (isBehind()) {
        m_pace.stepForward();
    } else {
        m_pace.standBack();
    }
}

bool LedgerWriter::isBehind() const
{
    const std::lock_guard lock(m_mutex);
    return m_stopping || m_flushing > 0 || held() > m_settings.behindAt
           || (!m_queue.empty() && Clock::now() - m_oldest > m_settings.behindAfter);
}

telemetry::LedgerHealth LedgerWriter::health() const
{
    const std::lock_guard lock(m_mutex);
    telemetry::LedgerHealth health;
    health.problem = m_problem;
    if (health.problem.empty() && m_droppedSinceWrite > 0 && !m_stopping) {
        health.problem = m_place.isServer() ? "queue_full: the server is slower than the traffic"
                                            : "queue_full: the disk is slower than the traffic";
    }
    health.healthy = health.problem.empty();
    health.queued = static_cast<std::int64_t>(held());
    health.dropped = m_dropped;
    health.written = m_written;
    health.bytes = m_bytes;
    health.movedAside = m_movedAside;
    return health;
}

std::size_t LedgerWriter::held() const
{
    return m_queue.size() + m_inBatch;
}

void LedgerWriter::run()
{
    nameThisThread("ledger");
    m_pace.adopt();
    while (collect()) {
        if (!m_batch.empty()) {
            writeBatch();
        }
        pruneIfDue();
        measure();
    }
}

/// Waits for a batch or for the hour of pruning; false when all is done.
bool LedgerWriter::collect()
{
    std::unique_lock lock(m_mutex);
    m_wake.wait_until(lock, m_pruneAt, [this] {
        return !m_queue.empty() || m_stopping || m_pruneSoon;
    });
    if (m_queue.empty()) {
        return !m_stopping;
    }
    m_wake.wait_until(lock, m_oldest + m_settings.commitEvery, [this] {
        return m_queue.size() >= m_settings.batchMax || m_flushing > 0 || m_stopping;
    });
    const auto size = std::min(m_queue.size(), m_settings.batchMax);
    const auto end = m_queue.begin() + static_cast<std::ptrdiff_t>(size);
    m_batch.assign(std::make_move_iterator(m_queue.begin()), std::make_move_iterator(end));
    m_queue.erase(m_queue.begin(), end);
    m_oldest = Clock::now();
    m_inBatch = size;
    return true;
}

/// Returns when the batch is written or given up; only a stop gives up.
void LedgerWriter::writeBatch()
{
    Millis backoff = m_settings.retryFirst;
    while (!m_batch.empty()) {
        const auto written = tryToWrite();
        if (written) {
            settle(true);
        } else if (written.error().refused) {
            dropEntry(*written.error().refused, written.error().error);
        } else if (mayRetry(written.error().error, backoff)) {
            reopenAfter(written.error().error.fault);
        } else {
            settle(false);
        }
    }
}

void LedgerWriter::openAtStart()
{
    auto opened = LedgerStore::open(m_place);
    if (!opened && opened.error().fault == LedgerFault::Corrupt && !m_place.isServer()) {
        moveAside();
        opened = LedgerStore::open(m_place);
    }
    if (opened) {
        m_store = std::move(*opened);
    } else {
        m_problem = toString(opened.error());
    }
}

Status<LedgerWriteError> LedgerWriter::tryToWrite()
{
    if (!m_store) {
        auto opened = LedgerStore::open(m_place);
        if (!opened) {
            return Failure{LedgerWriteError{opened.error(), std::nullopt}};
        }
        m_store = std::move(*opened);
    }
    return m_store->write(m_batch);
}

/// States the problem and waits; false when there is no more time to try.
bool LedgerWriter::mayRetry(const LedgerError &error, Millis &backoff)
{
    std::unique_lock lock(m_mutex);
    m_problem = toString(error);
    const Millis wait = m_stopping ? m_settings.retryFirst : backoff;
    if (m_stopping && Clock::now() + wait > m_giveUpAt) {
        return false;
    }
    const bool wasStopping = m_stopping;
    m_wake.wait_for(lock, wait, [&] { return m_stopping != wasStopping; });
    backoff = std::min(backoff * 2, m_settings.retryMax);
    return true;
}

/// One entry that the database will never take must not hold up the others.
void LedgerWriter::dropEntry(std::size_t at, const LedgerError &error)
{
    const std::size_t bodyBytes = bodyBytesIn(m_batch[at]);
    m_batch.erase(m_batch.begin() + static_cast<std::ptrdiff_t>(at));
    const std::lock_guard lock(m_mutex);
    m_bodyBytes -= bodyBytes;
    --m_inBatch;
    ++m_done;
    ++m_dropped;
    m_problem = toString(error);
    m_settled.notify_all();
}

void LedgerWriter::settle(bool written)
{
    const auto count = static_cast<std::int64_t>(m_batch.size());
    const std::int64_t requests = requestsIn(m_batch);
    std::size_t bodyBytes = 0;
    for (const LedgerEntry &entry : m_batch) {
        bodyBytes += bodyBytesIn(entry);
    }
    m_batch.clear();
    m_damagedInARow = written ? 0 : m_damagedInARow;
    const std::lock_guard lock(m_mutex);
    m_inBatch = 0;
    m_bodyBytes -= bodyBytes;
    m_done += static_cast<std::uint64_t>(count);
    if (written) {
        m_written += requests;
        m_droppedSinceWrite = 0;
        m_problem.clear();
    } else {
        m_dropped += count;
        m_gaveUp = true;
    }
    m_settled.notify_all();
}

/// A connection may keep a state that the repaired disk no longer has; a fresh one does not. A
/// full disk and a foreign lock leave it sound.
void LedgerWriter::reopenAfter(LedgerFault fault)
{
    if (fault == LedgerFault::DiskFull || fault == LedgerFault::Busy) {
        return;
    }
    m_store.reset();
    m_damagedInARow = fault == LedgerFault::Corrupt ? m_damagedInARow + 1 : 0;
    if (m_damagedInARow > 1 && !m_place.isServer()) {
        moveAside();
    }
}

/// Serving goes on, and so does the book: at the price of beginning a new one, which is said.
void LedgerWriter::moveAside()
{
    const auto aside = LedgerStore::moveAside(m_place.where(), m_settings.clock());
    const std::lock_guard lock(m_mutex);
    if (aside) {
        m_damagedInARow = 0;
        m_movedAside = *aside;
    } else {
        m_problem = toString(aside.error());
    }
}

} // namespace signalbox::runtime
