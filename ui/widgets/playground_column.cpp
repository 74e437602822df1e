// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/playground_column.h"

#include "ui/text/numbers.h"
#include "ui/theme/console_style.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/answer_view.h"
#include "ui/widgets/parameter_form.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTimer>
#include <QToolButton>
#include <QWidgetAction>

#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kReasoningHeight = 110;
constexpr int kModelCharacters = 14; ///< the least that is shown of a name

QLabel *caption(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setFont(themeFont(TypeRole::Caption));
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

/// The calls that the model wants made, a line each.
QString callsText(const PlaygroundRun &run)
{
    QString lines;
    for (const ToolPiece &call : run.tools()) {
        lines += (run.text().isEmpty() && lines.isEmpty() ? QString() : u"\n\n"_s)
                 + u"`%1(%2)`"_s.arg(call.name, call.arguments);
    }
    return lines;
}

} // namespace

PlaygroundColumn::PlaygroundColumn(int number, QWidget *parent)
    : Card(parent)
    , m_number(number)
    , m_status(caption(this))
    , m_reasoningTitle(new QToolButton(this))
    , m_reasoning(new QPlainTextEdit(this))
    , m_answer(new AnswerView(u"playground.column.%1.output"_s.arg(number),
                              tr("Answer %1").arg(columnLetter(number)),
                              this))
    , m_figures(new FigureGrid(u"playground.column.%1.figure"_s.arg(number), this))
    , m_origin(caption(this))
{
    setObjectName(u"playground.column.%1"_s.arg(number));
    setAccessibleName(tr("Column %1").arg(columnLetter(number)));
    setMinimumWidth(kWidthMin);
    m_status->setObjectName(objectName() + u".status"_s);
    m_status->setWordWrap(true);
    m_reasoningTitle->setObjectName(objectName() + u".reasoning"_s);
    m_reasoningTitle->setProperty(kDressProperty, u"quiet"_s);
    m_reasoningTitle->setCheckable(true);
    m_reasoningTitle->setFocusPolicy(Qt::StrongFocus);
    m_reasoningTitle->setFont(themeFont(TypeRole::Caption));
    m_reasoning->setReadOnly(true);
    m_reasoning->setUndoRedoEnabled(false);
    m_reasoning->setMaximumHeight(kReasoningHeight);
    m_reasoning->setAccessibleName(tr("Reasoning %1").arg(columnLetter(number)));
    m_reasoning->setTabChangesFocus(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kGap, kGap, kGap, kGap);
    column->setSpacing(kHalfGap);
    column->addLayout(buildHead());
    auto *state = new QHBoxLayout;
    state->addWidget(m_status, 1);
    state->addWidget(m_modified, 0, Qt::AlignTop);
    column->addLayout(state);
    column->addWidget(buildFailure());
    column->addWidget(m_reasoningTitle, 0, Qt::AlignLeft);
    column->addWidget(m_reasoning);
    column->addWidget(m_answer, 1);
    column->addWidget(m_figures);
    column->addLayout(buildFoot());
    connect(m_reasoningTitle, &QToolButton::toggled, this, &PlaygroundColumn::refreshReasoning);
    refresh();
}

QToolButton *PlaygroundColumn::tool(const QString &name, const QString &icon, const QString &title)
{
    auto *button = new QToolButton(this);
    button->setObjectName(objectName() + u'.' + name);
    if (!icon.isEmpty()) {
        button->setIcon(themeIcon(icon));
    }
    button->setProperty(kDressProperty, u"quiet"_s);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setToolTip(title);
    button->setAccessibleName(u"%1: %2"_s.arg(columnLetter(m_number), title));
    return button;
}

