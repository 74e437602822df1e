// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/gallery_judgements.h"

#include "tests/ui/support/fixture_batch.h"
#include "tests/ui/support/fixture_playground.h"
#include "tests/ui/support/fixture_source.h"
#include "tests/ui/support/shots.h"
#include "ui/console_window.h"
#include "ui/frame/console_actions.h"
#include "ui/pages/batch_form.h"
#include "ui/pages/batch_panel.h"
#include "ui/pages/playground_page.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/turn_list.h"

#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <random>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kSettleMs = 400;
constexpr int kPrompts = 24;

const QStringList kModels = {u"openai/gpt-4.1"_s,
                             u"anthropic/claude-haiku-4-5"_s,
                             u"deepseek/deepseek-chat"_s};

std::vector<KeptVote> someVotes()
{
    std::mt19937 random(4);
    std::vector<KeptVote> votes;
    for (int i = 0; i < 210; ++i) {
        const int first = static_cast<int>(random() % 3);
        const int second = (first + 1 + static_cast<int>(random() % 2)) % 3;
        const auto drawn = random() % 10;
        const bool stronger = first < second;
        const int best = drawn < 2 ? -1 : (drawn < 7) == stronger ? 0 : 1;
        votes.push_back({.task = i % 3 == 0 ? u"code"_s : u"chat"_s,
                         .models = {kModels[first], kModels[second]},
                         .best = best,
                         .named = i % 40 == 7 ? QStringList{u"Claude"_s} : QStringList()});
    }
    return votes;
}

QString promptsIn(const QTemporaryDir &folder)
{
    static const std::array questions = {"Where is my order?",
                                         "How do I return a parcel that arrived broken?",
                                         "Can I pay by invoice?",
                                         "我的订单什么时候到？",
                                         "Cancel my subscription, please.",
                                         "Do you ship to Norway, and what does it cost?"};
    QFile file(folder.filePath(u"support-questions.jsonl"_s));
    (void)file.open(QIODevice::WriteOnly);
    for (int i = 0; i < kPrompts; ++i) {
        file.write("{\"question\":\""
                   + QByteArray(questions[static_cast<std::size_t>(i) % questions.size()])
                   + "\",\"customer\":\"C-" + QByteArray::number(1'000 + i) + "\"}\n");
    }
    return file.fileName();
}

/// Answers what waits, as three models would.
void answerSome(FixtureBatch &gateway, BatchSession &batch, int count)
{
    for (int i = 0; i < count && !gateway.waiting().empty(); ++i) {
        const QJsonObject body = gateway.waiting().front().body;
        const auto column = kModels.indexOf(body.value(u"model"_s).toString());
        const bool judges = body.value(u"messages"_s)[0][u"content"_s].toString().contains(
            u"TIE"_s);
        const int before = batch.run()->done();
        if (judges) {
            gateway.answer(i % 3 == 0 ? u"FIRST"_s : u"SECOND"_s, "0.0009", 420);
        } else if (column == 2 && i % 11 == 5) {
            gateway.answer(
                {.failure = u"no_target_available: deepseek is overloaded"_s, .totalMs = 1'980});
        } else {
            const QString text =
                i % 5 == 0
                    ? u"I am sorry to hear that. Please tell me the number of your order, and "
                      "I look it up at once."_s
                    : u"Your order is on its way: it left our house yesterday and should reach "
                      "you on Thursday. You find the tracking number in your account."_s;
            gateway.answer(text,
                           column == 0   ? "0.0021"
                           : column == 1 ? "0.0012"
                                         : "0.0003",
                           620.0 + 90.0 * static_cast<double>(column) + 37.0 * (i % 7));
        }
        (void)QTest::qWaitFor([&] { return batch.run()->done() > before; }, 2'000);
    }
    QTest::qWait(kSettleMs);
}

} // namespace

void shootJudgements(ThemeChoice choice,
                     const std::function<void(QWidget &window, const QString &name)> &save)
{
    const QString theme = choice == ThemeChoice::Dark ? u"dark"_s : u"light"_s;
    FixtureSource source;
    FixturePlayground playground;
    FixtureBatch gateway;
    FixtureStore store;
    ConsoleWindow window(source,
                         {.clock = [&source] { return source.now(); },
                          .playground = &playground,
                          .batch = &gateway,
                          .judgements = &store});
    window.setThemeChoice(choice);
    present(window);
    window.resize(1280, 800);
    window.showPage(u"playground"_s);
    auto *page = window.findChild<PlaygroundPage *>();
    page->setMode(PlaygroundMode::Judge);
    save(window, u"judge-empty-%1"_s.arg(theme));
    store.content().votes = someVotes();
    store.load();
    save(window, u"judge-standings-%1"_s.arg(theme));
    page->session().setModel(0, kModels[0]);
    page->session().setModel(1, kModels[1]);
    page->session().addColumn(kModels[2]);
    page->setMode(PlaygroundMode::Batch);
    save(window, u"batch-empty-%1"_s.arg(theme));
    QTemporaryDir folder;
    BatchPanel *batch = page->batchPanel();
    batch->load(promptsIn(folder));
    page->findChild<TurnList *>()->setTurns(
        {{TurnRole::System, u"You answer customers of a shop, in their language."_s},
         {TurnRole::User, u"{{question}} (customer {{customer}})"_s}});
    page->session().setTurns(page->findChild<TurnList *>()->turns());
    batch->form()->addCheck({CheckKind::Lacks, u"sorry"_s});
    batch->form()->addCheck({CheckKind::Matches, u"order|订单("_s});
    QTest::qWait(kSettleMs);
    save(window, u"batch-form-fault-%1"_s.arg(theme));
    batch->findChild<QLineEdit *>(u"batch.check.1.value"_s)->setText(u"order|订单"_s);
    auto *judge = batch->findChild<QComboBox *>(u"batch.judge"_s);
    judge->setCurrentIndex(judge->findData(kModels[0]));
    batch->findChild<QLineEdit *>(u"batch.criteria"_s)->setText(u"friendly, and solves the case"_s);
    batch->findChild<QLineEdit *>(u"batch.budget"_s)->setText(u"0.12"_s);
    QTest::qWait(kSettleMs);
    save(window, u"batch-form-%1"_s.arg(theme));
    batch->start();
    answerSome(gateway, page->batchSession(), 60);
    auto *matrix = batch->findChild<ListView *>(u"batch.matrix"_s);
    matrix->setCurrentIndex(matrix->model()->index(1, 3));
    save(window, u"batch-running-%1"_s.arg(theme));
    answerSome(gateway, page->batchSession(), 60);
    save(window, u"batch-halted-%1"_s.arg(theme));
    batch->findChild<QLineEdit *>(u"batch.newBudget"_s)->setText(u"1"_s);
    batch->start();
    answerSome(gateway, page->batchSession(), 400);
    matrix->setCurrentIndex(matrix->model()->index(5, 4));
    save(window, u"batch-done-%1"_s.arg(theme));
}

} // namespace signalbox::ui
