// SPDX-License-Identifier: GPL-3.0-or-later
// What a batch is to do: its file, how many at once, for how much, checked how and judged by whom.
#pragma once

#include "ui/models/batch_plan.h"
#include "ui/widgets/playground_column.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace signalbox::ui {

class BatchForm : public QWidget
{
    Q_OBJECT

public:
    explicit BatchForm(QWidget *parent = nullptr);

    [[nodiscard]] const PromptFile &file() const { return m_file; }
    void setFile(PromptFile file);
    /// Who can judge.
    void setChoices(const std::vector<PlaygroundChoice> &choices);
    /// \p plan with what is written here.
    [[nodiscard]] BatchPlan filled(BatchPlan plan) const;
    /// What is wrong with what is written here, in a sentence; empty: nothing.
    [[nodiscard]] QString problem() const;
    void addCheck(const BatchCheck &check);

Q_SIGNALS:
    void changed();
    void openAsked();

private:
    struct CheckRow
    {
        QWidget *widget;
        QComboBox *kind;
        QLineEdit *value;
        QLabel *problem;
    };

    QWidget *buildFile();
    QWidget *buildChecks();
    QWidget *buildJudge();
    void removeCheck(QWidget *row);
    void onChanged();
    [[nodiscard]] std::vector<BatchCheck> checks() const;

    PromptFile m_file;
    QLabel *m_fileText = nullptr;
    QPushButton *m_open = nullptr;
    QSpinBox *m_atOnce = nullptr;
    QLineEdit *m_budget = nullptr;
    QVBoxLayout *m_checkList = nullptr;
    std::vector<CheckRow> m_checks;
    int m_checksMade = 0; ///< also those that were removed: each has a name of its own
    QComboBox *m_judge = nullptr;
    QLineEdit *m_criteria = nullptr;
};

/// What is written as a budget in dollars; nothing where it is no amount above nothing.
[[nodiscard]] std::optional<Money> budgetFrom(const QString &text);

} // namespace signalbox::ui
