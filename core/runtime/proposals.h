// SPDX-License-Identifier: Apache-2.0
// Weights that are proposed for routes: how they come about, and the book of them.
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/domain/proposal.h"
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

using signalbox::Proposal;

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
/// What is missing is as in a proposal that nobody made; its number is 0 where it is none.
[[nodiscard]] Proposal proposalFromJson(const nlohmann::ordered_json &json);

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
