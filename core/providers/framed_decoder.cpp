// SPDX-License-Identifier: Apache-2.0
#include "core/providers/framed_decoder.h"

#include "core/base/bounds.h"

#include <algorithm>
#include <array>
#include <utility>

namespace signalbox::providers {
namespace {

constexpr std::size_t kStartBytes = 6; ///< of the longest field, `event:` or `retry:`

/// True when \p start, the first kStartBytes of a body or all of a shorter one, may begin an event
/// stream.
bool mayBeginEvents(std::string_view start)
{
    constexpr std::array<std::string_view, 5> kFields = {":", "data:", "event:", "id:", "retry:"};
    return std::ranges::any_of(kFields, [&](std::string_view field) {
        return start.starts_with(field) || field.starts_with(start);
    });
}

} // namespace

void FramedDecoder::feed(std::string_view bytes, std::vector<ChatEvent> &out)
{
    m_out = &out;
    if (m_framing == Framing::Unknown) {
        // Some providers send blank lines to keep the connection awake before a document.
        const auto first = bytes.find_first_not_of(" \t\r\n");
        if (first == std::string_view::npos) {
            return;
        }
        bytes.remove_prefix(first);
        const bool document = bytes.front() == '{' || bytes.front() == '[';
        m_framing = document ? Framing::Document : Framing::Events;
    }
    if (m_framing == Framing::Document) {
        feedDocument(bytes);
    } else {
        feedEvents(bytes);
    }
}

void FramedDecoder::feedEvents(std::string_view bytes)
{
    m_start.append(bytes.substr(0, kStartBytes - m_start.size()));
    while (!m_done) {
        const auto got = m_events.take(bytes);
        if (got == http::SseParser::Got::NeedMore) {
            return;
        }
        if (got == http::SseParser::Got::Failed) {
            failUnparseable("an event over the size limit");
            return;
        }
        if (got == http::SseParser::Got::Event && !m_events.event().data.empty()) {
            onEvent(m_events.event());
        }
    }
}

void FramedDecoder::feedDocument(std::string_view bytes)
{
    if (m_done) {
        return;
    }
    if (m_body.size() + bytes.size() > bounds::kJsonAnswerBytesMax) {
        failUnparseable("an answer over the size limit");
        return;
    }
    m_body.append(bytes);
}

void FramedDecoder::finish(std::vector<ChatEvent> &out)
{
    m_out = &out;
    if (m_done) {
        return;
    }
    switch (m_framing) {
    case Framing::Unknown:
        fail({OutcomeClass::EmptyAnswer, "the answer has no body", {}});
        return;
    case Framing::Document:
        onDocument(m_body);
        break;
    case Framing::Events:
        finishEvents();
        break;
    }
    SB_CHECK(m_done);
}

void FramedDecoder::finishEvents()
{
    const auto got = m_events.finish();
    if (got == http::SseParser::Got::Event && !m_events.event().data.empty()) {
        onEvent(m_events.event());
    }
    if (m_done) {
        return;
    }
    if (!mayBeginEvents(m_start)) {
        fail({OutcomeClass::Unparseable, "the answer is neither JSON nor an event stream", {}});
        return;
    }
    onStreamOver();
}

void FramedDecoder::emit(ChatChunk chunk)
{
    if (!m_done) {
        m_out->emplace_back(std::move(chunk));
    }
}

void FramedDecoder::end()
{
    if (!m_done) {
        m_done = true;
        m_out->emplace_back(ChatEnd{});
    }
}

void FramedDecoder::fail(ChatFailure failure)
{
    if (!m_done) {
        m_done = true;
        m_out->emplace_back(std::move(failure));
    }
}

void FramedDecoder::failUnparseable(std::string_view what)
{
    // What a cut stream left of its last event is no garbage.
    const bool cut = m_framing == Framing::Events && m_events.incomplete();
    if (cut) {
        fail({OutcomeClass::StreamBroken, "the stream was cut inside an event", {}});
        return;
    }
    fail({OutcomeClass::Unparseable, std::string("the answer is ").append(what), {}});
}

} // namespace signalbox::providers
