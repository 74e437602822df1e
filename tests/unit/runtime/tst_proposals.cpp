// SPDX-License-Identifier: Apache-2.0
#include "tests/support/house.h"

#include "core/runtime/config_file.h"
#include "core/runtime/proposal_keeper.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace signalbox;
using namespace signalbox::runtime;
using pricing::MatrixCell;
using tests::House;

namespace {

const SystemTime kStart{std::chrono::hours(500'000)};
constexpr Seconds kDay = std::chrono::hours(24);

/// A cell of \p target: a thousand calls, all answered, of \p cents and \p seconds each.
MatrixCell cellOf(const char *target, double cents, double seconds)
{
    MatrixCell cell;
    cell.task = "chat";
    cell.target = TargetId(target);
    cell.calls = 1000;
    cell.answered = 1000;
    cell.completionTokens = 100'000;
    cell.cost = Money::fromNanos(static_cast<std::int64_t>(cents * 1e7 * 1000));
    cell.tokensPerSecond = pricing::Band{100 / seconds, 0, 0};
    return cell;
}

std::vector<MatrixCell> cells()
{
    return {cellOf("a/x", 1, 4), cellOf("b/y", 3, 1)};
}

House houseOf(const std::string &propose = "{ aim = \"cost\" }")
{
    return {.strategy = "weighted",
            .route = propose.empty() ? std::string() : "propose = " + propose};
}

RouteSettings routeOf(const House &house)
{
    return *settingsOf(house.toml())->route("chat");
}

/// A keeper whose changes are in force at once.
class Desk
{
public:
    explicit Desk(const std::string &text, const std::string &file = {})
        : m_state(std::make_shared<ConfigState>())
        , m_keeper(m_loop,
                   std::string("/dev/null/ledger.sqlite"),
                   file,
                   {.state = [this] { return std::shared_ptr<const ConfigState>(m_state); },
                    .change =
                        [this](const ConfigChange &change, const ConfigKeeper::Done &done) {
                            if (isFull) {
                                return false;
                            }
                            changes.push_back(change);
                            put(change.text);
                            ConfigOutcome outcome;
                            outcome.kind = ConfigOutcome::Kind::Applied;
                            outcome.revision = m_state->revision;
                            done(outcome);
                            return true;
                        },
                    .tell = [this](const std::string &action,
                                   const Proposal &) { told += action + " "; },
                    .complain = [this](const std::string &problem) { complaint = problem; }})
    {
        put(text);
    }

    void put(const std::string &text)
    {
        m_state = std::make_shared<ConfigState>();
        m_state->text = text;
        m_state->revision = "r" + std::to_string(++m_revisions);
    }
    ProposalKeeper &keeper() { return m_keeper; }
    ProposalKeeper::Outcome accept(std::int64_t number, std::optional<std::vector<int>> points = {})
    {
        ProposalKeeper::Outcome said;
        m_keeper.accept(number,
                        std::move(points),
                        "boss",
                        "cheaper",
                        kStart + Seconds(5),
                        [&](const ProposalKeeper::Outcome &outcome) { said = outcome; });
        return said;
    }
    [[nodiscard]] std::vector<double> weights() const
    {
        std::vector<double> weights;
        for (const TargetChoice &choice : settingsOf(m_state->text)->route("chat")->targets) {
            weights.push_back(choice.weight);
        }
        return weights;
    }

    std::vector<ConfigChange> changes;
    std::string told;
    std::string complaint;
    bool isFull = false;

private:
    boost::asio::io_context m_loop;
    std::shared_ptr<ConfigState> m_state;
    int m_revisions = 0;
    ProposalKeeper m_keeper;
};

} // namespace

/// Goal: once a week other weights are proposed and kept; nothing is in force that nobody accepted,
/// and what became of each can be told.
class TestProposals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void proposesByTheAim()
    {
        const auto cost = sharesFor(routeOf(houseOf()), cells());
        QCOMPARE(cost.size(), std::size_t(2));
        QCOMPARE(cost[0].from, 50);
        QCOMPARE(cost[0].to, 70); // no farther than the rail
        QCOMPARE(cost[1].to, 30);
        const auto time = sharesFor(routeOf(houseOf("{ aim = \"time\" }")), cells());
        QCOMPARE(time[0].to, 30);
        const auto slow = sharesFor(routeOf(houseOf("{ aim = \"cost\", most_points = 5 }")),
                                    cells());
        QCOMPARE(slow[0].to, 55);
        const auto least = sharesFor(routeOf(houseOf("{ aim = \"cost\", least_points = 40 }")),
                                     cells());
        QCOMPARE(least[0].to, 60);
        QVERIFY(least[1].reason == pricing::ShareReason::AtItsLeast);
        QVERIFY(sharesFor(routeOf(houseOf("{ aim = \"cost\", never_gain = [\"a/x\"] }")), cells())
                    .empty()); // nobody else could gain
    }

    void proposesOnlyWhereItIsAskedTo()
    {
        QVERIFY(sharesFor(routeOf(houseOf("")), cells()).empty());
        House steady = houseOf();
        steady.strategy = "priority";
        QVERIFY(sharesFor(routeOf(steady), cells()).empty());
        QVERIFY(sharesFor(routeOf(houseOf()), {}).empty()); // nothing was seen
        auto unpriced = cells();
        unpriced[0].unknownPriceCalls = 1;
        QVERIFY(sharesFor(routeOf(houseOf()), unpriced).empty());
    }

    void onlyTheLowestTierMoves()
    {
        House house = houseOf();
        house.targets = R"([{ target = "a/x" }, { target = "b/y" },
                            { target = "c/z", tier = 2, weight = 7 }])";
        const RouteSettings route = routeOf(house);
        Proposal proposal;
        proposal.shares = sharesFor(route, cells());
        QCOMPARE(proposal.shares.size(), std::size_t(2));
        QCOMPARE(sharesOf(route, proposal), std::optional(std::vector<int>{50, 50}));
        const RouteSettings after = withShares(route, proposal, {70, 30});
        QCOMPARE(after.targets[0].weight, 70.0);
        QCOMPARE(after.targets[2].weight, 7.0);
    }

    void isProposedOnceAWeek()
    {
        Desk desk(houseOf().toml());
        for (int day = 0; day < 15; ++day) {
            desk.keeper().consider(cells(), kStart + day * kDay);
        }
        const auto &all = desk.keeper().all();
        QCOMPARE(all.size(), std::size_t(3));
        QVERIFY(all[0].state == Proposal::State::Overtaken);
        QVERIFY(all[2].state == Proposal::State::Pending);
        QCOMPARE(all[2].made, kStart + 14 * kDay);
        QCOMPARE(all[2].number, std::int64_t(3));
        QVERIFY(desk.changes.empty()); // never by itself
        QCOMPARE(desk.told, std::string("proposal.made proposal.made proposal.made "));
    }

    void acceptingPutsItInForce()
    {
        Desk desk(houseOf().toml());
        desk.keeper().consider(cells(), kStart);
        const auto said = desk.accept(1);
        QVERIFY2(said.kind == ProposalKeeper::Outcome::Kind::Done, said.problem.c_str());
        QCOMPARE(desk.weights(), (std::vector<double>{70, 30}));
        QCOMPARE(desk.changes.size(), std::size_t(1));
        QCOMPARE(desk.changes[0].base, std::string("r1"));
        QCOMPARE(desk.changes[0].who, std::string("boss"));
        QCOMPARE(desk.changes[0].why, std::string("proposal 1: cheaper"));
        const Proposal &kept = desk.keeper().all().front();
        QVERIFY(kept.state == Proposal::State::Accepted);
        QCOMPARE(kept.applied, std::string("r2"));
        QCOMPARE(kept.who, std::string("boss"));
        QVERIFY(desk.accept(1).kind == ProposalKeeper::Outcome::Kind::Decided);
        QVERIFY(desk.accept(2).kind == ProposalKeeper::Outcome::Kind::Unknown);
    }

    void anEditedOneIsKeptWithBoth()
    {
        Desk desk(houseOf().toml());
        desk.keeper().consider(cells(), kStart);
        for (const auto &points :
             {std::vector<int>{60, 39}, {100}, {150, -50}, {50, 25, 25}, {-1, 101}}) {
            QVERIFY(desk.accept(1, points).kind == ProposalKeeper::Outcome::Kind::Invalid);
        }
        QVERIFY(desk.accept(1, std::vector<int>{60, 40}).kind
                == ProposalKeeper::Outcome::Kind::Done);
        QCOMPARE(desk.weights(), (std::vector<double>{60, 40}));
        const Proposal &kept = desk.keeper().all().front();
        QVERIFY(kept.state == Proposal::State::Edited);
        QCOMPARE(kept.given, (std::vector<int>{60, 40}));
        QCOMPARE(kept.shares[0].to, 70);
    }

    void aRefusedOneIsKept()
    {
        Desk desk(houseOf().toml());
        desk.keeper().consider(cells(), kStart);
        const auto said = desk.keeper().refuse(1, "boss", "b/y writes better", kStart + kDay);
        QVERIFY(said.kind == ProposalKeeper::Outcome::Kind::Done);
        QVERIFY(said.proposal->state == Proposal::State::Refused);
        QCOMPARE(said.proposal->why, std::string("b/y writes better"));
        QVERIFY(desk.accept(1).kind == ProposalKeeper::Outcome::Kind::Decided);
        QVERIFY(desk.changes.empty());
        QCOMPARE(desk.told, std::string("proposal.made proposal.refused "));
    }

    void whoseRouteChangedIsOvertaken()
    {
        Desk desk(houseOf().toml());
        desk.keeper().consider(cells(), kStart);
        House other = houseOf();
        other.targets = R"([{ target = "a/x", weight = 3 }, { target = "b/y" }])";
        desk.put(other.toml());
        QVERIFY(desk.accept(1).kind == ProposalKeeper::Outcome::Kind::Overtaken);
        QVERIFY(desk.keeper().all().front().state == Proposal::State::Overtaken);
        QVERIFY(desk.changes.empty());
    }

    void whatComesIntoForceDecidesPendingOnes()
    {
        const auto withWeights = [](int a, int b) {
            House house = houseOf();
            house.targets = "[{ target = \"a/x\", weight = " + std::to_string(a)
                            + " }, { target = \"b/y\", weight = " + std::to_string(b) + " }]";
            return *settingsOf(house.toml());
        };
        const auto after = [&](const Configuration &next, std::int64_t taken) {
            Desk desk(houseOf().toml());
            desk.keeper().consider(cells(), kStart);
            desk.keeper().configured(next, "console", taken, kStart + Seconds(9));
            return desk.keeper().all().front();
        };
        // As a console's draft puts it in force: not by accept(), but it stands no longer.
        const Proposal accepted = after(withWeights(7, 3), 0);
        QVERIFY(accepted.state == Proposal::State::Accepted);
        QCOMPARE(accepted.who, std::string("console"));
        QVERIFY(accepted.decided == kStart + Seconds(9));
        QCOMPARE(accepted.applied, withWeights(7, 3).revision);
        const Proposal edited = after(withWeights(60, 40), 1);
        QVERIFY(edited.state == Proposal::State::Edited);
        QCOMPARE(edited.given, (std::vector<int>{60, 40}));
        QVERIFY(after(withWeights(60, 40), 0).state == Proposal::State::Overtaken);
        QVERIFY(after(withWeights(60, 40), 8).state == Proposal::State::Overtaken);
        QVERIFY(after(withWeights(50, 50), 1).state == Proposal::State::Pending);
        House gone = houseOf();
        gone.strategy = "priority";
        QVERIFY(after(*settingsOf(gone.toml()), 1).state == Proposal::State::Overtaken);
    }

    void aRouteMayApplyItByItself()
    {
        Desk desk(houseOf("{ aim = \"cost\", auto_apply = true }").toml());
        desk.keeper().consider(cells(), kStart);
        QCOMPARE(desk.weights(), (std::vector<double>{70, 30}));
        const Proposal &kept = desk.keeper().all().front();
        QVERIFY(kept.state == Proposal::State::Accepted);
        QCOMPARE(kept.who, std::string("gateway"));
    }

    void whatCannotBeAppliedStaysPending()
    {
        Desk desk(houseOf().toml());
        desk.keeper().consider(cells(), kStart);
        desk.isFull = true;
        QVERIFY(desk.accept(1).kind == ProposalKeeper::Outcome::Kind::Failed);
        QVERIFY(desk.keeper().all().front().state == Proposal::State::Pending);
    }

    void theBookOutlastsTheProgram()
    {
        const QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral("proposals.json")).toStdString();
        std::deque<Proposal> before;
        {
            Desk desk(houseOf().toml(), file);
            desk.keeper().consider(cells(), kStart);
            desk.accept(1, std::vector<int>{60, 40});
            House third = houseOf();
            desk.put(third.toml());
            desk.keeper().consider(cells(), kStart + 8 * kDay);
            before = desk.keeper().all();
        }
        Desk again(houseOf().toml(), file);
        QVERIFY(again.keeper().all() == before);
        again.keeper().consider(cells(), kStart + 9 * kDay);
        QCOMPARE(again.keeper().all().size(), std::size_t(2)); // the week goes on
        std::ofstream(file) << "[{\"number\": 1, \"shares\": 7}, 8, {\"number\": 1}, [";
        Desk damaged(houseOf().toml(), file);
        QVERIFY(damaged.keeper().all().empty());
    }

    void theBookIsBounded()
    {
        ProposalBook book("");
        for (std::size_t i = 0; i < 3 * ProposalBook::kKept; ++i) {
            Proposal proposal;
            proposal.route = "r" + std::to_string(i);
            book.add(std::move(proposal));
        }
        QCOMPARE(book.all().size(), ProposalBook::kKept);
        QCOMPARE(book.all().back().number, std::int64_t(3 * ProposalBook::kKept));
    }

    void aBookThatCannotBeWrittenIsComplainedOf()
    {
        Desk desk(houseOf().toml(), "/dev/null/proposals.json");
        desk.keeper().consider(cells(), kStart);
        QVERIFY(!desk.complaint.empty());
        QCOMPARE(desk.keeper().all().size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(TestProposals)
#include "tst_proposals.moc"
