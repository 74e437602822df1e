// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/budgets.h"

#include <utility>

namespace signalbox::gateway {

Budgets::Budgets(const limits::DayBudgets::DayEnd &dayEnd)
    : m_clients(BudgetOwner::Client, dayEnd)
    , m_providers(BudgetOwner::Provider, dayEnd)
{}

void Budgets::configure(const Configuration &configuration, SystemTime now)
{
    const auto daysOf = [](const auto &owners) {
        std::vector<limits::DayBudgets::Account> accounts;
        for (const auto &owner : owners) {
            accounts.push_back({owner.id, owner.budgetPerDay});
        }
        return accounts;
    };
    const std::string &zone = configuration.server.timeZone;
    m_clients.configure(daysOf(configuration.clients), zone, now);
    m_providers.configure(daysOf(configuration.providers), zone, now);
}

bool Budgets::areBounded(std::string_view client, const TargetId &target) const
{
    return m_clients.isBounded(client) || m_providers.isBounded(target.provider());
}

std::optional<BudgetView> Budgets::obstacle(std::string_view client,
                                            const TargetId &target,
                                            Money expected,
                                            SystemTime now) const
{
    if (!m_clients.hasRoom(client, expected, now)) {
        return m_clients.view(client, now);
    }
    if (!m_providers.hasRoom(target.provider(), expected, now)) {
        return m_providers.view(target.provider(), now);
    }
    return std::nullopt;
}

void Budgets::reserve(std::string_view client,
                      const TargetId &target,
                      Money expected,
                      SystemTime now)
{
    m_clients.reserve(client, expected, now);
    m_providers.reserve(target.provider(), expected, now);
}

void Budgets::settle(
    std::string_view client, const TargetId &target, Money reserved, Money spent, SystemTime now)
{
    m_clients.settle(client, reserved, spent, now);
    m_providers.settle(target.provider(), reserved, spent, now);
}

void Budgets::book(BudgetOwner owner, std::string_view id, Money spent, SystemTime now)
{
    (owner == BudgetOwner::Client ? m_clients : m_providers).book(id, spent, now);
}

std::string nameOfOwner(const BudgetView &budget)
{
    return (budget.owner == BudgetOwner::Client ? "client \"" : "provider \"") + budget.id + "\"";
}

} // namespace signalbox::gateway
