// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/budget_watch.h"

namespace signalbox::sim {

SystemTime BudgetWatch::dayEnd(SystemTime time)
{
    constexpr std::chrono::minutes day(2);
    const auto sinceEpoch = time.time_since_epoch();
    return SystemTime(sinceEpoch - sinceEpoch % day + day);
}

void BudgetWatch::add(const std::string &client,
                      std::string_view provider,
                      Money cost,
                      SystemTime time)
{
    const SystemTime ends = dayEnd(time);
    if (ends > m_dayEnds) {
        m_dayEnds = ends;
        m_spent.clear();
    }
    if (ends == m_dayEnds) {
        m_spent[{BudgetOwner::Client, client}] += cost;
        m_spent[{BudgetOwner::Provider, std::string(provider)}] += cost;
    }
}

std::optional<std::string> BudgetWatch::faultInCall(const std::string &client,
                                                    const ProviderSettings &provider,
                                                    const Configuration &configuration,
                                                    SystemTime now) const
{
    for (const ClientSettings &settings : configuration.clients) {
        if (settings.id == client && settings.budgetPerDay
            && spent(BudgetOwner::Client, client, now) >= *settings.budgetPerDay) {
            return "a call for " + client + ", whose budget is spent";
        }
    }
    const ProviderSettings *settings = configuration.provider(provider.id);
    if (settings != nullptr && settings->budgetPerDay
        && spent(BudgetOwner::Provider, provider.id, now) >= *settings->budgetPerDay) {
        return "a call at " + provider.id + ", whose budget is spent";
    }
    return std::nullopt;
}

std::optional<std::string> BudgetWatch::differenceTo(const std::vector<BudgetView> &budgets,
                                                     SystemTime now) const
{
    for (const BudgetView &budget : budgets) {
        if (budget.reserved != Money()) {
            return budget.id + " still has " + budget.reserved.toDecimal() + " USD reserved";
        }
        if (budget.spent != spent(budget.owner, budget.id, now)) {
            return budget.id + " is shown to have spent " + budget.spent.toDecimal()
                   + " USD, it has spent " + spent(budget.owner, budget.id, now).toDecimal();
        }
    }
    return std::nullopt;
}

Money BudgetWatch::spent(BudgetOwner owner, const std::string &id, SystemTime now) const
{
    const auto found = m_spent.find({owner, id});
    return dayEnd(now) == m_dayEnds && found != m_spent.end() ? found->second : Money();
}

} // namespace signalbox::sim
