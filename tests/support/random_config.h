// SPDX-License-Identifier: Apache-2.0
// Valid configurations by chance, written in every way that TOML allows, and changes to their routes.
#pragma once

#include "core/base/random.h"
#include "core/domain/settings.h"

#include <string>
#include <vector>

namespace signalbox::tests {

/// What a text is made of. Each comment is there once: `#o...` belongs to nothing, `#t...` to a target
/// and `#r...` to a rule that it names.
class RandomConfig
{
public:
    /// Each provider `pN` has the address \p baseUrls [N] and the models `m0`, `m1`, `m2`.
    RandomConfig(std::uint64_t seed, std::vector<std::string> baseUrls)
        : m_random(seed)
        , m_baseUrls(std::move(baseUrls))
    {}

    /// A text with the routes `r0` to `r2`, some with rules; \p head stands at its beginning.
    [[nodiscard]] std::string text(const std::string &head = {});
    /// \p route with a few changes, valid still.
    [[nodiscard]] RouteSettings changed(RouteSettings route);
    /// Other weights and nothing else.
    [[nodiscard]] RouteSettings reweighted(RouteSettings route);
    /// \p text with one to three faults that a check finds; a syntax error at times, alone.
    [[nodiscard]] std::string broken(const std::string &text);

private:
    bool chance(double share) { return m_random.unit() < share; }
    std::size_t below(std::size_t bound) { return m_random.below(bound); }
    std::string comment(const std::string &what);
    TargetId target();
    TargetChoice choice(const TargetId &target);
    std::vector<TargetChoice> choices();
    Matcher matcher(Fact fact);
    Condition condition();
    RuleSettings rule(const std::string &name);
    RouteSettings route(const std::string &name);
    std::string writeTarget(const TargetChoice &choice);
    std::string writeTargets(const std::vector<TargetChoice> &choices);
    std::string writeBlocks(const std::string &header, const std::vector<TargetChoice> &choices);
    std::string writeWhen(const RuleSettings &rule, const std::string &header, std::string &later);
    std::string writeRule(const RuleSettings &rule, Strategy inherited);
    std::string writeRetry(const RetrySettings &retry, std::string &later);
    std::string writeRoute(const RouteSettings &route);
    void changeTargets(std::vector<TargetChoice> &choices);
    void changeRules(std::vector<RuleSettings> &rules);

    Random m_random;
    std::vector<std::string> m_baseUrls;
    int m_comments = 0;
    int m_names = 0;
};

} // namespace signalbox::tests
