// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/playground_page.h"

#include "ui/models/playground_series.h"
#include "ui/pages/vote_bar.h"
#include "ui/pages/vote_keeper.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/theme/console_style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/compose_panel.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/run_timeline.h"
#include "ui/widgets/section.h"
#include "ui/widgets/turn_list.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kTickMs = 100;
constexpr int kParametersWidth = 320;
constexpr int kComposeHeight = 190;

} // namespace

PlaygroundPage::PlaygroundPage(ConsoleState &state,
                               PlaygroundSource *source,
                               const PlaygroundActions &actions,
                               const PlaygroundDesk &desk,
                               QWidget *parent)
    : Page(state, tr("Playground"), parent)
    , m_session(state, source)
    , m_batchSession(desk.batch, desk.store)
    , m_store(desk.store)
    , m_actions(actions)
    , m_keeper(new VoteKeeper(state, m_session, desk.store, this))
    , m_turns(new TurnList(this))
    , m_compose(new ComposePanel(this))
    , m_notice(new NoticeBar(u"playground.notice"_s, this))
    , m_halves(new QSplitter(Qt::Vertical, this))
    , m_area(new QScrollArea(this))
    , m_row(new QSplitter(Qt::Horizontal))
    , m_timeline(new RunTimeline(this))
    , m_votes(new VoteBar(m_session, this))
    , m_history(desk.history)
{
    setObjectName(u"playground"_s);
    buildCompose();
    auto *lower = new QWidget(m_halves);
    auto *below = new QVBoxLayout(lower);
    below->setContentsMargins(0, kGap, 0, 0);
    below->setSpacing(kGap);
    m_row->setChildrenCollapsible(false);
    m_row->setHandleWidth(kGap);
    m_area->setWidget(m_row);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_area->viewport()->setAutoFillBackground(false);
    m_row->setAutoFillBackground(false);
    below->addWidget(m_area, 1);
    below->addWidget(m_timeline);
    below->addWidget(m_votes);
    m_halves->addWidget(lower);
    m_halves->setStretchFactor(0, 0);
    m_halves->setStretchFactor(1, 1);
    m_halves->setChildrenCollapsible(false);
    m_halves->setHandleWidth(kHalfGap);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(kWide, 2, kWide, kWide);
    all->setSpacing(kGap);
    all->addWidget(m_notice);
    all->addWidget(buildModes());
    buildStack();
    all->addWidget(m_stack, 1);
    m_tick.setInterval(kTickMs);
    connect(&m_tick, &QTimer::timeout, this, &PlaygroundPage::tick);
    connectSession();
    connectActions();
    connectModes();
    m_turns->setTurns(m_session.turns());
    rebuildColumns();
}

void PlaygroundPage::buildCompose()
{
    auto *prompt = new Section(tr("Prompt"), m_turns, this);
    prompt->setNote(m_history == nullptr
                        ? tr("billed as “playground”, past the cache; kept until the console ends")
                        : tr("billed as “playground”, past the cache; kept on this machine"));
    auto *parameters = Card::around(m_compose, this);
    parameters->setMinimumWidth(kParametersWidth); // or as wide as its words need
    parameters->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    auto *compose = new QWidget(m_halves);
    auto *row = new QHBoxLayout(compose);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kPad);
    row->addWidget(prompt, 1);
    row->addWidget(parameters);
    compose->setMinimumHeight(kComposeHeight);
    m_halves->addWidget(compose);
    connect(m_turns, &TurnList::changed, this, [this] {
        m_session.setTurns(m_turns->turns());
        m_compose->setNames(variableNames(m_session.turns()));
    });
    connect(m_compose, &ComposePanel::parametersChanged, this, [this] {
        m_session.setShared(m_compose->parameters());
    });
    connect(m_compose, &ComposePanel::extrasChanged, this, [this] {
        m_session.setExtras(m_compose->extras());
    });
}

/// A button that does and says what \p action does.
QPushButton *PlaygroundPage::button(QAction *action, const char *name)
{
    auto *button = new QPushButton(this);
    button->setObjectName(QLatin1StringView(name));
    button->setText(action->iconText());
    button->setAccessibleName(QString(action->text()).remove(u'&'));
    button->setToolTip(action->toolTip());
    button->setIcon(action->icon());
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    return button;
}

