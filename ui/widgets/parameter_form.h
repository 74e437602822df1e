// SPDX-License-Identifier: GPL-3.0-or-later
// Sampling parameters, each of which may be left to somebody else.
#pragma once

#include "ui/models/playground_prompt.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QSpinBox;

namespace signalbox::ui {

class ParameterForm : public QWidget
{
    Q_OBJECT

public:
    /// \p name begins the fields' object names; \p unset stands in a field that says nothing.
    ParameterForm(const QString &name, const QString &unset, QWidget *parent = nullptr);

    [[nodiscard]] PlaygroundParameters parameters() const;
    void setParameters(const PlaygroundParameters &parameters);
    /// \p field, below the parameters and in line with them; it becomes the form's.
    void addRow(const QString &title, QWidget *field);

Q_SIGNALS:
    void changed();

private:
    QDoubleSpinBox *fraction(const QString &name, double max);

    QFormLayout *m_form;
    QString m_name;
    QString m_unset;
    QDoubleSpinBox *m_temperature;
    QDoubleSpinBox *m_topP;
    QSpinBox *m_maxTokens;
    QComboBox *m_effort;
};

} // namespace signalbox::ui
