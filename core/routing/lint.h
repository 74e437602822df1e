// SPDX-License-Identifier: Apache-2.0
// What a configuration says in vain: rules that can never match, names that meet nothing.
#pragma once

#include "core/domain/facts.h"
#include "core/domain/settings.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace signalbox::routing {

enum class LintKind : std::uint8_t {
    NeverMatches, ///< a rule whose conditions no request can meet
    Shadowed, ///< a rule that an earlier one leaves nothing for
    MeetsNothing, ///< a name that nothing else has, or that nothing uses
    NeverMatched, ///< a rule that none of the recorded requests met
    NeverSeen, ///< a header or metadata key that no recorded request had
};

/// `never_matches`, ...
std::string_view toString(LintKind kind);

struct LintFinding
{
    LintKind kind = LintKind::NeverMatches;
    std::string route; ///< empty: of no route
    std::string rule; ///< empty: of the whole route
    std::string message; ///< a sentence that names what and why

    friend bool operator==(const LintFinding &, const LintFinding &) = default;
};

/// By the configuration alone, in its order. Says only what is certain: a rule that is not named
/// may still be met by nobody.
[[nodiscard]] std::vector<LintFinding> lint(const Configuration &configuration);

/// The same by what requests were like. Facts that came with an earlier configuration tell of the
/// headers that its rules asked for, and of no others.
class TrafficLint
{
public:
    /// \p configuration must outlive it.
    explicit TrafficLint(const Configuration &configuration)
        : m_configuration(configuration)
    {}

    /// A request to \p route; one to a route that is no more says nothing.
    void add(std::string_view route, const RequestFacts &facts);
    /// Of the routes that had requests. What lint() says already is left out.
    [[nodiscard]] std::vector<LintFinding> findings() const;

private:
    struct Seen
    {
        std::int64_t requests = 0;
        std::map<std::string, std::int64_t> matches; ///< by rule
        std::set<std::pair<Fact, std::string>> keys; ///< headers and metadata that rules ask for
    };

    const Configuration &m_configuration;
    std::map<std::string, Seen, std::less<>> m_routes;
};

} // namespace signalbox::routing
