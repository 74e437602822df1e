// SPDX-License-Identifier: Apache-2.0
#include "core/config/report.h"

#include "core/base/text.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace signalbox::config {
namespace {

constexpr std::size_t kQuotedBytesMax = 80;

bool isControl(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
}

template <typename Entry>
std::vector<Entry> byPosition(std::vector<Entry> entries)
{
    std::ranges::stable_sort(entries, [](const Entry &a, const Entry &b) {
        return std::tie(a.line, a.column) < std::tie(b.line, b.column);
    });
    return entries;
}

} // namespace

std::vector<Fault> Report::faults() const
{
    return byPosition(m_faults);
}

std::vector<SecretUse> Report::secrets() const
{
    return byPosition(m_secrets);
}

std::vector<FileUse> Report::files() const
{
    return byPosition(m_files);
}

void Report::fault(Position at, std::string message)
{
    m_faults.push_back({at.line, at.column, oneLine(std::move(message))});
}

void Report::secret(SecretRef ref, std::string use, Position at)
{
    m_secrets.push_back({std::move(ref), std::move(use), at.line, at.column});
}

void Report::file(std::string path, std::string use, Position at)
{
    m_files.push_back({std::move(path), std::move(use), at.line, at.column});
}

void UniqueNames::add(const Text &name)
{
    const auto [first, isNew] = m_seen.emplace(name.value, name.at);
    if (!isNew) {
        m_report.fault(name.at,
                       m_what + ' ' + quoted(name.value) + " is already defined in line "
                           + std::to_string(first->second.line));
    }
}

std::string oneLine(std::string message)
{
    std::ranges::replace_if(message, isControl, ' ');
    return message;
}

std::string quoted(std::string_view text)
{
    std::size_t length = std::min(text.size(), kQuotedBytesMax);
    const auto continues = [text](std::size_t at) {
        return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
    };
    while (length > 0 && length < text.size() && continues(length)) {
        --length;
    }
    return '`' + std::string(text.substr(0, length)) + (length < text.size() ? "...`" : "`");
}

std::string didYouMean(std::string_view wanted, const std::vector<std::string> &known)
{
    std::vector<std::string> nearest = nearestNames(wanted, known);
    if (nearest.empty()) {
        return "";
    }
    for (std::string &name : nearest) {
        name = quoted(name);
    }
    return "; did you mean " + joined(nearest) + '?';
}

std::string joined(const std::vector<std::string> &names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const bool isLast = i + 1 == names.size();
        text += i == 0 ? "" : isLast ? " or " : ", ";
        text += names[i];
    }
    return text;
}

} // namespace signalbox::config
