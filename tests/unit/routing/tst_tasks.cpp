// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"
#include "core/routing/task.h"
#include "core/routing/task_scan.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>

using namespace signalbox;
using namespace signalbox::routing;

namespace {

ChatMessage message(Role role, std::vector<std::string> texts)
{
    ChatMessage result;
    result.role = role;
    for (std::string &text : texts) {
        result.parts.push_back({ChatMessage::PartKind::Text, std::move(text)});
    }
    return result;
}

ChatRequest asking(std::string text, std::string system = {})
{
    ChatRequest request;
    if (!system.empty()) {
        request.messages.push_back(message(Role::System, {std::move(system)}));
    }
    request.messages.push_back(message(Role::User, {std::move(text)}));
    return request;
}

struct Labelled
{
    ChatRequest request;
    Task task = Task::Other;
};

/// Every other prompt: the odd lines were kept for this test, the weights are made on the even ones.
std::vector<Labelled> labelled(int remainder)
{
    QFile file(QStringLiteral(SIGNALBOX_SOURCE_DIR "/tests/data/tasks.jsonl"));
    std::vector<Labelled> prompts;
    if (!file.open(QIODevice::ReadOnly)) {
        return prompts;
    }
    for (int line = 1; !file.atEnd(); ++line) {
        const QJsonObject json = QJsonDocument::fromJson(file.readLine()).object();
        const auto text = [&json](const char *key) {
            return json.value(QLatin1String(key)).toString().toStdString();
        };
        const auto task = taskFromString(text("task"));
        if (line % 2 == remainder && task) {
            prompts.push_back({asking(text("text"), text("system")), *task});
        }
    }
    return prompts;
}

/// Rows are the labels, columns what was said.
QByteArray confusionOf(const std::vector<Labelled> &prompts)
{
    std::map<std::pair<Task, Task>, int> counts;
    for (const Labelled &prompt : prompts) {
        ++counts[{prompt.task, taskOf(prompt.request)}];
    }
    QByteArray table = QByteArray("label \\ said").leftJustified(14);
    for (const Task task : kTasks) {
        table += QByteArray(toString(task).data()).rightJustified(12);
    }
    for (const Task label : kTasks) {
        table += '\n' + QByteArray(toString(label).data()).leftJustified(14);
        for (const Task said : kTasks) {
            table += QByteArray::number(counts[{label, said}]).rightJustified(12);
        }
    }
    return table;
}

long rightOf(const std::vector<Labelled> &prompts)
{
    return std::ranges::count_if(prompts, [](const Labelled &prompt) {
        return taskOf(prompt.request) == prompt.task;
    });
}

} // namespace

