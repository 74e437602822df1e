// SPDX-License-Identifier: Apache-2.0
// What a chat request asks for and what is answered, whatever the wire format.
#pragma once

#include "app/simulator/json.h"
#include "app/simulator/scenario.h"

#include "core/base/random.h"
#include "core/base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::simulator {

struct ToolCall
{
    std::string name;
    std::string arguments; ///< JSON text
};

struct ChatCall
{
    std::string model;
    bool stream = false;
    bool includeUsage = false;
    bool padding = true; ///< the client did not switch OpenAI's padding off
    std::optional<std::int64_t> tokensMax;
    std::string lastUserText;
    std::int64_t promptTokens = 0;
    std::optional<ToolCall> tool; ///< the call that must be the answer
    std::vector<ToolCall> moreTools; ///< called beside it
    bool thinks = false; ///< before it answers
    std::optional<std::string> fixedText; ///< the answer's text where a form was asked for
};

/// A tool call in pieces of its arguments.
struct PlannedCall
{
    std::string id;
    std::string name;
    std::vector<std::string> pieces;
};

/// A whole answer; its pieces are the text or, with a tool, the tool's arguments.
struct Answer
{
    std::string id;
    std::string toolId;
    std::string model;
    SystemTime created{};
    std::vector<std::string> pieces;
    std::optional<std::string> toolName;
    std::vector<PlannedCall> moreCalls; ///< beside that of toolName
    std::vector<std::string> thinking; ///< in pieces, before all else
    Rules rules = Rules::None;
    bool cutByLimit = false;
    std::int64_t promptTokens = 0;
    std::int64_t cachedTokens = 0;
    bool includeUsage = false;
    bool padding = false;
    std::uint64_t paddingSeed = 0;

    [[nodiscard]] std::string joined() const;
    /// In all blocks.
    [[nodiscard]] std::int64_t completionTokens() const;
};

/// Draws the answer to \p call; the ids carry the format's usual prefixes.
Answer planAnswer(const ChatCall &call,
                  const ProviderSpec &provider,
                  SystemTime now,
                  Random &random);

std::string joined(const std::vector<std::string> &pieces);

/// The text of a message or a tool's result; its parts joined.
std::string contentText(const Json &message);

/// The text of the last message whose role is user; its parts joined.
std::string lastUserText(const Json &messages);

/// One draw from the distribution; never negative.
double draw(const LogNormal &distribution, Random &random);

/// \p prefix and so many letters and digits.
std::string drawId(std::string_view prefix, std::size_t letters, Random &random);

/// A value that fits a JSON schema well enough: its enum's first, its required members, ....
Json exampleOf(const Json &schema);

} // namespace signalbox::simulator
