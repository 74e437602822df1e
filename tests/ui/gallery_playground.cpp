// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/gallery_playground.h"

#include "tests/ui/support/fixture_history.h"
#include "tests/ui/support/fixture_playground.h"
#include "tests/ui/support/fixture_source.h"
#include "tests/ui/support/shots.h"
#include "ui/console_window.h"
#include "ui/frame/console_actions.h"
#include "ui/pages/playground_page.h"
#include "ui/widgets/compose_panel.h"
#include "ui/widgets/picture_reading.h"
#include "ui/widgets/run_timeline.h"
#include "ui/widgets/turn_list.h"

#include <QAction>
#include <QLinearGradient>
#include <QListWidget>
#include <QPainter>
#include <QPlainTextEdit>
#include <QTest>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

const QString kTools = u"[\n"
                       "  {\n"
                       "    \"type\": \"function\",\n"
                       "    \"function\": {\n"
                       "      \"name\": \"get_weather\",\n"
                       "      \"parameters\": {\"type\": \"object\"}\n"
                       "    }\n"
                       "  }\n"
                       "]"_s;

/// A console with the playground in front.
struct Stage
{
    Stage(ThemeChoice choice, QSize size)
    {
        window.setThemeChoice(choice);
        present(window);
        window.resize(size);
        window.showPage(u"playground"_s);
        page = window.findChild<PlaygroundPage *>();
        page->session().setModel(0, u"openai/gpt-4.1"_s);
        page->session().setModel(1, u"anthropic/claude-haiku-4-5"_s);
    }
    void prompt(const QString &text) const
    {
        page->findChild<TurnList *>()->setTurns(
            {{TurnRole::System, u"You are a terse assistant."_s}, {TurnRole::User, text}});
    }
    /// A word a time from \p firstMs on, \p apartMs from each other, with a silence after some.
    void stream(std::size_t question, double firstMs, double apartMs, int words, double silenceMs)
    {
        double ms = firstMs;
        for (int i = 0; i < words; ++i) {
            const QString word = i % 9 == 8 ? u"calls.\n\n"_s : u"breaker "_s;
            asked.tell(question,
                       {.text = word,
                        .arrivals = {{.ms = ms, .text = static_cast<int>(word.size())}}});
            ms += apartMs * (1 + (i * 7 % 5) / 3.0) + (i == words / 3 ? silenceMs : 0);
        }
    }
    void settle(std::size_t questions)
    {
        for (std::size_t i = 0; i < questions; ++i) {
            asked.end(i);
            auto record = asked.record(i);
            AppliedPrice price;
            price.row.output = TokenPrice::fromPicosPerToken(6'000'000);
            record->attempts.front().price = price;
            source.finish(record);
        }
        QTest::qWait(400);
    }

    FixtureSource source;
    FixturePlayground asked;
    FixtureHistory history;
    ConsoleWindow window{source,
                         {.clock = [this] { return source.now(); },
                          .playground = &asked,
                          .history = &history}};
    PlaygroundPage *page = nullptr;
};

QImage sunset()
{
    QImage image(320, 200, QImage::Format_RGB32);
    QLinearGradient sky(0, 0, 0, 200);
    sky.setColorAt(0, QColor(40, 60, 120));
    sky.setColorAt(1, QColor(250, 170, 80));
    QPainter(&image).fillRect(image.rect(), sky);
    return image;
}

} // namespace

