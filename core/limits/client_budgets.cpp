// SPDX-License-Identifier: Apache-2.0
#include "core/limits/client_budgets.h"

#include "core/base/check.h"

#include <algorithm>
#include <utility>

namespace signalbox::limits {

ClientBudgets::ClientBudgets(DayEnd dayEnd)
    : m_endOf(std::move(dayEnd))
{}

void ClientBudgets::configure(const Configuration &configuration, SystemTime now)
{
    m_zone = configuration.server.timeZone;
    turn(now);
    for (auto &[client, account] : m_accounts) {
        account.perDay.reset();
    }
    m_order.clear();
    for (const ClientSettings &client : configuration.clients) {
        m_accounts[client.id].perDay = client.budgetPerDay;
        m_order.push_back(client.id);
    }
}

bool ClientBudgets::isBounded(std::string_view client) const
{
    const auto found = m_accounts.find(client);
    return found != m_accounts.end() && found->second.perDay;
}

bool ClientBudgets::hasRoom(std::string_view client, Money expected, SystemTime now) const
{
    if (!isBounded(client)) {
        return true;
    }
    const Account &account = m_accounts.find(client)->second;
    const Money taken = spentOf(account, now) + account.reserved;
    return taken < *account.perDay && taken + expected <= *account.perDay;
}

std::optional<BudgetView> ClientBudgets::view(std::string_view client, SystemTime now) const
{
    if (!isBounded(client)) {
        return std::nullopt;
    }
    const auto found = m_accounts.find(client);
    return viewOf(found->first, found->second, now);
}

void ClientBudgets::reserve(std::string_view client, Money expected, SystemTime now)
{
    turn(now);
    const auto found = m_accounts.find(client);
    if (found != m_accounts.end()) {
        found->second.reserved += expected;
    }
}

void ClientBudgets::settle(std::string_view client, Money reserved, Money spent, SystemTime now)
{
    turn(now);
    const auto found = m_accounts.find(client);
    if (found != m_accounts.end()) {
        found->second.reserved -= reserved;
        found->second.spent += spent;
        SB_CHECK(found->second.reserved >= Money());
    }
}

void ClientBudgets::book(std::string_view client, Money spent, SystemTime now)
{
    settle(client, Money(), spent, now);
}

std::vector<BudgetView> ClientBudgets::views(SystemTime now) const
{
    std::vector<BudgetView> views;
    for (const std::string &client : m_order) {
        const Account &account = m_accounts.at(client);
        if (account.perDay) {
            views.push_back(viewOf(client, account, now));
        }
    }
    return views;
}

/// A new day, in which nothing is spent yet; what is in the air stays reserved.
void ClientBudgets::turn(SystemTime now)
{
    if (now < m_dayEnds) {
        return;
    }
    m_dayEnds = m_endOf(now, m_zone);
    for (auto &[client, account] : m_accounts) {
        account.spent = Money();
    }
    std::erase_if(m_accounts, [this](const auto &entry) {
        return entry.second.reserved == Money()
               && std::ranges::find(m_order, entry.first) == m_order.end();
    });
}

Money ClientBudgets::spentOf(const Account &account, SystemTime now) const
{
    return now < m_dayEnds ? account.spent : Money();
}

SystemTime ClientBudgets::endOfDay(SystemTime now) const
{
    return now < m_dayEnds ? m_dayEnds : m_endOf(now, m_zone);
}

BudgetView ClientBudgets::viewOf(const std::string &client,
                                 const Account &account,
                                 SystemTime now) const
{
    return {client, *account.perDay, spentOf(account, now), account.reserved, endOfDay(now)};
}

} // namespace signalbox::limits