class TestTasks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isMostlyRightOnPromptsItWasNotMadeFor()
    {
        const std::vector<Labelled> kept = labelled(1);
        QCOMPARE(kept.size(), std::size_t(100));
        const long right = rightOf(kept);
        qInfo("%ld of %zu kept prompts are right\n%s",
              right,
              kept.size(),
              confusionOf(kept).constData());
        QCOMPARE_GE(right, 90);
        const std::vector<Labelled> tuned = labelled(0);
        QCOMPARE(tuned.size(), std::size_t(100));
        QCOMPARE_GE(rightOf(tuned), 95);
    }

    /// What is no word is counted alike wherever it stands, so that whatever passes over prose between
    /// the ends must find the same as the walk along the ends.
    void countsShapesAlikeEverywhere()
    {
        constexpr std::string_view pieces[] = {"plain ",
                                               "words, and ",
                                               "a stop.\n",
                                               "A Capital ",
                                               "camelCase ",
                                               "snake_case ",
                                               "what's ",
                                               "call(x) ",
                                               "12 + 3 ",
                                               "3rd ",
                                               "x=1; ",
                                               "\n```\n",
                                               "why? ",
                                               "(so) ",
                                               "\u00fcber ",
                                               "\u7ffb\u8bd1",
                                               "averyveryveryveryverylongwordofmorethanablock",
                                               "z",
                                               ".",
                                               ","};
        Random random(7);
        for (int round = 0; round < 2000; ++round) {
            std::string text;
            for (auto count = random.below(60); count > 0; --count) {
                // Mostly prose, in long stretches.
                const auto wild = random.below(4) == 0;
                text += pieces[random.below(wild ? std::size(pieces) : 4)];
            }
            TaskCounts along;
            count({text, text.size(), 0}, along);
            TaskCounts between;
            count({text, 0, 0}, between);
            along.cues = {};
            along.questions = 0; // these two count at the ends alone
            QVERIFY2(between == along, text.c_str());
            std::size_t tail = text.size() / 4;
            while (tail > 0
                   && (static_cast<unsigned char>(text[text.size() - tail]) & 0xC0U) == 0x80U) {
                ++tail; // no character is cut
            }
            TaskCounts parted;
            count({text, text.size() / 3, tail}, parted);
            parted.cues = {};
            parted.questions = 0;
            QVERIFY2(parted == along, text.c_str());
        }
    }

    void hearsTheUserBeforeTheSystem()
    {
        const std::string translator = "You are a translator. Translate into German.";
        QVERIFY(taskOf(asking("Good morning", translator)) == Task::Translation);
        QVERIFY(taskOf(asking("Summarise the key points of this.", translator)) == Task::Summary);
        ChatRequest request = asking("Translate this into French: hello");
        request.messages.push_back(message(Role::Assistant, {"bonjour"}));
        request.messages.push_back(message(Role::User, {"thanks! how are you today?"}));
        request.messages.push_back(message(Role::Tool, {"def f(x): return prove(x)"}));
        QVERIFY(taskOf(request) == Task::Chat);
    }

    void hearsTheSystemWhereNoUserSpeaks()
    {
        ChatRequest request;
        request.messages = {
            message(Role::Developer, {"Prove that there are infinitely many primes."})};
        QVERIFY(taskOf(request) == Task::Reasoning);
        request.messages.push_back(message(Role::User, {""}));
        QVERIFY(taskOf(request) == Task::Reasoning);
    }

    void saysOtherWithoutAnyText()
    {
        QVERIFY(taskOf({}) == Task::Other);
        ChatRequest request = asking("");
        request.messages[0].parts.push_back({ChatMessage::PartKind::Image, "{}"});
        QVERIFY(taskOf(request) == Task::Other);
    }

    void looksAtBothEndsOfALongMessage()
    {
        const std::string filler(100'000, 'x');
        QVERIFY(taskOf(asking("Translate: " + filler)) == Task::Translation);
        QVERIFY(taskOf(asking(filler + "\n请总结以上内容")) == Task::Summary);
        ChatRequest request = asking("Here is a report.");
        request.messages[0].parts.push_back({ChatMessage::PartKind::Text, filler});
        request.messages[0].parts.push_back(
            {ChatMessage::PartKind::Text, "Extract all names as JSON."});
        QVERIFY(taskOf(request) == Task::Extraction);
    }

    void letsWhatTheRequestAsksForCount()
    {
        const char *const text = "Nordlicht GmbH in Kiel, one lamp, in white";
        ChatRequest request = asking(text);
        QVERIFY(taskOf(request) == Task::Chat);
        request.wantsJson = true;
        QVERIFY(taskOf(request) == Task::Extraction);
        request.wantsJson = false;
        request.needs = {Feature::Tools};
        QVERIFY(scoresOf(evidenceOf(request))[0] > scoresOf(evidenceOf(asking(text)))[0]); // chat
    }

    void takesAnyBytes()
    {
        for (const char *bytes :
             {"\xFF\xFE", "\xE4\xBD", "`", "```", "_", "'", "9", "\xF0\x9F\x98\x80"}) {
            QVERIFY(taskOf(asking(bytes)) != Task::Translation);
        }
        std::string cut;
        while (cut.size() < 3 * kTaskBytes) {
            cut += "\xE4\xBD\xA0"; // the end does not begin at a character
        }
        QVERIFY(taskOf(asking(cut + "a")) == Task::Chat);
    }

    void costsTheSameHoweverLongTheMessage()
    {
        const ChatRequest request = asking(std::string(8'000'000, '{'));
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 1000; ++i) {
            QVERIFY(taskOf(request) == Task::Code);
        }
        QCOMPARE_LT(timer.elapsed(), 2000); // looking at all of it takes longer than reading 8 GB
    }

    void believesTheClientIfItNamesATask()
    {
        QVERIFY(statedTask({{"task", "code"}}) == Task::Code);
        QVERIFY(!statedTask({{"task", "Code"}}));
        QVERIFY(!statedTask({{"task", ""}}));
        QVERIFY(!statedTask({{"tasks", "code"}}));
        for (const Task task : kTasks) {
            QVERIFY(taskFromString(toString(task)) == task);
        }
    }
};

QTEST_APPLESS_MAIN(TestTasks)
#include "tst_tasks.moc"