QHBoxLayout *PlaygroundColumn::buildHead()
{
    m_letter = new QLabel(columnLetter(m_number), this);
    m_letter->setFont(themeFont(TypeRole::Title));
    m_hidden = new QLabel(tr("hidden until the vote"), this);
    m_hidden->setForegroundRole(QPalette::PlaceholderText);
    m_model = new QComboBox(this);
    m_model->setObjectName(objectName() + u".model"_s);
    m_model->setAccessibleName(tr("Whom column %1 asks").arg(columnLetter(m_number)));
    m_model->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_model->setMinimumContentsLength(kModelCharacters);
    m_model->setPlaceholderText(tr("Choose a target or route"));
    m_modified = caption(this);
    m_modified->setText(tr("Modified"));
    m_modified->setObjectName(objectName() + u".modified"_s);
    m_settings = tool(u"own"_s, u"settings"_s, tr("Parameters of this column alone"));
    m_maximise = tool(u"maximise"_s, u"maximise"_s, tr("Show this column alone"));
    m_maximise->setCheckable(true);
    m_remove = tool(u"remove"_s, u"close"_s, tr("Remove this column"));
    buildOwn();
    auto *row = new QHBoxLayout;
    row->setSpacing(kHalfGap);
    row->addWidget(m_letter);
    row->addSpacing(kHalfGap);
    row->addWidget(m_model, 1);
    row->addWidget(m_hidden, 1);
    row->addWidget(m_settings);
    row->addWidget(m_maximise);
    row->addWidget(m_remove);
    connect(m_model, &QComboBox::activated, this, [this] {
        Q_EMIT modelChosen(m_model->currentData().toString());
    });
    connect(m_maximise, &QToolButton::clicked, this, &PlaygroundColumn::maximiseAsked);
    connect(m_remove, &QToolButton::clicked, this, &PlaygroundColumn::removeAsked);
    return row;
}

void PlaygroundColumn::buildOwn()
{
    m_ownMenu = new QMenu(this);
    m_own = new ParameterForm(objectName() + u".parameters"_s, tr("as shared"), m_ownMenu);
    m_own->setContentsMargins(0, kGap, 0, kGap);
    auto *action = new QWidgetAction(m_ownMenu);
    action->setDefaultWidget(m_own);
    m_ownMenu->addAction(action);
    m_settings->setMenu(m_ownMenu);
    m_settings->setPopupMode(QToolButton::InstantPopup);
    connect(m_own, &ParameterForm::changed, this, [this] {
        Q_EMIT ownChanged(m_own->parameters());
    });
}

QWidget *PlaygroundColumn::buildFailure()
{
    m_failure = new QWidget(this);
    m_failure->setObjectName(objectName() + u".failure"_s);
    m_failureText = new QLabel(m_failure);
    m_failureText->setObjectName(objectName() + u".failure.text"_s);
    m_failureAttempts = caption(m_failure);
    m_failureAttempts->setObjectName(objectName() + u".failure.attempts"_s);
    for (QLabel *label : {m_failureText, m_failureAttempts}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText); // a provider's words are no markup
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
    m_failureRetry = new QPushButton(tr("Retry"), m_failure);
    m_failureRetry->setObjectName(objectName() + u".failure.retry"_s);
    m_failureKeys = new QPushButton(tr("Keys…"), m_failure);
    m_failureKeys->setObjectName(objectName() + u".failure.keys"_s);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(kGap);
    buttons->addWidget(m_failureRetry);
    buttons->addWidget(m_failureKeys);
    buttons->addStretch();
    auto *column = new QVBoxLayout(m_failure);
    column->setContentsMargins(0, kHalfGap, 0, kHalfGap);
    column->setSpacing(kHalfGap);
    column->addWidget(m_failureText);
    column->addWidget(m_failureAttempts);
    column->addLayout(buttons);
    connect(m_failureRetry, &QPushButton::clicked, this, &PlaygroundColumn::runAsked);
    connect(m_failureKeys, &QPushButton::clicked, this, &PlaygroundColumn::keysAsked);
    return m_failure;
}

