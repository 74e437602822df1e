// SPDX-License-Identifier: GPL-3.0-or-later
// A column's parts, and where they stand.
#include "ui/theme/console_style.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/answer_view.h"
#include "ui/widgets/call_answers.h"
#include "ui/widgets/parameter_form.h"
#include "ui/widgets/playground_column.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>
#include <QWidgetAction>

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
    , m_calls(
          new CallAnswers(u"playground.column.%1.calls"_s.arg(number), columnLetter(number), this))
    , m_figures(new FigureGrid(u"playground.column.%1.figure"_s.arg(number), this))
    , m_series(caption(this))
    , m_origin(caption(this))
{
    setObjectName(u"playground.column.%1"_s.arg(number));
    setAccessibleName(tr("Column %1").arg(columnLetter(number)));
    setMinimumWidth(kWidthMin);
    m_status->setObjectName(objectName() + u".status"_s);
    m_status->setWordWrap(true);
    buildReasoning();
    m_series->setObjectName(objectName() + u".series"_s);
    m_series->setWordWrap(true);
    m_series->hide();
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
    column->addWidget(m_calls);
    column->addWidget(m_figures);
    column->addWidget(m_series);
    column->addLayout(buildFoot());
    connect(m_reasoningTitle, &QToolButton::toggled, this, &PlaygroundColumn::refreshReasoning);
    connect(m_calls, &CallAnswers::answered, this, &PlaygroundColumn::callsAnswered);
    refresh();
}

void PlaygroundColumn::buildReasoning()
{
    m_reasoningTitle->setObjectName(objectName() + u".reasoning"_s);
    m_reasoningTitle->setProperty(kDressProperty, u"quiet"_s);
    m_reasoningTitle->setCheckable(true);
    m_reasoningTitle->setFocusPolicy(Qt::StrongFocus);
    m_reasoningTitle->setFont(themeFont(TypeRole::Caption));
    m_reasoning->setReadOnly(true);
    m_reasoning->setUndoRedoEnabled(false);
    m_reasoning->setMaximumHeight(kReasoningHeight);
    m_reasoning->setAccessibleName(tr("Reasoning %1").arg(columnLetter(m_number)));
    m_reasoning->setTabChangesFocus(true);
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

} // namespace signalbox::ui
