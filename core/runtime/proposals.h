// SPDX-License-Identifier: Apache-2.0
// Weights that are proposed for routes: how they come about, and the book of them.
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/domain/settings.h"
#include "core/pricing/cost_matrix.h"
#include "core/pricing/weight_proposal.h"

#include <cstdint>
#include <deque>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::runtime {

/// Other weights for one route, and what became of them.
struct Proposal
{
    enum class State : std::uint8_t {
        Pending,
        Accepted, ///< in force as proposed
        Edited, ///< in force as an operator changed it
        Refused,
        Overtaken, ///< the route changed, or a newer proposal came
    };
    std::int64_t number = 0; ///< grows by one
    SystemTime made{};
    std::string route;
    WeightAim aim = WeightAim::Balanced;
    std::string revision; ///< of the configuration that it was made for
    std::vector<pricing::ShareProposal> shares;
    State state = State::Pending;
    std::optional<SystemTime> decided;
    std::string who; ///< the operator; `gateway` where the route says auto_apply
    std::string why; ///< in their words; may be empty
    std::string applied; ///< Accepted, Edited: the revision that it became
    std::vector<int> given; ///< Edited: points, in the order of \a shares

    friend bool operator==(const Proposal &, const Proposal &) = default;
};

/// `pending`, `accepted`, `edited`, `refused`, `overtaken`
[[nodiscard]] std::string_view toString(Proposal::State state);

/// For a weighted route that says `propose`, by what \p cells saw of the targets of its lowest tier;
/// nothing where nothing would move.
[[nodiscard]] std::vector<pricing::ShareProposal> sharesFor(
    const RouteSettings &route, const std::vector<pricing::MatrixCell> &cells);

/// The shares of the targets that \p proposal is about, as \p route has them now: whole points of
/// 100, in its order; nothing where these are not the targets of its lowest tier any more.
[[nodiscard]] std::optional<std::vector<int>> sharesOf(const RouteSettings &route,
                                                       const Proposal &proposal);

/// \p route with these points as the weights of the targets of \p proposal.
[[nodiscard]] RouteSettings withShares(RouteSettings route,
                                       const Proposal &proposal,
                                       const std::vector<int> &points);

[[nodiscard]] nlohmann::ordered_json toJson(const Proposal &proposal);

/// The newest kKept proposals in one file, its owner's alone. Not for several threads.
class ProposalBook
{
public:
    static constexpr std::size_t kKept = 200;

    /// Reads what is there; a damaged file counts as none, and is written over. \p file empty: in memory.
    explicit ProposalBook(std::string file);

    /// Oldest first.
    [[nodiscard]] const std::deque<Proposal> &all() const { return m_all; }
    [[nodiscard]] Proposal *find(std::int64_t number);
    /// When the newest one for \p route was made; nothing: none is kept.
    [[nodiscard]] std::optional<SystemTime> newestOf(std::string_view route) const;
    /// Gives it the next number; whatever is pending for its route is overtaken by it.
    Proposal &add(Proposal proposal);
    /// Writes the file. Else a sentence, and what was changed is kept in memory alone.
    [[nodiscard]] Status<std::string> save() const;

private:
    std::string m_file;
    std::deque<Proposal> m_all;
};

} // namespace signalbox::runtime
