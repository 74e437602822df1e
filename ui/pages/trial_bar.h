// SPDX-License-Identifier: GPL-3.0-or-later
// A change on trial while it runs: its figures beside the others', and the two ways to end it.
#pragma once

#include "core/domain/trial.h"

#include <QWidget>

#include <array>

class QLabel;
class QPushButton;

namespace signalbox::ui {

class FillBar;

class TrialBar : public QWidget
{
    Q_OBJECT

public:
    explicit TrialBar(QWidget *parent = nullptr);

    /// \pre it runs
    void show(const TrialView &trial, SystemTime now);
    /// Why it cannot be ended from here, in a sentence; empty: it can.
    void setFixed(const QString &why);
    void setBusy(bool busy);

Q_SIGNALS:
    void rollBackAsked();
    void takeOverAsked();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Row
    {
        QLabel *measure = nullptr;
        QLabel *onTrial = nullptr;
        QLabel *others = nullptr;
        QLabel *bar = nullptr;
        FillBar *doubt = nullptr;
    };

    void build();
    void refreshButtons();

    QLabel *m_title;
    QLabel *m_basis;
    QPushButton *m_rollBack;
    QPushButton *m_takeOver;
    std::array<Row, 3> m_rows{};
    QString m_fixed;
    bool m_busy = false;
};

} // namespace signalbox::ui
