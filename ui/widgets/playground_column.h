// SPDX-License-Identifier: GPL-3.0-or-later
// One column of the playground: whom it asks, what came of it, and what that cost.
#pragma once

#include "ui/models/playground_text.h"
#include "ui/models/word_diff.h"
#include "ui/widgets/card.h"
#include "ui/widgets/figure_grid.h"

#include <QElapsedTimer>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QMenu;
class QPlainTextEdit;
class QPushButton;
class QToolButton;

namespace signalbox::ui {

class AnswerView;
class CallAnswers;
class ParameterForm;

/// Whom a column can ask.
struct PlaygroundChoice
{
    QString model; ///< as it is asked for
    QString title;

    friend bool operator==(const PlaygroundChoice &, const PlaygroundChoice &) = default;
};

class PlaygroundColumn : public Card
{
    Q_OBJECT

public:
    static constexpr int kWidthMin = 320;

    explicit PlaygroundColumn(int number, QWidget *parent = nullptr);

    [[nodiscard]] AnswerView *answer() const { return m_answer; }

    void setChoices(const std::vector<PlaygroundChoice> &choices);
    /// What it would ask; \p removable: there are more columns than there have to be.
    void setAsk(const QString &model, const PlaygroundParameters &own, bool removable);
    /// Names, figures and errors are hidden.
    void setBlind(bool blind);
    /// Nothing of the run is shown, not even that it goes on: how fast an answer comes would tell
    /// whose it is.
    void setHeld(bool held);
    void setMaximised(bool maximised);
    /// Shows how the run stands. Its text is taken as a whole only when it is another run.
    void setRun(const PlaygroundRun &run, const FigureGrid::Best &best);
    /// More of the run that is shown.
    void append(const PlaygroundPiece &piece);
    /// What its runs have in common, when there are several; empty: one.
    void setSeries(const QString &words);
    /// The answer as it was when it had \p units, with \p words in place of how it stands.
    void showInstant(int units, const QString &words);
    void leaveInstant();
    /// How long it has waited, while it waits.
    void tick();
    /// Marks what others do not say; none: no marks. While there are marks the answer is plain.
    void mark(const std::vector<WordSpan> &spans, bool comparing);
    void setWhyNot(const QString &why);

Q_SIGNALS:
    void modelChosen(const QString &model);
    void ownChanged(const signalbox::ui::PlaygroundParameters &own);
    void runAsked();
    /// What the calls of its answer have brought, in their order.
    void callsAnswered(const QStringList &results);
    void stopAsked();
    void removeAsked();
    void maximiseAsked(bool maximised);
    /// The fault is a key's.
    void keysAsked();

private:
    // playground_column_build.cpp
    void buildReasoning();
    QHBoxLayout *buildHead();
    QHBoxLayout *buildFoot();
    QWidget *buildFailure();
    QToolButton *tool(const QString &name, const QString &icon, const QString &title);
    void buildOwn();
    // playground_column.cpp
    void showCalls();
    void showWhole();
    void refresh();
    void refreshFailure();
    void refreshReasoning();
    [[nodiscard]] QString statusText() const;

    int m_number;
    QLabel *m_letter;
    QLabel *m_hidden; ///< in place of the name
    QComboBox *m_model;
    QLabel *m_modified;
    QToolButton *m_settings;
    QToolButton *m_maximise;
    QToolButton *m_remove;
    QMenu *m_ownMenu;
    ParameterForm *m_own;
    QLabel *m_status;
    QToolButton *m_reasoningTitle;
    QPlainTextEdit *m_reasoning;
    AnswerView *m_answer;
    CallAnswers *m_calls;
    QWidget *m_failure;
    QLabel *m_failureText;
    QLabel *m_failureAttempts;
    QPushButton *m_failureRetry;
    QPushButton *m_failureKeys;
    FigureGrid *m_figures;
    QLabel *m_series;
    QLabel *m_origin;
    QToolButton *m_page;
    QToolButton *m_copy;
    QPushButton *m_stop;
    QPushButton *m_retry;
    PlaygroundRun m_run;
    FigureGrid::Best m_best{};
    QElapsedTimer m_since;
    QString m_whyNot;
    QString m_instant; ///< words of an earlier moment that is shown; empty: the present
    bool m_blind = false;
    bool m_held = false;
    bool m_comparing = false;
};

} // namespace signalbox::ui
