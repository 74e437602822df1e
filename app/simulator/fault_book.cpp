// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/fault_book.h"

#include <algorithm>
#include <cmath>

namespace signalbox::simulator {

namespace {

constexpr std::size_t kFaultsMax = 1000;

Nanos nanos(double seconds)
{
    return Nanos(static_cast<std::int64_t>(seconds * 1e9));
}

bool concerns(const Fault &fault, const std::string &provider)
{
    return fault.provider.empty() || fault.provider == provider;
}

bool concerns(const Fault &fault, const FaultTarget &target)
{
    return concerns(fault, target.provider) && (fault.model.empty() || fault.model == target.model)
           && (!fault.keySlot || fault.keySlot == target.keySlot);
}

} // namespace

FaultBook::FaultBook(std::vector<Fault> scripted, SteadyTime start)
{
    for (Fault &fault : scripted) {
        add(std::move(fault), start);
    }
}

FaultBook::Window FaultBook::windowAt(const Entry &entry, SteadyTime now)
{
    const Fault &fault = entry.fault;
    const SteadyTime from = entry.origin + nanos(fault.fromSeconds);
    if (now < from || (fault.count && entry.hits >= *fault.count)) {
        return {};
    }
    if (!fault.forSeconds) {
        return {true, std::nullopt};
    }
    Nanos inside = now - from;
    if (fault.everySeconds) {
        inside %= nanos(*fault.everySeconds);
    }
    const Nanos length = nanos(*fault.forSeconds);
    return {inside < length, now + (length - inside)};
}

bool FaultBook::applies(Entry &entry, SteadyTime now, Random &random)
{
    if (!windowAt(entry, now).open || random.unit() >= entry.fault.probability) {
        return false;
    }
    ++entry.hits;
    return true;
}

bool FaultBook::isClosed(const std::string &provider, SteadyTime now) const
{
    return std::any_of(m_entries.begin(), m_entries.end(), [&](const Entry &entry) {
        const Fault &fault = entry.fault;
        return fault.kind == FaultKind::Refuse && concerns(fault, provider)
               && fault.probability >= 1 && !fault.count && windowAt(entry, now).open;
    });
}

Json FaultBook::toJson(SteadyTime now) const
{
    Json list = Json::array();
    for (const Entry &entry : m_entries) {
        const Fault &fault = entry.fault;
        const Window window = windowAt(entry, now);
        Json item{{"id", entry.id},
                  {"provider", fault.provider.empty() ? Json(nullptr) : Json(fault.provider)},
                  {"model", fault.model.empty() ? Json(nullptr) : Json(fault.model)},
                  {"kind", std::string(nameOf(fault.kind))},
                  {"active", window.open},
                  {"hits", entry.hits},
                  {"left_s", nullptr}};
        if (window.open && window.end) {
            item["left_s"] = std::chrono::duration<double>(*window.end - now).count();
        }
        list.push_back(std::move(item));
    }
    return list;
}

std::optional<std::uint64_t> FaultBook::add(Fault fault, SteadyTime now)
{
    std::erase_if(m_entries, [now](const Entry &entry) {
        const Fault &old = entry.fault;
        return old.forSeconds && !old.everySeconds
               && now >= entry.origin + nanos(old.fromSeconds) + nanos(*old.forSeconds);
    });
    if (m_entries.size() >= kFaultsMax) {
        return std::nullopt;
    }
    m_entries.push_back({m_nextId, std::move(fault), now, 0});
    return m_nextId++;
}

std::size_t FaultBook::clear(const std::string &provider)
{
    return std::erase_if(m_entries, [&provider](const Entry &entry) {
        return provider.empty() || entry.fault.provider == provider;
    });
}

bool FaultBook::remove(std::uint64_t id)
{
    return std::erase_if(m_entries, [id](const Entry &entry) { return entry.id == id; }) > 0;
}

Trouble FaultBook::draw(const FaultTarget &target, SteadyTime now, Random &random)
{
    Trouble trouble;
    for (Entry &entry : m_entries) {
        const Fault &fault = entry.fault;
        const bool slow = fault.kind == FaultKind::Slow;
        if (fault.kind == FaultKind::Refuse || !concerns(fault, target)
            || (trouble.fault && !slow)) {
            continue;
        }
        const Window window = windowAt(entry, now);
        if (!applies(entry, now, random)) {
            continue;
        }
        if (slow) {
            trouble.slowness *= fault.factor;
        } else {
            trouble.fault = fault;
            trouble.endsAt = window.end;
        }
    }
    return trouble;
}

bool FaultBook::drawRefusal(const std::string &provider, SteadyTime now, Random &random)
{
    return std::any_of(m_entries.begin(), m_entries.end(), [&](Entry &entry) {
        return entry.fault.kind == FaultKind::Refuse && concerns(entry.fault, provider)
               && applies(entry, now, random);
    });
}

} // namespace signalbox::simulator
