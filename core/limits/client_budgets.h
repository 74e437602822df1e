// SPDX-License-Identifier: Apache-2.0
// What each client may spend in a day: reserved before a call, settled after it.
#pragma once

#include "core/domain/budget.h"
#include "core/domain/settings.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::limits {

/// The days of all clients. Whoever has no budget is booked all the same, so that a budget that is
/// set in the middle of a day knows what was spent before. What a call turns out to cost beyond its
/// reservation is the only way past a budget.
class ClientBudgets
{
public:
    /// When the day that holds a time ends in a zone.
    using DayEnd = std::function<SystemTime(SystemTime, const std::string &zone)>;

    explicit ClientBudgets(DayEnd dayEnd);

    /// Books outlast a client that is taken away, until the day ends and its calls have. Another time
    /// zone counts from the end of the present day.
    void configure(const Configuration &configuration, SystemTime now);

    /// Whether \p client has a budget.
    [[nodiscard]] bool isBounded(std::string_view client) const;
    /// Whether \p client may begin what is expected to cost so much: it has something left, and at
    /// least that. Always, for one without a budget.
    [[nodiscard]] bool hasRoom(std::string_view client, Money expected, SystemTime now) const;
    /// Nothing for one without a budget.
    [[nodiscard]] std::optional<BudgetView> view(std::string_view client, SystemTime now) const;
    /// Keeps \p expected for a call that begins.
    void reserve(std::string_view client, Money expected, SystemTime now);
    /// The call is over: it cost \p spent, on the day on which it ends.
    void settle(std::string_view client, Money reserved, Money spent, SystemTime now);
    /// What \p client has spent today before this program began.
    void book(std::string_view client, Money spent, SystemTime now);

    /// Those with a budget, in the file's order.
    [[nodiscard]] std::vector<BudgetView> views(SystemTime now) const;

private:
    struct Account
    {
        std::optional<Money> perDay;
        Money spent;
        Money reserved;
    };

    void turn(SystemTime now);
    [[nodiscard]] Money spentOf(const Account &account, SystemTime now) const;
    [[nodiscard]] SystemTime endOfDay(SystemTime now) const;
    [[nodiscard]] BudgetView viewOf(const std::string &client,
                                    const Account &account,
                                    SystemTime now) const;

    DayEnd m_endOf;
    std::string m_zone;
    SystemTime m_dayEnds{};
    std::map<std::string, Account, std::less<>> m_accounts;
    std::vector<std::string> m_order;
};

} // namespace signalbox::limits
