// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/remote/series_mirror.h"

#include <algorithm>

namespace signalbox::app {

using telemetry::Series;
using telemetry::SeriesPoint;

void SeriesMirror::clear()
{
    m_total.clear();
    m_providers.clear();
    m_knownUntil.reset();
    m_set.reset();
}

bool SeriesMirror::take(const runtime::SeriesPage &page)
{
    if (!m_knownUntil) {
        m_first = page.first;
    }
    const auto distance = page.first - m_first;
    const bool fits = page.bucket == m_bucket && distance >= Micros(0)
                      && distance % m_bucket == Micros(0);
    if (!fits) {
        clear();
        return false;
    }
    m_keeps = page.keeps;
    auto at = static_cast<std::size_t>(distance / m_bucket);
    if (at > m_total.size() + m_keeps) { // everything here is older than what is kept
        clear();
        m_first = page.first;
        at = 0;
    }
    const bool news = !page.total.empty() || at != m_total.size()
                      || page.providers.size() != m_providers.size();
    splice(m_total, at, page.total);
    std::map<std::string, Points, std::less<>> providers;
    for (const auto &[id, points] : page.providers) {
        Points own = std::move(m_providers[id]);
        splice(own, at, points);
        providers.emplace(id, std::move(own));
    }
    m_providers = std::move(providers);
    m_knownUntil = page.first + m_bucket * static_cast<std::int64_t>(page.total.size());
    trim();
    if (news) {
        m_set.reset();
    }
    return true;
}

/// \p fresh stands at place \p at afterwards, and nothing behind it.
void SeriesMirror::splice(Points &points, std::size_t at, const std::vector<SeriesPoint> &fresh)
{
    points.resize(at, SeriesPoint::unknown());
    points.insert(points.end(), fresh.begin(), fresh.end());
}

bool SeriesMirror::extend(SystemTime now)
{
    if (!m_knownUntil) {
        return false;
    }
    const SystemTime end = m_first + m_bucket * static_cast<std::int64_t>(m_total.size());
    const std::int64_t missing = (now - end) / m_bucket;
    if (missing <= 0) {
        return false;
    }
    std::size_t length = m_total.size() + static_cast<std::size_t>(missing);
    if (static_cast<std::size_t>(missing) > m_keeps) { // after a sleep of days
        m_first += m_bucket * static_cast<std::int64_t>(length - m_keeps);
        length = m_keeps;
        m_total.clear();
        for (auto &[id, points] : m_providers) {
            points.clear();
        }
    }
    m_total.resize(length, SeriesPoint::unknown());
    for (auto &[id, points] : m_providers) {
        points.resize(length, SeriesPoint::unknown());
    }
    trim();
    m_set.reset();
    return true;
}

void SeriesMirror::trim()
{
    if (m_total.size() <= m_keeps) {
        return;
    }
    const auto surplus = static_cast<std::ptrdiff_t>(m_total.size() - m_keeps);
    m_total.erase(m_total.begin(), m_total.begin() + surplus);
    for (auto &[id, points] : m_providers) {
        points.erase(points.begin(), points.begin() + surplus);
    }
    m_first += m_bucket * surplus;
}

Series SeriesMirror::seriesOf(const Points &points) const
{
    Series series;
    series.bucket = m_bucket;
    series.firstBucket = m_first;
    series.points.assign(points.begin(), points.end());
    return series;
}

std::shared_ptr<const telemetry::Snapshot::SeriesSet> SeriesMirror::set(
    const std::vector<std::string> &ids)
{
    if (!m_knownUntil) {
        return nullptr;
    }
    if (m_set == nullptr || ids != m_shown) {
        auto set = std::make_shared<telemetry::Snapshot::SeriesSet>();
        set->total = seriesOf(m_total);
        const Points gaps(m_total.size(), SeriesPoint::unknown());
        for (const std::string &id : ids) {
            const auto found = m_providers.find(id);
            set->byProvider.push_back(seriesOf(found == m_providers.end() ? gaps : found->second));
        }
        m_shown = ids;
        m_set = std::move(set);
    }
    return m_set;
}

} // namespace signalbox::app
