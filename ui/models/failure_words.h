// SPDX-License-Identifier: GPL-3.0-or-later
// What providers said when attempts failed, for those who ask why a breaker opened.
#pragma once

#include "core/domain/record.h"

#include <QString>

#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

namespace signalbox::ui {

/// The words of the last kMax failed attempts that counted towards a breaker. Only requests that
/// have ended are known, so words can come some seconds after the change they explain.
class FailureWords
{
public:
    static constexpr std::size_t kMax = 1000;

    void append(const std::vector<std::shared_ptr<const RequestRecord>> &records);
    /// What \p target said in the failed attempt that ended nearest to \p at; empty: nothing is
    /// known of one within two seconds. At most 200 characters, a provider's own words.
    [[nodiscard]] QString of(const TargetId &target, SystemTime at) const;
    /// Rises with every append that brought words.
    [[nodiscard]] std::uint64_t revision() const { return m_revision; }

private:
    struct Said
    {
        TargetId target;
        SystemTime at;
        QString words;
    };

    std::deque<Said> m_said; ///< in the order in which they were heard
    std::uint64_t m_revision = 0;
};

} // namespace signalbox::ui
