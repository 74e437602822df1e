// SPDX-License-Identifier: GPL-3.0-or-later
// The same prompt to several targets or routes, side by side.
#pragma once

#include "ui/pages/batch_session.h"
#include "ui/pages/page.h"
#include "ui/pages/playground_session.h"
#include "ui/widgets/playground_column.h"

class QComboBox;
class QLabel;
class QPushButton;
class QScrollArea;
class QSplitter;
class QStackedWidget;

namespace signalbox::ui {

class BatchPanel;
class ComposePanel;
class JudgePanel;
class NoticeBar;
class PlaygroundHistory;
class PlaygroundPast;
class RunTimeline;
class Segments;
class TurnList;
class VoteBar;
class VoteKeeper;

enum class PlaygroundExport : std::uint8_t {
    Json,
    Markdown,
    Html,
    Curl,
    Python,
    Node
};

/// What of the page is among the window's actions; all of them must be given.
struct PlaygroundActions
{
    QAction *run = nullptr;
    QAction *stop = nullptr;
    QAction *addColumn = nullptr;
    QAction *blind = nullptr; ///< checkable
    QAction *exportJson = nullptr;
    QAction *exportMarkdown = nullptr;
    QAction *exportHtml = nullptr;
    QAction *copyCurl = nullptr;
    QAction *copyPython = nullptr;
    QAction *copyNode = nullptr;
    QAction *past = nullptr; ///< checkable: earlier comparisons
    QAction *compare = nullptr; ///< the page's three modes
    QAction *judge = nullptr;
    QAction *batch = nullptr;
    QAction *batchOpen = nullptr;
    QAction *batchCsv = nullptr;
    QAction *batchLines = nullptr;
};

/// What the page goes by besides the playground's own source; each may be null.
struct PlaygroundDesk
{
    PlaygroundHistory *history = nullptr; ///< null: no comparison is kept
    BatchSource *batch = nullptr; ///< null: no batch can be run
    JudgementStore *store = nullptr; ///< null: votes and batches end with the console
};

enum class PlaygroundMode : std::uint8_t {
    Compare,
    Judge,
    Batch
};

class PlaygroundPage : public Page
{
    Q_OBJECT

public:
    /// \p source may be null: then nothing can be asked, and the page says so.
    PlaygroundPage(ConsoleState &state,
                   PlaygroundSource *source,
                   const PlaygroundActions &actions,
                   const PlaygroundDesk &desk = {},
                   QWidget *parent = nullptr);

    [[nodiscard]] PlaygroundSession &session() { return m_session; }
    [[nodiscard]] BatchSession &batchSession() { return m_batchSession; }
    [[nodiscard]] BatchPanel *batchPanel() const { return m_batch; }
    [[nodiscard]] PlaygroundMode mode() const;
    void setMode(PlaygroundMode mode);

    void refresh() override;
    /// Fills the columns and the parameters with what the log has of \p record; texts are not
    /// in it.
    void open(const RequestRecord &record);
    /// The runs as they stand, in a file's words.
    [[nodiscard]] QByteArray exported(PlaygroundExport kind) const;
    [[nodiscard]] ComposePanel *compose() const { return m_compose; }

Q_SIGNALS:
    /// These targets, by name, are to gain no weight by proposals.
    void vetoesAsked(const QStringList &targets);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void buildCompose();
    QWidget *buildTools();
    void connectSession();
    void connectActions();
    void refreshRuns();
    void refreshTools();
    void refreshTimeline();
    void refreshEstimate();
    void tick();
    // playground_columns.cpp
    void refreshChoices();
    void presetColumns();
    void rebuildColumns();
    void maximise(int column);
    void refreshCompare();
    void compare();
    void showInstant(double ms);
    // playground_keeping.cpp
    void connectHistory();
    void keepSoon();
    void keep();
    void openKept(const PlaygroundSheet &sheet);
    void askToForget(int sheets);
    void showPast(bool shown);
    // playground_modes.cpp
    QWidget *buildModes();
    void buildStack();
    void connectModes();
    void runMode();
    void stopMode();
    // playground_files.cpp
    void askWhereToExport(PlaygroundExport kind);
    void write(PlaygroundExport kind, const QString &path);
    [[nodiscard]] QPushButton *button(QAction *action, const char *name);

    PlaygroundSession m_session;
    BatchSession m_batchSession;
    JudgementStore *m_store;
    PlaygroundActions m_actions;
    VoteKeeper *m_keeper;
    Segments *m_modes = nullptr;
    QWidget *m_tools = nullptr; ///< of comparing
    QStackedWidget *m_stack = nullptr;
    JudgePanel *m_judge = nullptr;
    BatchPanel *m_batch = nullptr;
    TurnList *m_turns;
    ComposePanel *m_compose;
    NoticeBar *m_notice;
    QSplitter *m_halves;
    QScrollArea *m_area;
    QSplitter *m_row;
    RunTimeline *m_timeline;
    VoteBar *m_votes;
    PlaygroundHistory *m_history;
    PlaygroundPast *m_past = nullptr; ///< null: there is no history
    QComboBox *m_compare = nullptr;
    QLabel *m_estimate = nullptr;
    QPushButton *m_run = nullptr;
    QPushButton *m_stop = nullptr;
    std::vector<PlaygroundColumn *> m_columns;
    std::vector<PlaygroundChoice> m_choices;
    QTimer m_tick;
    QTimer m_keeping; ///< until the log has had time to tell its figures
    int m_alone = -1; ///< the column that is maximised
    bool m_preset = false;
};

} // namespace signalbox::ui