void shootComposing(ThemeChoice choice, const QString &theme, const Keep &keep)
{
    Stage stage(choice, {1440, 900});
    ComposePanel *panel = stage.page->compose();
    const ReadPicture picture = readPicture(sunset()).result();
    stage.page->findChild<TurnList *>()->setTurns(
        {{TurnRole::System, u"Answer in {{language}}."_s},
         {.role = TurnRole::User,
          .text = u"What is in this picture, {{name}} asks?"_s,
          .images = {picture.image}}});
    panel->setExtras({.variables = {{u"language"_s, u"Norwegian"_s}}, .repeat = 1});
    panel->setView(ComposePanel::Variables);
    keep(stage.window, u"playground-variables-%1"_s.arg(theme));
    panel->setExtras({.variables = {{u"language"_s, u"Norwegian"_s}, {u"name"_s, u"Ann"_s}},
                      .tools = QString(kTools).replace(u"object"_s, u"objekt"_s)});
    panel->setView(ComposePanel::Tools);
    keep(stage.window, u"playground-tools-fault-%1"_s.arg(theme));
    panel->setExtras({.variables = panel->extras().variables, .tools = kTools});
    stage.page->session().runAll();
    for (const std::size_t question : {std::size_t(0), std::size_t(1)}) {
        stage.asked.say(question, u"I will look that up."_s, u"The weather is asked for."_s);
        stage.asked.tell(question,
                         {.tools = {{.name = u"get_weather"_s,
                                     .arguments = u"{\"town\":\"Oslo\",\"unit\":\"celsius\"}"_s,
                                     .id = u"call_1"_s}}});
        stage.asked.end(question, u"tool_calls"_s);
    }
    keep(stage.window, u"playground-calls-%1"_s.arg(theme));
    panel->setExtras({.variables = panel->extras().variables, .tools = kTools, .repeat = 3});
    panel->setView(ComposePanel::Parameters);
    stage.page->session().runAll();
    for (std::size_t question = 2; question < stage.asked.asked().size(); ++question) {
        stage.stream(question, 300 + 20.0 * double(question), 30, 30, 0);
        stage.asked.end(question);
        stage.source.finish(stage.asked.record(question));
    }
    QTest::qWait(400);
    keep(stage.window, u"playground-repeat-%1"_s.arg(theme));
}

void shootRace(ThemeChoice choice, const QString &theme, const Keep &keep)
{
    Stage stage(choice, {1280, 800});
    stage.prompt(u"Explain circuit breakers to a new hire."_s);
    for (const auto &model : {u"deepseek/deepseek-chat"_s,
                              u"mistral/mistral-large"_s,
                              u"openai/gpt-4.1-mini"_s,
                              u"chat"_s}) {
        stage.page->session().addColumn(model);
    }
    stage.page->session().runAll();
    for (std::size_t i = 0; i < 6; ++i) {
        stage.stream(i, 250 + 90.0 * double(i), 18 + 6.0 * double(i), 60, i == 2 ? 900 : 0);
    }
    keep(stage.window, u"playground-six-running-%1"_s.arg(theme));
    stage.settle(6);
    keep(stage.window, u"playground-six-%1"_s.arg(theme));
    auto *timeline = stage.page->findChild<RunTimeline *>();
    timeline->setFocus();
    QTest::keyClick(timeline, Qt::Key_Home);
    for (int i = 0; i < 4; ++i) {
        QTest::keyClick(timeline, Qt::Key_Right, Qt::ShiftModifier);
    }
    keep(stage.window, u"playground-instant-%1"_s.arg(theme));
    timeline->leave();
    for (int i = 5; i > 1; --i) {
        stage.page->session().removeColumn(i);
    }
    QTest::qWait(1'800); // until it is kept
    stage.prompt(u"Name three kinds of fuses."_s);
    stage.page->session().runAll();
    for (std::size_t i = 6; i < 8; ++i) {
        stage.stream(i, 300 + 50.0 * double(i), 25, 40, 0);
        stage.asked.end(i);
    }
    QTest::qWait(1'800);
    stage.history.pin(stage.history.sheets().front().id, true);
    stage.window.actionSet().playgroundPast->setChecked(true);
    QTest::qWait(50);
    auto *list = stage.page->findChild<QListWidget *>(u"playground.past.list"_s);
    list->setCurrentRow(0);
    keep(stage.window, u"playground-past-%1"_s.arg(theme));
    stage.window.resize(1600, 1000);
    keep(stage.window, u"playground-past-wide-%1"_s.arg(theme));
}

} // namespace signalbox::ui
