// SPDX-License-Identifier: Apache-2.0
// The two doors between threads: state goes through Latest, things that must not be lost or
// repeated through Inbox. Both keep their payload under a mutex of ours and never block for long.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace signalbox::runtime {

/// Newest wins, never a queue. Any thread may publish and read.
template <typename T>
class Latest
{
public:
    void publish(std::shared_ptr<const T> value)
    {
        const std::lock_guard lock(m_mutex);
        m_value = std::move(value);
    }
    /// Null until something was published.
    [[nodiscard]] std::shared_ptr<const T> read() const
    {
        const std::lock_guard lock(m_mutex);
        return m_value;
    }

private:
    mutable std::mutex m_mutex;
    std::shared_ptr<const T> m_value;
};

/// A bounded queue taken whole. When full the newest is refused and counted.
template <typename T>
class Inbox
{
public:
    explicit Inbox(std::size_t capacity)
        : m_capacity(capacity)
    {}

    /// What was put in and what had to be refused since the last take.
    struct Batch
    {
        std::vector<T> items;
        std::uint64_t refused = 0;
    };

    /// True if the inbox was empty before, so that one ring of the doorbell per batch is enough.
    bool put(T item)
    {
        const std::lock_guard lock(m_mutex);
        if (m_batch.items.size() >= m_capacity) {
            ++m_batch.refused;
            return false;
        }
        m_batch.items.push_back(std::move(item));
        return m_batch.items.size() == 1;
    }
    [[nodiscard]] std::size_t size() const
    {
        const std::lock_guard lock(m_mutex);
        return m_batch.items.size();
    }
    [[nodiscard]] Batch take()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_batch, Batch());
    }

private:
    std::size_t m_capacity;
    mutable std::mutex m_mutex;
    Batch m_batch;
};

} // namespace signalbox::runtime
