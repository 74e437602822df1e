// SPDX-License-Identifier: Apache-2.0
// What each client, or each provider, may spend in a day: reserved before a call, settled after it.
#pragma once

#include "core/base/time.h"
#include "core/domain/budget.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::limits {

/// The days of all clients or of all providers. Whoever has no budget is booked all the same, so that
/// a budget that is set in the middle of a day knows what was spent before.
///
/// What a call turns out to cost beyond its reservation is the only way past a budget. So that the
/// errors of many calls in the air do not add up, room is also kept for them: for a quarter of what
/// is reserved, or for the most that a call has lately gone beyond. Where no call goes farther, a
/// budget is passed by the error of one call at most, whoever asks at the same time; towards its end
/// calls go one by one.
class DayBudgets
{
public:
    /// When the day that holds a time ends in a zone.
    using DayEnd = std::function<SystemTime(SystemTime, const std::string &zone)>;

    struct Account
    {
        std::string id;
        std::optional<Money> perDay; ///< nothing: unbounded
    };

    DayBudgets(BudgetOwner owner, DayEnd dayEnd);

    /// Books outlast an account that is taken away, until the day ends and its calls have. Another
    /// time \p zone counts from the end of the present day.
    void configure(const std::vector<Account> &accounts, const std::string &zone, SystemTime now);

    /// Whether \p id has a budget.
    [[nodiscard]] bool isBounded(std::string_view id) const;
    /// Whether \p id may begin what is expected to cost so much: it has something left, and at
    /// least that. Always, for one without a budget.
    [[nodiscard]] bool hasRoom(std::string_view id, Money expected, SystemTime now) const;
    /// The share of the day's budget that is neither spent nor kept back, 0..1; 1 without a budget.
    [[nodiscard]] double shareLeft(std::string_view id, SystemTime now) const;
    /// Nothing for one without a budget.
    [[nodiscard]] std::optional<BudgetView> view(std::string_view id, SystemTime now) const;
    /// Keeps \p expected for a call that begins.
    void reserve(std::string_view id, Money expected, SystemTime now);
    /// The call is over: it cost \p spent, on the day on which it ends.
    void settle(std::string_view id, Money reserved, Money spent, SystemTime now);
    /// What \p id has spent today before this program began; it need not be configured, for it may be again.
    void book(std::string_view id, Money spent, SystemTime now);

    /// Those with a budget, in the file's order.
    [[nodiscard]] std::vector<BudgetView> views(SystemTime now) const;

private:
    struct Book
    {
        std::optional<Money> perDay;
        Money spent;
        Money reserved;
        double margin = kMarginMin; ///< share of what is reserved that may be wanted on top
    };
    static constexpr double kMarginMin = 0.25;
    static constexpr double kMarginMax = 4;

    void turn(SystemTime now);
    [[nodiscard]] Money spentOf(const Book &book, SystemTime now) const;
    [[nodiscard]] SystemTime endOfDay(SystemTime now) const;
    [[nodiscard]] BudgetView viewOf(const std::string &id, const Book &book, SystemTime now) const;

    BudgetOwner m_owner;
    DayEnd m_endOf;
    std::string m_zone;
    SystemTime m_dayEnds{};
    std::map<std::string, Book, std::less<>> m_books;
    std::vector<std::string> m_order;
};

} // namespace signalbox::limits
