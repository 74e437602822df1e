// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/playground_column.h"

#include "ui/text/numbers.h"
#include "ui/theme/theme.h"
#include "ui/widgets/answer_view.h"
#include "ui/widgets/call_answers.h"
#include "ui/widgets/parameter_form.h"

#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTimer>
#include <QToolButton>

#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

void PlaygroundColumn::setChoices(const std::vector<PlaygroundChoice> &choices)
{
    const QSignalBlocker quiet(m_model);
    const QString current = m_model->currentData().toString();
    m_model->clear();
    for (const PlaygroundChoice &choice : choices) {
        m_model->addItem(choice.title, choice.model);
    }
    m_model->setCurrentIndex(m_model->findData(current));
}

void PlaygroundColumn::setAsk(const QString &model, const PlaygroundParameters &own, bool removable)
{
    {
        const QSignalBlocker quiet(m_model);
        const QSignalBlocker quietToo(m_own);
        int index = m_model->findData(model);
        if (index < 0 && !model.isEmpty()) {
            m_model->addItem(model, model); // the gateway knows it no more
            index = m_model->count() - 1;
        }
        m_model->setCurrentIndex(index);
        m_model->setToolTip(m_model->currentText() + u'\n'
                            + tr("A route counts what is asked here; a target asked directly is in "
                                 "no route's statistics."));
        m_own->setParameters(own);
    }
    m_modified->setVisible(!own.isEmpty());
    m_remove->setEnabled(removable);
    m_remove->setToolTip(removable ? tr("Remove this column") : tr("Two columns are the least"));
}

void PlaygroundColumn::setBlind(bool blind)
{
    m_blind = blind;
    m_model->setVisible(!blind);
    m_settings->setVisible(!blind);
    m_hidden->setVisible(blind);
    m_modified->setVisible(!blind && !m_own->parameters().isEmpty());
    refresh();
}

void PlaygroundColumn::setMaximised(bool maximised)
{
    m_maximise->setChecked(maximised);
}

void PlaygroundColumn::setRun(const PlaygroundRun &run, const FigureGrid::Best &best)
{
    const bool another = run.number() != m_run.number();
    const bool began = another && run.isRunning();
    const bool ended = !another && m_run.isRunning() && !run.isRunning();
    m_run = run;
    m_best = best;
    if (began) {
        m_since.start();
    }
    if (another) {
        m_comparing = false;
        m_answer->setText(m_held ? QString() : run.text());
        m_reasoning->setPlainText(m_held ? QString() : run.reasoning());
        m_reasoningTitle->setChecked(false);
    }
    showCalls();
    if (!m_held && (ended || another) && !run.isRunning()) {
        showWhole();
    }
    refresh();
}

/// Calls are told when all of them are there.
void PlaygroundColumn::showCalls()
{
    const bool complete = m_run.state() == PlaygroundRun::State::Finished && !m_held;
    m_calls->setCalls(complete ? callsOf(m_run) : QList<PlaygroundCall>());
}

/// All of the text, as a page where that is wanted.
void PlaygroundColumn::showWhole()
{
    if (m_page->isChecked()) {
        // One page a turn of the event loop: all columns may end at once.
        QTimer::singleShot(0, this, [this, number = m_run.number()] {
            if (m_run.number() == number && m_page->isChecked() && !m_comparing) {
                m_answer->setPage(true);
            }
        });
    }
}

void PlaygroundColumn::setHeld(bool held)
{
    if (held == m_held) {
        return;
    }
    m_held = held;
    m_answer->setText(held ? QString() : m_run.text());
    m_reasoning->setPlainText(held ? QString() : m_run.reasoning());
    showCalls();
    if (!held && !m_run.isRunning()) {
        showWhole();
    }
    refresh();
}

void PlaygroundColumn::append(const PlaygroundPiece &piece)
{
    if (m_held) {
        return;
    }
    m_answer->append(piece.text);
    if (!piece.reasoning.isEmpty()) {
        QTextCursor end(m_reasoning->document());
        end.movePosition(QTextCursor::End);
        end.insertText(piece.reasoning);
        refreshReasoning();
    }
}

void PlaygroundColumn::setSeries(const QString &words)
{
    m_series->setText(words);
    m_series->setVisible(!words.isEmpty() && !m_blind);
}

void PlaygroundColumn::showInstant(int units, const QString &words)
{
    m_instant = words;
    m_answer->showInstant(units);
    m_status->setText(words);
}

void PlaygroundColumn::leaveInstant()
{
    m_instant.clear();
    m_answer->leaveInstant();
    m_status->setText(statusText());
}

void PlaygroundColumn::tick()
{
    if (m_run.isRunning() && m_instant.isEmpty()) {
        m_status->setText(statusText());
    }
}

