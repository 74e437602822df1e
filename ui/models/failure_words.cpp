// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/failure_words.h"

#include "ui/text/names.h"

#include <chrono>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr Seconds kNear{2};
constexpr qsizetype kLongest = 200;

QString shortened(const std::string &words)
{
    const QString all = text::fromUtf8(words).simplified();
    return all.size() > kLongest ? all.left(kLongest - 1) + u'…' : all;
}

} // namespace

void FailureWords::append(const std::vector<std::shared_ptr<const RequestRecord>> &records)
{
    for (const auto &record : records) {
        for (const AttemptRecord &attempt : record->attempts) {
            if (attempt.counted && attempt.outcome != OutcomeClass::Success
                && !attempt.reason.empty()) {
                m_said.push_back({attempt.target,
                                  record->arrived + attempt.startedAfter + attempt.total,
                                  shortened(attempt.reason)});
                ++m_revision;
            }
        }
    }
    while (m_said.size() > kMax) {
        m_said.pop_front();
    }
}

QString FailureWords::of(const TargetId &target, SystemTime at) const
{
    const Said *nearest = nullptr;
    for (const Said &said : m_said) {
        const auto apart = std::chrono::abs(said.at - at);
        if (said.target == target && apart <= kNear
            && (nearest == nullptr || apart < std::chrono::abs(nearest->at - at))) {
            nearest = &said;
        }
    }
    return nearest == nullptr ? QString() : nearest->words;
}

} // namespace signalbox::ui
