// SPDX-License-Identifier: Apache-2.0
// What a call may cost: the day of the client that asks and the day of the provider that is asked.
#pragma once

#include "core/domain/budget.h"
#include "core/domain/ids.h"
#include "core/domain/settings.h"
#include "core/limits/day_budgets.h"

#include <optional>
#include <string>
#include <string_view>

namespace signalbox::gateway {

/// A call is kept back for in both days before it begins, and booked in both when it is over.
class Budgets
{
public:
    explicit Budgets(const limits::DayBudgets::DayEnd &dayEnd);

    void configure(const Configuration &configuration, SystemTime now);

    /// Whether one of them is bounded, so that what a call would cost has to be known.
    [[nodiscard]] bool areBounded(std::string_view client, const TargetId &target) const;
    /// The first of them that does not reach for a call expected to cost so much.
    [[nodiscard]] std::optional<BudgetView> obstacle(std::string_view client,
                                                     const TargetId &target,
                                                     Money expected,
                                                     SystemTime now) const;
    void reserve(std::string_view client, const TargetId &target, Money expected, SystemTime now);
    void settle(std::string_view client,
                const TargetId &target,
                Money reserved,
                Money spent,
                SystemTime now);
    /// What was spent today before this program began.
    void book(BudgetOwner owner, std::string_view id, Money spent, SystemTime now);

    [[nodiscard]] const limits::DayBudgets &clients() const { return m_clients; }
    [[nodiscard]] const limits::DayBudgets &providers() const { return m_providers; }

private:
    limits::DayBudgets m_clients;
    limits::DayBudgets m_providers;
};

/// `client "bot"`, `provider "qwen"`.
[[nodiscard]] std::string nameOfOwner(const BudgetView &budget);

} // namespace signalbox::gateway
