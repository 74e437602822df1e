// SPDX-License-Identifier: Apache-2.0
// Ids of tool calls as Mistral takes them: nine letters or digits.
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>

namespace signalbox::providers {

/// One object serves one conversation. An id that fits stays as it is; any other becomes one that
/// follows from it alone, so that the next request names the call alike, and no two become the same.
class NineLetterIds
{
public:
    const std::string &of(const std::string &id);

private:
    std::unordered_map<std::string, std::string> m_known;
    std::unordered_set<std::string> m_used;
};

} // namespace signalbox::providers
