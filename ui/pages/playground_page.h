// SPDX-License-Identifier: GPL-3.0-or-later
// The same prompt to several targets or routes, side by side.
#pragma once

#include "ui/pages/page.h"
#include "ui/pages/playground_session.h"
#include "ui/widgets/playground_column.h"

class QComboBox;
class QLabel;
class QPushButton;
class QScrollArea;
class QSplitter;

namespace signalbox::ui {

class ComposePanel;
class NoticeBar;
class PlaygroundHistory;
class PlaygroundPast;
class RunTimeline;
class TurnList;
class VoteBar;

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
};

class PlaygroundPage : public Page
{
    Q_OBJECT

public:
    /// \p source may be null: then nothing can be asked, and the page says so. \p history too: then
    /// nothing is kept.
    PlaygroundPage(ConsoleState &state,
                   PlaygroundSource *source,
                   PlaygroundHistory *history,
                   const PlaygroundActions &actions,
                   QWidget *parent = nullptr);

    [[nodiscard]] PlaygroundSession &session() { return m_session; }

    void refresh() override;
    /// Fills the columns and the parameters with what the log has of \p record; texts are not
    /// in it.
    void open(const RequestRecord &record);
    /// The runs as they stand, in a file's words.
    [[nodiscard]] QByteArray exported(PlaygroundExport kind) const;
    [[nodiscard]] ComposePanel *compose() const { return m_compose; }

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
    // playground_files.cpp
    void askWhereToExport(PlaygroundExport kind);
    void write(PlaygroundExport kind, const QString &path);
    [[nodiscard]] QPushButton *button(QAction *action, const char *name);

    PlaygroundSession m_session;
    PlaygroundActions m_actions;
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
