// SPDX-License-Identifier: Apache-2.0
#include "core/limits/day_budgets.h"

#include "core/base/check.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace signalbox::limits {

namespace {

/// Of whoever it is: who is not configured now may be again before the day is over.
template <typename Books>
auto &bookOf(Books &books, std::string_view id)
{
    const auto found = books.find(id);
    return found != books.end() ? found->second : books[std::string(id)];
}

} // namespace

DayBudgets::DayBudgets(BudgetOwner owner, DayEnd dayEnd)
    : m_owner(owner)
    , m_endOf(std::move(dayEnd))
{}

void DayBudgets::configure(const std::vector<Account> &accounts,
                           const std::string &zone,
                           SystemTime now)
{
    m_zone = zone;
    turn(now);
    for (auto &[id, book] : m_books) {
        book.perDay.reset();
    }
    m_order.clear();
    for (const Account &account : accounts) {
        m_books[account.id].perDay = account.perDay;
        m_order.push_back(account.id);
    }
}

bool DayBudgets::isBounded(std::string_view id) const
{
    const auto found = m_books.find(id);
    return found != m_books.end() && found->second.perDay;
}

bool DayBudgets::hasRoom(std::string_view id, Money expected, SystemTime now) const
{
    if (!isBounded(id)) {
        return true;
    }
    const Book &book = m_books.find(id)->second;
    const Money taken = spentOf(book, now) + book.reserved;
    // The call's own error is the one that may pass the budget.
    const double onTop = static_cast<double>(book.reserved.nanos()) * book.margin;
    const Money errors = Money::fromNanos(std::llround(onTop));
    return taken < *book.perDay && taken + errors + expected <= *book.perDay;
}

double DayBudgets::shareLeft(std::string_view id, SystemTime now) const
{
    if (!isBounded(id)) {
        return 1;
    }
    const Book &book = m_books.find(id)->second;
    const Money left = *book.perDay - spentOf(book, now) - book.reserved;
    return left <= Money()
               ? 0
               : static_cast<double>(left.nanos()) / static_cast<double>(book.perDay->nanos());
}

std::optional<BudgetView> DayBudgets::view(std::string_view id, SystemTime now) const
{
    if (!isBounded(id)) {
        return std::nullopt;
    }
    const auto found = m_books.find(id);
    return viewOf(found->first, found->second, now);
}

void DayBudgets::reserve(std::string_view id, Money expected, SystemTime now)
{
    turn(now);
    bookOf(m_books, id).reserved += expected;
}

void DayBudgets::settle(std::string_view id, Money reserved, Money spent, SystemTime now)
{
    turn(now);
    Book &book = bookOf(m_books, id);
    book.reserved -= reserved;
    book.spent += spent;
    SB_CHECK(book.reserved >= Money());
    if (reserved > Money()) {
        constexpr double kFades = 0.99; // a call that went far is remembered for some hundred
        const double beyond = static_cast<double>((spent - reserved).nanos())
                              / static_cast<double>(reserved.nanos());
        book.margin = std::clamp(std::max(beyond, book.margin * kFades), kMarginMin, kMarginMax);
    }
}

void DayBudgets::book(std::string_view id, Money spent, SystemTime now)
{
    turn(now);
    bookOf(m_books, id).spent += spent;
}

std::vector<BudgetView> DayBudgets::views(SystemTime now) const
{
    std::vector<BudgetView> views;
    for (const std::string &id : m_order) {
        const Book &book = m_books.at(id);
        if (book.perDay) {
            views.push_back(viewOf(id, book, now));
        }
    }
    return views;
}

/// A new day, in which nothing is spent yet; what is in the air stays reserved.
void DayBudgets::turn(SystemTime now)
{
    if (now < m_dayEnds) {
        return;
    }
    m_dayEnds = m_endOf(now, m_zone);
    for (auto &[id, book] : m_books) {
        book.spent = Money();
    }
    std::erase_if(m_books, [this](const auto &entry) {
        return entry.second.reserved == Money()
               && std::ranges::find(m_order, entry.first) == m_order.end();
    });
}

Money DayBudgets::spentOf(const Book &book, SystemTime now) const
{
    return now < m_dayEnds ? book.spent : Money();
}

SystemTime DayBudgets::endOfDay(SystemTime now) const
{
    return now < m_dayEnds ? m_dayEnds : m_endOf(now, m_zone);
}

BudgetView DayBudgets::viewOf(const std::string &id, const Book &book, SystemTime now) const
{
    return {id, *book.perDay, spentOf(book, now), book.reserved, endOfDay(now), m_owner};
}

} // namespace signalbox::limits
