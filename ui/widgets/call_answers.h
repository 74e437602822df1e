// SPDX-License-Identifier: GPL-3.0-or-later
// The calls of tools that an answer ended with, and what somebody says they have brought.
#pragma once

#include "ui/models/playground_prompt.h"

#include <QWidget>

#include <vector>

class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace signalbox::ui {

/// Hidden while there are none.
class CallAnswers : public QWidget
{
    Q_OBJECT

public:
    /// \p name begins the object names: `NAME.0` is the first result's field, `NAME.send` the button.
    /// \p letter tells the column's fields from others'.
    CallAnswers(const QString &name, const QString &letter, QWidget *parent = nullptr);

    void setCalls(const QList<PlaygroundCall> &calls);
    /// Why they cannot be sent, in a sentence; empty: they can.
    void setWhyNot(const QString &why);

Q_SIGNALS:
    /// What each call has brought, in their order.
    void answered(const QStringList &results);

private:
    QString m_letter;
    QList<PlaygroundCall> m_calls;
    QWidget *m_list = nullptr;
    QVBoxLayout *m_column;
    std::vector<QPlainTextEdit *> m_results;
    QPushButton *m_send;
};

} // namespace signalbox::ui
