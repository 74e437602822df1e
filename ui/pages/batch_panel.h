// SPDX-License-Identifier: GPL-3.0-or-later
// The playground's batches: set up, watched, read, written to a file.
#pragma once

#include "ui/models/batch_model.h"
#include "ui/models/text_table.h"
#include "ui/pages/batch_export.h"
#include "ui/pages/batch_session.h"
#include "ui/widgets/playground_column.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace signalbox::ui {

class BatchForm;
class FillBar;
class ListView;
class NoticeBar;
class PlaygroundSession;
class Section;

class BatchPanel : public QWidget
{
    Q_OBJECT

public:
    /// All must outlive it. Prompt, parameters and columns are those of \p session.
    BatchPanel(BatchSession &batch,
               PlaygroundSession &session,
               NoticeBar &notice,
               QWidget *parent = nullptr);

    [[nodiscard]] BatchForm *form() const { return m_form; }
    void setChoices(const std::vector<PlaygroundChoice> &choices);
    /// Reads the file \p path, or says what is wrong with it.
    void load(const QString &path);
    void askForFile();
    void askWhereToExport(BatchFormat format);
    void write(BatchFormat format, const QString &path);
    /// Begins, or goes on.
    void start();
    void pause() { m_batch.pause(); }

Q_SIGNALS:
    /// The prompt or the columns are to be written.
    void compareAsked();

private:
    // batch_panel_build.cpp
    void build();
    QWidget *buildTools();
    QWidget *buildAnswers();

    void connectBatch();
    [[nodiscard]] BatchPlan plan() const;
    void refresh();
    void refreshTools();
    void refreshProgress();
    void refreshTotals();
    void showChosen();
    void discard();
    [[nodiscard]] QString whyNot() const;

    BatchSession &m_batch;
    PlaygroundSession &m_session;
    NoticeBar &m_notice;
    BatchForm *m_form;
    BatchModel m_model;
    TextTable m_totals;
    BatchExport m_export;
    QTimer m_refreshing; ///< what changed is shown a few times a second
    QLabel *m_summary = nullptr; ///< of the prompt and the columns
    QPushButton *m_edit = nullptr;
    QPushButton *m_start = nullptr;
    QPushButton *m_pause = nullptr;
    QPushButton *m_retry = nullptr;
    QPushButton *m_discard = nullptr;
    QLineEdit *m_newBudget = nullptr; ///< of a batch that halted
    FillBar *m_bar = nullptr;
    QLabel *m_progress = nullptr;
    Section *m_totalsSection = nullptr;
    ListView *m_totalsView = nullptr;
    QWidget *m_answers = nullptr;
    ListView *m_matrix = nullptr;
    QLabel *m_chosenTitle = nullptr;
    QPlainTextEdit *m_chosen = nullptr;
};

} // namespace signalbox::ui
