// SPDX-License-Identifier: Apache-2.0
#include "core/domain/proposal.h"

namespace signalbox {

std::string_view toString(ShareReason reason)
{
    switch (reason) {
    case ShareReason::Gains:
        return "gains";
    case ShareReason::Loses:
        return "loses";
    case ShareReason::Stays:
        return "stays";
    case ShareReason::TooFew:
        return "too_few";
    case ShareReason::AtItsLeast:
        return "at_its_least";
    case ShareReason::AtTheRail:
        return "at_the_rail";
    case ShareReason::MayNotGain:
        return "may_not_gain";
    }
    return "";
}

std::string_view toString(Proposal::State state)
{
    switch (state) {
    case Proposal::State::Pending:
        return "pending";
    case Proposal::State::Accepted:
        return "accepted";
    case Proposal::State::Edited:
        return "edited";
    case Proposal::State::Refused:
        return "refused";
    case Proposal::State::Overtaken:
        return "overtaken";
    }
    return "";
}

} // namespace signalbox
