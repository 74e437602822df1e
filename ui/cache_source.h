// SPDX-License-Identifier: GPL-3.0-or-later
// The console's handle on the gateway's cache: what is kept, and what is to become of it.
#pragma once

#include "ui/ledger_source.h"

#include "core/domain/cache_view.h"

#include <cstddef>

namespace signalbox::ui {

/// Either what was asked for or, in a sentence, why there is no answer.
template <typename T>
using CacheAnswer = Result<T, QString>;
template <typename T>
using CacheThen = std::function<void(CacheAnswer<T>)>;

/// Lives on the UI thread, as do all its callers. No function of it waits: each answer comes later,
/// never from inside the question, once, on the UI thread, and not at all after its Asked has ended.
/// An act that is taken back may have been done all the same.
class CacheSource
{
public:
    CacheSource() = default;
    virtual ~CacheSource() = default;
    CacheSource(const CacheSource &) = delete;
    CacheSource &operator=(const CacheSource &) = delete;

    /// The cache as it is now, with the entries that \p query finds.
    [[nodiscard]] virtual Asked view(const CacheQuery &query, CacheThen<CacheView> then) = 0;
    /// What the shipped labelled pairs say about thresholds. May take seconds.
    [[nodiscard]] virtual Asked evaluate(CacheThen<CacheEvaluation> then) = 0;

    // ---- acts; each is answered with how many entries it met ---------------------------------

    /// Takes entries away, pinned ones too; those that are gone by now do not count.
    [[nodiscard]] virtual Asked evict(const std::vector<std::string> &ids,
                                      CacheThen<std::size_t> then) = 0;
    /// All that \p filter finds; one that sets no condition finds every entry.
    [[nodiscard]] virtual Asked evictMatching(const CacheFilter &filter,
                                              CacheThen<std::size_t> then) = 0;
    [[nodiscard]] virtual Asked pin(const std::string &id,
                                    bool pinned,
                                    CacheThen<std::size_t> then) = 0;
};

} // namespace signalbox::ui
