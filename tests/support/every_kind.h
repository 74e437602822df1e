// SPDX-License-Identifier: Apache-2.0
// One simulated provider of each kind, with that kind's own rules, and a gateway that knows them all.
#pragma once

#include "tests/support/gateway_under_test.h"

#include <string>
#include <vector>

namespace signalbox::tests {

struct SimulatedKind
{
    std::string kind; ///< also the provider's id
    std::string model; ///< chats, and takes forced tools
    std::string thinker; ///< thinks when asked to; may be the same
    std::string embedder; ///< empty: the kind has none
    bool showsThinking = true; ///< in its answers

    [[nodiscard]] std::string target() const { return kind + "/" + model; }
};

/// The eight kinds of the contract.
const std::vector<SimulatedKind> &everyKind();

/// A scenario with them. Bodies are kept.
std::string scenarioOfEveryKind();

/// \p sections precede the providers; each model has every feature that its kind has. There is one more
/// provider, `hasty`: the `openai` of before, which is given 0.2 s for its first token.
std::string configurationOfEveryKind(const RunningSimulator &simulator,
                                     const std::string &sections = {});

/// The table for test files of another language: `[{kind, target, thinker, embedder, showsThinking}]`,
/// models by their targets' names.
std::string everyKindAsJson();

} // namespace signalbox::tests
