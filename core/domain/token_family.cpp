// SPDX-License-Identifier: Apache-2.0
#include "core/domain/token_family.h"

namespace signalbox {

std::string_view toString(TokenFamily family)
{
    switch (family) {
    case TokenFamily::O200k:
        return "o200k";
    case TokenFamily::Cl100k:
        return "cl100k";
    case TokenFamily::Qwen:
        return "qwen";
    case TokenFamily::DeepSeek:
        return "deepseek";
    case TokenFamily::Mistral:
        return "mistral";
    case TokenFamily::Claude:
        return "claude";
    case TokenFamily::ClaudeNew:
        return "claude-new";
    case TokenFamily::Gemini:
        return "gemini";
    }
    return "";
}

const std::vector<TokenFamily> &tokenFamilies()
{
    using enum TokenFamily;
    static const std::vector<TokenFamily> all =
        {O200k, Cl100k, Qwen, DeepSeek, Mistral, Claude, ClaudeNew, Gemini};
    return all;
}

} // namespace signalbox
