// SPDX-License-Identifier: Apache-2.0
// Proposes weights once a week by what the ledger saw, and does what operators make of them.
#pragma once

#include "core/base/time.h"
#include "core/runtime/admin/query_worker.h"
#include "core/runtime/config_keeper.h"
#include "core/runtime/proposals.h"

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::runtime {

/// Used on the loop's thread. Nothing is applied but by accept(), or where a route says `auto_apply`.
class ProposalKeeper
{
public:
    /// The ledger is looked at so often, by so much of its past; a route is proposed for so often.
    static constexpr Seconds kLookEvery = std::chrono::hours(24);
    static constexpr Seconds kLookFirst{60};
    static constexpr Seconds kLookBack = std::chrono::hours(24 * 28);
    static constexpr Seconds kProposeEvery = std::chrono::hours(24 * 7);

    /// What came of an operator's word.
    struct Outcome
    {
        enum class Kind : std::uint8_t {
            Done,
            Unknown, ///< there is no proposal of that number
            Decided, ///< it is not pending any more
            Overtaken, ///< the route has other weights now than it was made for
            Invalid, ///< the points given are none
            Failed, ///< it could not be applied
        };
        Kind kind = Kind::Done;
        std::string problem = {}; ///< in a sentence, unless Done
        std::optional<Proposal> proposal = {}; ///< as it stands now
    };
    using Done = std::function<void(const Outcome &)>;
    using ChangeConfig = std::function<bool(ConfigChange, ConfigKeeper::Done)>;
    struct Doors
    {
        std::function<std::shared_ptr<const ConfigState>()> state;
        ChangeConfig change;
        /// What happened to a proposal, `proposal.made` and the like: for log and audit.
        std::function<void(const std::string &action, const Proposal &proposal)> tell;
        /// That the book could not be written.
        std::function<void(const std::string &problem)> complain;
    };

    /// \p file is the book, empty: in memory.
    ProposalKeeper(boost::asio::io_context &loop,
                   const LedgerPlace &ledger,
                   const std::string &file,
                   Doors doors);

    /// Looks at the ledger when it is time, on a thread of its own.
    void tick(Now now, const Configuration &configuration);
    /// Proposes by \p cells for every route of what is in force that asks for it and was not proposed
    /// for in the last week.
    void consider(const std::vector<pricing::MatrixCell> &cells, SystemTime now);

    /// Oldest first.
    [[nodiscard]] const std::deque<Proposal> &all() const { return m_book.all(); }
    /// Puts a pending one in force, with \p points in place of its own where they are given: whole
    /// points of 100 in the order of its shares.
    void accept(std::int64_t number,
                std::optional<std::vector<int>> points,
                const std::string &who,
                const std::string &why,
                SystemTime now,
                const Done &done);
    /// \p configuration has come into force by \p who: pending proposals whose weights it has are
    /// accepted; those whose route it gave others are overtaken, or edited where it came of \p number.
    void configured(const Configuration &configuration,
                    const std::string &who,
                    std::int64_t number,
                    SystemTime now);
    [[nodiscard]] Outcome refuse(std::int64_t number,
                                 const std::string &who,
                                 const std::string &why,
                                 SystemTime now);

private:
    [[nodiscard]] std::optional<Outcome> notPending(std::int64_t number);
    void decide(Proposal &proposal,
                Proposal::State state,
                const std::string &who,
                const std::string &why,
                SystemTime now);
    void save();

    Doors m_doors;
    ProposalBook m_book;
    QueryWorker m_queries;
    std::optional<SystemTime> m_lookAt;
    std::int64_t m_accepting = 0; ///< it is being put in force by accept(); 0: none is
};

} // namespace signalbox::runtime