QHBoxLayout *PlaygroundColumn::buildFoot()
{
    m_origin->setObjectName(objectName() + u".origin"_s);
    m_page = tool(u"page"_s, {}, tr("As Markdown, or as it came"));
    m_page->setText(tr("Markdown"));
    m_page->setFont(themeFont(TypeRole::Caption));
    m_page->setCheckable(true);
    m_page->setChecked(true);
    m_copy = tool(u"copy"_s, u"copy"_s, tr("Copy the answer"));
    m_stop = new QPushButton(tr("Stop"), this);
    m_stop->setObjectName(objectName() + u".stop"_s);
    m_stop->setAccessibleName(tr("Stop column %1").arg(columnLetter(m_number)));
    m_retry = new QPushButton(tr("Run"), this);
    m_retry->setObjectName(objectName() + u".run"_s);
    m_retry->setAccessibleName(tr("Run column %1").arg(columnLetter(m_number)));
    auto *row = new QHBoxLayout;
    row->setSpacing(kHalfGap);
    row->addWidget(m_origin, 1);
    row->addWidget(m_page);
    row->addWidget(m_copy);
    for (QPushButton *button : {m_stop, m_retry}) {
        button->setFont(themeFont(TypeRole::Caption));
        row->addWidget(button);
    }
    connect(m_stop, &QPushButton::clicked, this, &PlaygroundColumn::stopAsked);
    connect(m_retry, &QPushButton::clicked, this, &PlaygroundColumn::runAsked);
    connect(m_copy, &QToolButton::clicked, this, [this] {
        QApplication::clipboard()->setText(m_run.text());
    });
    connect(m_page, &QToolButton::toggled, this, [this](bool on) {
        m_answer->setPage(on && !m_run.isRunning() && !m_comparing);
    });
    return row;
}

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
        m_answer->setText(run.text());
        m_reasoning->setPlainText(run.reasoning());
        m_reasoningTitle->setChecked(false);
    }
    if (ended || (another && !run.isRunning())) {
        m_answer->append(callsText(run));
    }
    if ((ended || another) && !run.isRunning() && m_page->isChecked()) {
        // One page a turn of the event loop: all columns may end at once.
        QTimer::singleShot(0, this, [this, number = run.number()] {
            if (m_run.number() == number && m_page->isChecked() && !m_comparing) {
                m_answer->setPage(true);
            }
        });
    }
    refresh();
}

void PlaygroundColumn::append(const PlaygroundPiece &piece)
{
    m_answer->append(piece.text);
    if (!piece.reasoning.isEmpty()) {
        QTextCursor end(m_reasoning->document());
        end.movePosition(QTextCursor::End);
        end.insertText(piece.reasoning);
        m_reasoningTitle->show();
    }
}

void PlaygroundColumn::tick()
{
    if (m_run.isRunning()) {
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
    m_stop->setVisible(running);
    m_retry->setVisible(!running && !m_run.failure());
    m_answer->setHint(idle ? tr("The answer appears here.") : QString());
    m_retry->setText(idle ? tr("Run") : tr("Retry"));
    m_retry->setEnabled(m_whyNot.isEmpty());
    m_retry->setToolTip(m_whyNot);
    m_failureRetry->setEnabled(m_whyNot.isEmpty());
    m_copy->setEnabled(!m_run.text().isEmpty());
    m_page->setEnabled(!running && !m_run.text().isEmpty() && !m_comparing);
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
    m_failure->setVisible(failure.has_value());
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

/// Folded until somebody wants to read it; calls of tools stand with it.
void PlaygroundColumn::refreshReasoning()
{
    const bool thought = !m_reasoning->document()->isEmpty();
    m_reasoningTitle->setVisible(thought);
    m_reasoning->setVisible(thought && m_reasoningTitle->isChecked());
    m_reasoningTitle->setText(m_reasoningTitle->isChecked() ? tr("▾ Reasoning")
                                                            : tr("▸ Reasoning"));
}

} // namespace signalbox::ui
