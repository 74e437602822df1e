// SPDX-License-Identifier: Apache-2.0
#include "core/domain/record.h"

namespace signalbox {

MoneyUse useOf(const RequestRecord &record, const AttemptRecord &attempt)
{
    const bool answered = attempt.outcome == OutcomeClass::Success || attempt.contentSent;
    if (record.abandoned) {
        const bool atWork = answered || attempt.outcome == OutcomeClass::ClientGone;
        return atWork ? MoneyUse::Abandoned : MoneyUse::Wasted;
    }
    return answered && record.errorCode.empty() ? MoneyUse::Served : MoneyUse::Wasted;
}

} // namespace signalbox
