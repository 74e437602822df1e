// SPDX-License-Identifier: Apache-2.0
#include "core/domain/decision.h"

namespace signalbox {

std::string_view toString(Veto veto)
{
    switch (veto) {
    case Veto::None:
        return "none";
    case Veto::BreakerOpen:
        return "breaker_open";
    case Veto::ForcedOpen:
        return "forced_open";
    case Veto::Drained:
        return "drained";
    case Veto::MissingFeature:
        return "missing_feature";
    case Veto::NoUsableKey:
        return "no_usable_key";
    case Veto::RateLimited:
        return "rate_limited";
    case Veto::ProviderDisabled:
        return "provider_disabled";
    case Veto::NotPinned:
        return "not_pinned";
    case Veto::NotServable:
        return "not_servable";
    case Veto::BudgetExhausted:
        return "budget_exhausted";
    case Veto::TooSlow:
        return "too_slow";
    }
    return "";
}

} // namespace signalbox