void PlaygroundColumn::mark(const std::vector<WordSpan> &spans, bool comparing)
{
    const bool was = std::exchange(m_comparing, comparing);
    if (!comparing && !was) {
        return;
    }
    m_answer->setPage(!comparing && m_page->isChecked() && !m_run.isRunning());
    m_answer->mark(spans);
    m_page->setEnabled(!comparing && !m_run.isRunning() && !m_run.text().isEmpty());
}

void PlaygroundColumn::setWhyNot(const QString &why)
{
    if (why != m_whyNot) {
        m_whyNot = why;
        refresh();
    }
}

QString PlaygroundColumn::statusText() const
{
    using State = PlaygroundRun::State;
    if (m_held) {
        return tr("Answers are shown when all of them are there.");
    }
    if (!m_instant.isEmpty()) {
        return m_instant;
    }
    const auto waited = Micros(m_since.isValid() ? m_since.nsecsElapsed() / 1000 : 0);
    switch (m_run.state()) {
    case State::Idle:
        return {};
    case State::Waiting:
        return tr("Waiting for the first token… %1").arg(text::age(waited));
    case State::Streaming:
        return tr("Streaming… %1").arg(text::age(waited));
    case State::Finished:
    case State::Stopped:
    case State::Failed:
        break;
    }
    const QString how = endText(m_run);
    return m_blind || m_run.target().isEmpty() || m_run.target() == m_run.ask().model
               ? how
               : tr("%1, by %2").arg(how, m_run.target());
}

void PlaygroundColumn::refresh()
{
    const bool running = m_run.isRunning();
    const bool idle = m_run.state() == PlaygroundRun::State::Idle;
    setProperty("state", static_cast<int>(m_run.state()));
    m_status->setText(statusText());
    m_stop->setVisible(running && !m_held);
    m_retry->setVisible(!running && !m_held && !m_run.failure());
    m_answer->setHint(idle ? tr("The answer appears here.") : QString());
    m_retry->setText(idle ? tr("Run") : tr("Retry"));
    m_retry->setEnabled(m_whyNot.isEmpty());
    m_retry->setToolTip(m_whyNot);
    m_failureRetry->setEnabled(m_whyNot.isEmpty());
    m_calls->setWhyNot(m_whyNot);
    m_series->setVisible(!m_series->text().isEmpty() && !m_blind);
    m_copy->setEnabled(!m_held && !m_run.text().isEmpty());
    m_page->setEnabled(!running && !m_held && !m_run.text().isEmpty() && !m_comparing);
    if (m_blind) {
        m_figures->hideFigures();
        m_origin->clear();
        m_origin->setToolTip({});
    } else {
        m_figures->show(m_run.figures(), m_best);
        m_origin->setText(idle                     ? QString()
                          : m_run.figures().logged ? tr("as logged")
                          : running                ? tr("live")
                                                   : tr("as seen from here"));
        m_origin->setToolTip(m_run.id().isEmpty() ? QString() : tr("Request %1").arg(m_run.id()));
    }
    refreshFailure();
    refreshReasoning();
}

void PlaygroundColumn::refreshFailure()
{
    const auto &failure = m_run.failure();
    m_failure->setVisible(failure.has_value() && !m_held);
    if (!failure) {
        return;
    }
    if (m_blind) { // its words name the provider
        m_failureText->setText(tr("There is no answer from this one."));
        m_failureAttempts->clear();
    } else {
        const QString code = failure->code.isEmpty() ? QString() : u" · "_s + failure->code;
        const QString head = failure->status == 0
                                 ? failure->message
                                 : u"%1%2: %3"_s.arg(QString::number(failure->status),
                                                     code,
                                                     failure->message);
        m_failureText->setText(head);
        m_failureAttempts->setText(attemptLines(*failure));
    }
    m_failureAttempts->setVisible(!m_failureAttempts->text().isEmpty());
    QPalette palette = m_failureText->palette();
    palette.setColor(QPalette::WindowText, Theme::of(this).open);
    m_failureText->setPalette(palette);
    m_failureKeys->setVisible(!m_blind && failure->code == u"upstream_auth"_s);
}

/// Folded until somebody wants to read it.
void PlaygroundColumn::refreshReasoning()
{
    // Before the vote that an answer was thought about says which kind of model it came from.
    const bool thought = !m_blind && !m_reasoning->document()->isEmpty();
    m_reasoningTitle->setVisible(thought);
    m_reasoning->setVisible(thought && m_reasoningTitle->isChecked());
    m_reasoningTitle->setText(m_reasoningTitle->isChecked() ? tr("▾ Reasoning")
                                                            : tr("▸ Reasoning"));
}

} // namespace signalbox::ui
