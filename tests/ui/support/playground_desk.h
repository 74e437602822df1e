// SPDX-License-Identifier: GPL-3.0-or-later
// A console with the playground in front, and the ways to its parts.
#pragma once

#include "tests/ui/support/console.h"
#include "tests/ui/support/fixture_history.h"
#include "tests/ui/support/fixture_playground.h"
#include "ui/frame/console_actions.h"
#include "ui/models/playground_text.h"
#include "ui/pages/playground_page.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QTextEdit>

namespace signalbox::ui {

/// A console with the playground in front and something to ask.
struct Desk
{
    explicit Desk(const QString &prompt = QStringLiteral("Explain circuit breakers."))
    {
        window.show();
        (void)QTest::qWaitFor([this] { return window.state().snapshot() != nullptr; },
                              kFedWithinMs);
        window.showPage(QStringLiteral("playground"));
        window.activateWindow();
        page = window.findChild<PlaygroundPage *>();
        session().setModel(0, QStringLiteral("openai/gpt-4.1"));
        session().setModel(1, QStringLiteral("anthropic/claude-haiku-4-5"));
        part<QPlainTextEdit>(QStringLiteral("turn.1.text"))->setPlainText(prompt);
        part<QPlainTextEdit>(QStringLiteral("turn.1.text"))->setFocus();
    }

    PlaygroundSession &session() { return page->session(); }
    template <class T>
    T *part(const QString &name) const
    {
        return page->findChild<T *>(name);
    }
    QString label(int column, const QString &name) const
    {
        return part<QLabel>(QStringLiteral("playground.column.%1.%2").arg(column).arg(name))
            ->text();
    }
    QString figure(int column, PlaygroundFigure figure) const
    {
        return label(column, QStringLiteral("figure.%1").arg(static_cast<int>(figure)));
    }
    QPlainTextEdit *output(int column) const
    {
        return part<QPlainTextEdit>(QStringLiteral("playground.column.%1.output").arg(column));
    }
    QTextEdit *pageOf(int column) const
    {
        return part<QTextEdit>(QStringLiteral("playground.column.%1.output.page").arg(column));
    }
    [[nodiscard]] PlaygroundRun::State stateOf(int column)
    {
        return session().columns()[static_cast<std::size_t>(column)].run.state();
    }
    void press(int key, Qt::KeyboardModifiers with = Qt::NoModifier)
    {
        QTest::keyClick(window.focusWidget(), static_cast<Qt::Key>(key), with);
    }
    void run() { press(Qt::Key_Return, Qt::ControlModifier); }
    /// Both columns, from the question to the log.
    void runWhole(const QString &first, const QString &second)
    {
        run();
        playground.say(0, first);
        playground.say(1, second);
        playground.end(0);
        playground.end(1);
        QTest::qWait(20); // pages are made one after the other
    }
    void log(std::size_t question)
    {
        source.finish(playground.record(question));
        QTest::qWait(kSettleMs);
    }

    FixtureSource source;
    FixtureSettings settings;
    FixturePlayground playground;
    FixtureHistory history;
    ConsoleWindow window{source,
                         {.clock = [this] { return source.now(); },
                          .source = &settings,
                          .playground = &playground,
                          .history = &history}};
    PlaygroundPage *page = nullptr;
};

} // namespace signalbox::ui