QWidget *PlaygroundPage::buildTools()
{
    auto *tools = new QWidget(this);
    m_run = button(m_actions.run, "playground.run");
    m_run->setProperty(kDressProperty, u"primary"_s);
    m_run->setIcon({}); // it would have the menus' colour
    m_stop = button(m_actions.stop, "playground.stop");
    m_estimate = new QLabel(tools);
    m_estimate->setObjectName(u"playground.estimate"_s);
    m_estimate->setFont(themeFont(TypeRole::Caption));
    m_estimate->setForegroundRole(QPalette::PlaceholderText);
    m_compare = new QComboBox(tools);
    m_compare->setObjectName(u"playground.compare"_s);
    m_compare->setAccessibleName(tr("Mark words that differ"));
    m_compare->setToolTip(tr("Mark the words that the other columns have and this one does not"));
    m_compare->setFont(themeFont(TypeRole::Caption));
    QPushButton *add = button(m_actions.addColumn, "playground.addColumn");
    auto *row = new QHBoxLayout(tools);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kGap);
    row->addWidget(m_run);
    row->addWidget(m_stop);
    row->addWidget(m_estimate, 1);
    row->addWidget(m_compare);
    row->addWidget(add);
    QPushButton *past = button(m_actions.past, "playground.past.show");
    past->setVisible(m_history != nullptr);
    row->addWidget(past);
    connect(m_compare, &QComboBox::currentIndexChanged, this, &PlaygroundPage::compare);
    return tools;
}

void PlaygroundPage::connectSession()
{
    connect(&m_session, &PlaygroundSession::arrived, this, [this](int column, const auto &piece) {
        m_columns[static_cast<std::size_t>(column)]->append(piece);
    });
    connect(&m_session, &PlaygroundSession::runChanged, this, [this] { refreshRuns(); });
    connect(&m_session, &PlaygroundSession::columnsChanged, this, &PlaygroundPage::rebuildColumns);
    connect(&m_session, &PlaygroundSession::promptChanged, this, &PlaygroundPage::refreshTools);
    connect(&m_session, &PlaygroundSession::whyNotChanged, this, &PlaygroundPage::refreshTools);
    connect(&m_session,
            &PlaygroundSession::estimateChanged,
            this,
            &PlaygroundPage::refreshEstimate);
    connect(m_timeline, &RunTimeline::instantChosen, this, &PlaygroundPage::showInstant);
    connect(m_timeline, &RunTimeline::instantLeft, this, [this] {
        std::ranges::for_each(m_columns, &PlaygroundColumn::leaveInstant);
    });
}

void PlaygroundPage::connectActions()
{
    connect(m_actions.run, &QAction::triggered, this, &PlaygroundPage::runMode);
    connect(m_actions.stop, &QAction::triggered, this, &PlaygroundPage::stopMode);
    connect(m_actions.addColumn, &QAction::triggered, this, [this] { m_session.addColumn({}); });
    connect(m_actions.blind, &QAction::toggled, &m_session, &PlaygroundSession::setBlind);
    connect(m_actions.exportJson, &QAction::triggered, this, [this] {
        askWhereToExport(PlaygroundExport::Json);
    });
    connect(m_actions.exportMarkdown, &QAction::triggered, this, [this] {
        askWhereToExport(PlaygroundExport::Markdown);
    });
    for (const auto &[action, kind] : {std::pair{m_actions.exportHtml, PlaygroundExport::Html},
                                       std::pair{m_actions.copyCurl, PlaygroundExport::Curl},
                                       std::pair{m_actions.copyPython, PlaygroundExport::Python},
                                       std::pair{m_actions.copyNode, PlaygroundExport::Node}}) {
        connect(action, &QAction::triggered, this, [this, kind = kind] { askWhereToExport(kind); });
    }
}

void PlaygroundPage::refresh()
{
    refreshChoices();
    presetColumns();
    refreshTools();
}

void PlaygroundPage::refreshRuns()
{
    const std::vector<PlaygroundRun> runs = m_session.runs();
    std::vector<FigureGrid::Best> best(runs.size());
    for (int f = 0; f < kPlaygroundFigures; ++f) {
        const std::vector<bool> row = bestOf(static_cast<PlaygroundFigure>(f), runs);
        for (std::size_t i = 0; i < runs.size(); ++i) {
            best[i][static_cast<std::size_t>(f)] = row[i];
        }
    }
    for (std::size_t i = 0; i < runs.size(); ++i) {
        m_columns[i]->setRun(runs[i], best[i]);
        m_columns[i]->setSeries(seriesText(seriesOf(m_session.seriesRuns(static_cast<int>(i)))));
        m_columns[i]->setHeld(m_session.hidesNames() && m_session.isRunning());
    }
    refreshTimeline();
    if (m_session.isRunning() && !m_tick.isActive()) {
        m_compare->setCurrentIndex(0);
        m_timeline->leave(); // what begins is the present
        m_tick.start();
    }
    refreshTools();
    m_votes->refresh();
}

