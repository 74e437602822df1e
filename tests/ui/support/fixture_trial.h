// SPDX-License-Identifier: GPL-3.0-or-later
// A trial as it runs, and weights that are proposed.
#pragma once

#include "core/domain/proposal.h"
#include "core/domain/trial.h"

#include <vector>

namespace signalbox::ui {

/// Two of five minutes old, with more failures than the others.
inline TrialView aTrial(SystemTime now)
{
    TrialView trial;
    trial.number = 3;
    trial.revision = "3b1f00c2a977";
    trial.base = "9d0e44aa1b02";
    trial.routes = {"chat-default"};
    trial.began = now - Seconds(120);
    trial.until = now + Seconds(180);
    trial.who = "console";
    trial.why = "more for the cheap one";
    trial.expected = ExpectedEffect{Expected<double>{0.018, 0.014, 0.023},
                                    Expected<Micros>{Millis(742), Millis(718), Millis(771)},
                                    Expected<Money>{Money::fromNanos(1'910'000),
                                                    Money::fromNanos(1'860'000),
                                                    Money::fromNanos(1'970'000)}};
    trial.measured = true;
    trial.onTrial = {482, 21, Micros(Millis(790)), Money::fromNanos(1'640'000), 0};
    trial.others = {1931, 36, Micros(Millis(748)), Money::fromNanos(1'905'000), 0};
    trial.doubt = {0.62, 0.11, 0};
    return trial;
}

/// One that nobody has decided, one that was refused; newest first.
inline std::vector<Proposal> someProposals(SystemTime now)
{
    Proposal pending;
    pending.number = 8;
    pending.made = now - Seconds(3 * 3600);
    pending.route = "chat-default";
    pending.aim = WeightAim::Cost;
    pending.shares = {{TargetId("openai/gpt-4.1"), 50, 42, ShareReason::Loses},
                      {TargetId("anthropic/claude-sonnet-4-5"), 30, 10, ShareReason::AtTheRail},
                      {TargetId("mistral/mistral-large"), 20, 48, ShareReason::Gains}};
    Proposal refused = pending;
    refused.number = 7;
    refused.made = now - Seconds(8 * 86'400);
    refused.aim = WeightAim::Balanced;
    refused.state = Proposal::State::Refused;
    refused.who = "night-shift";
    return {pending, refused};
}

} // namespace signalbox::ui
