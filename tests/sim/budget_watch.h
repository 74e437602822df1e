// SPDX-License-Identifier: Apache-2.0
// What each client has spent and each provider has cost in the present day, added up from what calls
// are recorded to cost.
#pragma once

#include "core/base/time.h"
#include "core/domain/budget.h"
#include "core/domain/settings.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::sim {

class BudgetWatch
{
public:
    /// When the day that holds \p time ends; short ones, of which a run sees many.
    static SystemTime dayEnd(SystemTime time);

    /// A call of \p client at \p provider that ended at \p time turned out to cost \p cost.
    void add(const std::string &client, std::string_view provider, Money cost, SystemTime time);
    /// What is wrong with a call of \p client at \p provider that begins now.
    [[nodiscard]] std::optional<std::string> faultInCall(const std::string &client,
                                                         const ProviderSettings &provider,
                                                         const Configuration &configuration,
                                                         SystemTime now) const;
    /// The first difference to what the gateway shows; nobody is in the air.
    [[nodiscard]] std::optional<std::string> differenceTo(const std::vector<BudgetView> &budgets,
                                                          SystemTime now) const;

    /// In the day that holds \p now.
    [[nodiscard]] Money spent(BudgetOwner owner, const std::string &id, SystemTime now) const;

    /// The same of everybody who ever spent something in it, configured or not.
    [[nodiscard]] std::map<std::pair<BudgetOwner, std::string>, Money> spentOn(SystemTime now) const
    {
        return dayEnd(now) == m_dayEnds ? m_spent : decltype(m_spent)();
    }

private:
    SystemTime m_dayEnds{};
    std::map<std::pair<BudgetOwner, std::string>, Money> m_spent; ///< in the day that ends then
};

} // namespace signalbox::sim