void PlaygroundPage::tick()
{
    if (!m_session.isRunning()) {
        return m_tick.stop();
    }
    for (PlaygroundColumn *column : m_columns) {
        column->tick();
    }
    refreshTimeline();
}

/// Times tell models apart: before a vote there are none.
void PlaygroundPage::refreshTimeline()
{
    if (m_session.hidesNames()) {
        m_timeline->leave();
    }
    m_timeline->setRuns(m_session.hidesNames() ? std::vector<PlaygroundRun>() : m_session.runs());
}

void PlaygroundPage::refreshTools()
{
    const QString why = m_session.whyNot();
    const bool running = m_session.isRunning();
    const QString whyNow = running ? tr("It is running.") : why;
    m_run->setEnabled(whyNow.isEmpty());
    m_run->setToolTip(whyNow.isEmpty() ? m_actions.run->toolTip() : whyNow);
    m_stop->setEnabled(running);
    for (PlaygroundColumn *column : m_columns) {
        column->setWhyNot(why);
    }
    const bool full = static_cast<int>(m_columns.size()) >= PlaygroundSession::kColumnsMax;
    m_actions.addColumn->setEnabled(!full);
    m_actions.addColumn->setStatusTip(full ? tr("six columns are the most") : QString());
    findChild<QPushButton *>(u"playground.addColumn"_s)->setEnabled(!full);
    m_compare->setEnabled(!running);
}

void PlaygroundPage::refreshEstimate()
{
    const PlaygroundEstimate sum = m_session.estimate();
    QString problem;
    for (const PlaygroundColumnState &column : m_session.columns()) {
        problem = problem.isEmpty() ? column.estimate.problem : problem;
    }
    if (!sum.known || m_session.hidesNames()) {
        m_estimate->setText(m_session.hidesNames() ? QString() : problem);
        m_estimate->setToolTip({});
        return;
    }
    const int priced = static_cast<int>(m_session.columns().size()) - sum.unknown;
    const QString tokens = tr("%1 tokens in").arg(text::tokens(sum.promptTokens));
    const QString most = priced > 0 ? tr("≤ %1").arg(text::money(sum.ceiling)) : QString();
    const QString unknown = sum.unknown > 0 ? tr("%n × n/a", nullptr, sum.unknown) : QString();
    QStringList parts{most, unknown};
    parts.removeAll(QString());
    m_estimate->setText(tr("est. %1 · %2").arg(parts.join(u" + "_s), tokens));
    m_estimate->setToolTip(
        tr("The most all columns cost together, each with as many tokens as it may write and one "
           "attempt, by the dearest target that may serve it. Nothing was sent to a provider for "
           "this. n/a: no price, or no longest answer, is known."));
}

void PlaygroundPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape) {
        return Page::keyPressEvent(event);
    }
    if (m_alone >= 0) {
        maximise(-1);
    } else if (m_session.isRunning()) {
        m_session.stopAll();
    } else {
        m_compare->setCurrentIndex(0);
    }
}

void PlaygroundPage::open(const RequestRecord &record)
{
    m_preset = true;
    m_session.setModel(0, text::fromUtf8(record.modelAsked));
    if (!record.target.isEmpty() && record.target.name() != record.modelAsked) {
        m_session.setModel(1, text::fromUtf8(record.target.name()));
    }
    PlaygroundParameters with = m_compose->parameters();
    if (record.facts.maxOutputTokens) {
        with.maxTokens = static_cast<int>(*record.facts.maxOutputTokens);
    }
    m_compose->setParameters(with);
    m_notice->say(NoticeBar::Tone::Info,
                  tr("Request %1: the log keeps its model and its token limit, not its texts. "
                     "Write or paste the prompt.")
                      .arg(text::fromUtf8(record.id)),
                  tr("Close"));
    m_turns->focusLast();
}

} // namespace signalbox::ui
