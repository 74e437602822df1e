// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/net/body_tap.h"

#include <algorithm>

namespace signalbox::runtime {
namespace {

constexpr std::size_t kHeldMax = 64 * 1024 * 1024;
/// A stream says a word in some 150 bytes; joined it takes less.
constexpr std::size_t kStreamFactor = 8;

} // namespace

void BodyTap::asked(gateway::ExchangeId id, std::string_view body)
{
    if (m_most <= 0) {
        return;
    }
    RequestBodies &bodies = m_inTheAir[id];
    bodies.most = m_most;
    add(bodies.request, body, static_cast<std::size_t>(m_most));
}

void BodyTap::answered(gateway::ExchangeId id, std::string_view bytes)
{
    const auto found = m_inTheAir.find(id);
    if (found != m_inTheAir.end()) {
        const auto most = static_cast<std::size_t>(found->second.most) * kStreamFactor;
        add(found->second.answer, bytes, most);
    }
}

std::optional<RequestBodies> BodyTap::take(gateway::ExchangeId id)
{
    auto node = m_inTheAir.extract(id);
    if (node.empty()) {
        return std::nullopt;
    }
    m_held -= node.mapped().request.text.size() + node.mapped().answer.text.size();
    return std::move(node.mapped());
}

void BodyTap::add(KeptBody &body, std::string_view bytes, std::size_t most)
{
    const std::size_t room = std::min(kHeldMax - std::min(kHeldMax, m_held),
                                      most - std::min(most, body.text.size()));
    const std::string_view kept = body.cut ? std::string_view() : bytes.substr(0, room);
    body.text.append(kept);
    body.bytes += static_cast<std::int64_t>(bytes.size());
    body.cut = body.cut || kept.size() < bytes.size();
    m_held += kept.size();
}

} // namespace signalbox::runtime
