// SPDX-License-Identifier: Apache-2.0
#include "core/routing/prompt_affinity.h"

#include <QTest>

#include <set>
#include <string>

using namespace signalbox;
using namespace signalbox::routing;

namespace {

constexpr SteadyTime kStart{std::chrono::hours(1)};
const TargetId kHome("a/x");

ChatRequest requestOf(const std::vector<std::string> &texts)
{
    ChatRequest request;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        ChatMessage message;
        message.role = i % 2 == 0 ? Role::User : Role::Assistant;
        message.parts.push_back({ChatMessage::PartKind::Text, texts[i]});
        request.messages.push_back(std::move(message));
    }
    return request;
}

} // namespace

/// Goal: the next request of a conversation is known by its beginning, and nothing else is.
class TestPromptAffinity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLongerRequestBeginsWithTheShorterOne()
    {
        const auto first = prefixesOf(requestOf({"a", "b", "c"}), "team");
        const auto next = prefixesOf(requestOf({"a", "b", "c", "d", "e"}), "team");
        QCOMPARE(first.size(), std::size_t(3));
        QVERIFY(std::equal(first.begin(), first.end(), next.begin()));
    }

    void whatDiffersHasAnotherNumber()
    {
        std::set<std::uint64_t> seen;
        const auto add = [&](const ChatRequest &request, const char *client) {
            const auto prefixes = prefixesOf(request, client);
            QVERIFY(seen.insert(prefixes.back()).second);
        };
        add(requestOf({"ab", "c"}), "team");
        add(requestOf({"a", "bc"}), "team");
        add(requestOf({"ab", "c"}), "other");
        add(requestOf({"abc"}), "team");
        add(requestOf({"12345678"}), "team");
        add(requestOf({std::string("12345678\0", 9)}), "team");
        ChatRequest tools = requestOf({"ab", "c"});
        tools.fields.push_back({"tools", "[]"});
        add(tools, "team");
        ChatRequest roles = requestOf({"ab", "c"});
        roles.messages[1].role = Role::Tool;
        add(roles, "team");
        ChatRequest calls = requestOf({"ab", "c"});
        calls.messages[1].toolCallsJson = "[{}]";
        add(calls, "team");
    }

    void theLongestBeginningWins()
    {
        PromptAffinity affinity;
        const auto prefixes = prefixesOf(requestOf({"a", "b", "c", "d", "e"}), "");
        affinity.served(prefixes[0], TargetId("b/y"), 2000, kStart);
        affinity.served(prefixes[2], kHome, 3000, kStart);
        QCOMPARE(affinity.warm(prefixes, kStart), std::optional(WarmPrompt{kHome, 3000}));
        const auto other = prefixesOf(requestOf({"a", "x", "c"}), "");
        QCOMPARE(affinity.warm(other, kStart)->target, TargetId("b/y"));
        QVERIFY(!affinity.warm(prefixesOf(requestOf({"z"}), ""), kStart));
    }

    void isForgottenInTime()
    {
        PromptAffinity affinity;
        const std::vector<std::uint64_t> prefix{7};
        affinity.served(7, kHome, 2000, kStart);
        QVERIFY(affinity.warm(prefix, kStart + PromptAffinity::kTtl - Nanos(1)).has_value());
        QVERIFY(!affinity.warm(prefix, kStart + PromptAffinity::kTtl));
        affinity.served(7, TargetId("b/y"), 2000, kStart + Seconds(200)); // moved, and anew
        QCOMPARE(affinity.warm(prefix, kStart + PromptAffinity::kTtl)->target, TargetId("b/y"));
    }

    void shortPromptsAreNotCached()
    {
        PromptAffinity affinity;
        affinity.served(7, kHome, PromptAffinity::kPromptTokensMin - 1, kStart);
        QCOMPARE(affinity.size(), std::size_t(0));
    }

    void memoryIsBounded()
    {
        PromptAffinity affinity;
        constexpr std::uint64_t kMany = 3 * PromptAffinity::kConversationsMax;
        for (std::uint64_t i = 0; i < kMany; ++i) {
            affinity.served(i, kHome, 2000, kStart);
            affinity.served(0, kHome, 2000, kStart); // used all the time
        }
        QCOMPARE(affinity.size(), PromptAffinity::kConversationsMax);
        const std::vector<std::uint64_t> old{1};
        const std::vector<std::uint64_t> used{0};
        QVERIFY(!affinity.warm(old, kStart));
        QVERIFY(affinity.warm(used, kStart).has_value());
        affinity.served(kMany, kHome, 2000, kStart + PromptAffinity::kTtl);
        QCOMPARE(affinity.size(), std::size_t(1)); // all others were too old
    }

    void learnsHowMuchATargetKeeps()
    {
        PromptAffinity affinity;
        affinity.served(7, kHome, 2000, kStart);
        const std::vector<std::uint64_t> prefix{7};
        for (int i = 0; i < 40; ++i) {
            affinity.learn(kHome, affinity.warm(prefix, kStart)->tokens, 1000);
        }
        const auto half = affinity.warm(prefix, kStart)->tokens;
        QVERIFY2(half > 980 && half < 1020, qPrintable(QString::number(half)));
        for (int i = 0; i < 40; ++i) {
            affinity.learn(kHome, affinity.warm(prefix, kStart)->tokens, 0);
        }
        QVERIFY(affinity.warm(prefix, kStart)->tokens < 150);
        for (int i = 0; i < 40; ++i) {
            affinity.learn(kHome, affinity.warm(prefix, kStart)->tokens, 2000);
        }
        QVERIFY(affinity.warm(prefix, kStart)->tokens > 1900); // it is never given up for good
        affinity.learn(kHome, 0, 5);
        affinity.keepOnly([](const TargetId &) { return false; });
        QCOMPARE(affinity.warm(prefix, kStart)->tokens, std::int64_t(2000));
    }
};

QTEST_APPLESS_MAIN(TestPromptAffinity)
#include "tst_prompt_affinity.moc"
