// SPDX-License-Identifier: Apache-2.0
#include "core/base/secret.h"

#include <utility>

namespace signalbox {

Secret::Secret(std::string text)
    : m_text(std::move(text))
{}

Secret::~Secret()
{
    wipe();
}

Secret::Secret(const Secret &other) = default;

Secret &Secret::operator=(const Secret &other)
{
    if (this != &other) {
        wipe();
        m_text = other.m_text;
    }
    return *this;
}

Secret::Secret(Secret &&other) noexcept
    : m_text(std::move(other.m_text))
{
    other.wipe();
}

Secret &Secret::operator=(Secret &&other) noexcept
{
    if (this != &other) {
        wipe();
        m_text = std::move(other.m_text);
        other.wipe();
    }
    return *this;
}

std::string Secret::masked() const
{
    constexpr std::size_t kShown = 4;
    constexpr std::size_t kShortest = 12;
    const std::string dots = "\u2022\u2022\u2022\u2022";
    return m_text.size() < kShortest ? dots : dots + m_text.substr(m_text.size() - kShown);
}

bool Secret::matches(std::string_view candidate) const
{
    // The loop runs over the candidate, so its time tells nothing about the secret.
    unsigned difference = candidate.size() == m_text.size() ? 0U : 1U;
    for (std::size_t i = 0; i < candidate.size(); ++i) {
        const char own = m_text.empty() ? '\0' : m_text[i % m_text.size()];
        const auto theirs = static_cast<unsigned char>(candidate[i]);
        difference |= static_cast<unsigned>(static_cast<unsigned char>(own) ^ theirs);
    }
    return difference == 0 && !m_text.empty();
}

void Secret::blotOut(std::string &text) const
{
    constexpr std::string_view blot = "[redacted]";
    if (m_text.empty()) {
        return;
    }
    for (std::size_t at = text.find(m_text); at != std::string::npos;
         at = text.find(m_text, at + blot.size())) {
        text.replace(at, m_text.size(), blot);
    }
}

void Secret::wipe()
{
    // Through a volatile pointer, or the compiler removes stores to memory about to be freed.
    volatile char *bytes = m_text.data();
    for (std::size_t i = 0; i < m_text.size(); ++i) {
        bytes[i] = '\0';
    }
    m_text.clear();
}

} // namespace signalbox
