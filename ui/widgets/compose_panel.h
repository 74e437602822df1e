// SPDX-License-Identifier: GPL-3.0-or-later
// What goes with a prompt: parameters, values of its variables, tools, the schema of the answer.
#pragma once

#include "ui/models/playground_extras.h"

#include <QWidget>

class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;
class QStackedWidget;

namespace signalbox::ui {

class JsonEdit;
class ParameterForm;
class Segments;

/// One of four views at a time. The names of variables come from the prompt; a value that was given
/// stays when its name goes and comes again.
class ComposePanel : public QWidget
{
    Q_OBJECT

public:
    enum View {
        Parameters,
        Variables,
        Tools,
        Schema
    };

    explicit ComposePanel(QWidget *parent = nullptr);

    [[nodiscard]] PlaygroundParameters parameters() const;
    void setParameters(const PlaygroundParameters &parameters);
    [[nodiscard]] PlaygroundExtras extras() const;
    void setExtras(const PlaygroundExtras &extras);
    /// The names that the prompt has now.
    void setNames(const QStringList &names);
    void setView(View view);

Q_SIGNALS:
    void parametersChanged();
    void extrasChanged();

private:
    struct Row
    {
        QLabel *title = nullptr;
        QLineEdit *value = nullptr;
    };

    QWidget *buildParameters();
    QWidget *buildVariables();
    void refreshRows();
    void refreshSummary();

    Segments *m_views;
    QStackedWidget *m_stack;
    QLabel *m_summary; ///< of what is not in sight
    ParameterForm *m_parameters = nullptr;
    QSpinBox *m_repeat = nullptr;
    QFormLayout *m_form = nullptr;
    QLabel *m_none = nullptr; ///< shown without any
    JsonEdit *m_tools;
    JsonEdit *m_schema;
    QStringList m_names;
    std::vector<PlaygroundVariable> m_values; ///< of all names there ever were
    std::vector<Row> m_rows;
};

} // namespace signalbox::ui
