// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/budget_watch.h"

namespace signalbox::sim {

SystemTime BudgetWatch::dayEnd(SystemTime time)
{
    constexpr std::chrono::minutes day(2);
    const auto sinceEpoch = time.time_since_epoch();
    return SystemTime(sinceEpoch - sinceEpoch % day + day);
}

void BudgetWatch::add(const std::string &client, Money cost, SystemTime time)
{
    const SystemTime ends = dayEnd(time);
    if (ends > m_dayEnds) {
        m_dayEnds = ends;
        m_spent.clear();
    }
    if (ends == m_dayEnds) {
        m_spent[client] += cost;
    }
}

std::optional<std::string> BudgetWatch::faultInCall(const std::string &client,
                                                    const Configuration &configuration,
                                                    SystemTime now) const
{
    for (const ClientSettings &settings : configuration.clients) {
        if (settings.id == client && settings.budgetPerDay
            && spent(client, now) >= *settings.budgetPerDay) {
            return "a call for " + client + ", whose budget is spent";
        }
    }
    return std::nullopt;
}

std::optional<std::string> BudgetWatch::differenceTo(const std::vector<BudgetView> &budgets,
                                                     SystemTime now) const
{
    for (const BudgetView &budget : budgets) {
        if (budget.reserved != Money()) {
            return budget.client + " still has " + budget.reserved.toDecimal() + " USD reserved";
        }
        if (budget.spent != spent(budget.client, now)) {
            return budget.client + " is shown to have spent " + budget.spent.toDecimal()
                   + " USD, it has spent " + spent(budget.client, now).toDecimal();
        }
    }
    return std::nullopt;
}

Money BudgetWatch::spent(const std::string &client, SystemTime now) const
{
    const auto found = m_spent.find(client);
    return dayEnd(now) == m_dayEnds && found != m_spent.end() ? found->second : Money();
}

} // namespace signalbox::sim
