// SPDX-License-Identifier: GPL-3.0-or-later
// Under the playground's columns: one clock for all answers.
#pragma once

#include "ui/models/playground_run.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace signalbox::ui {

/// A lane for each column: a line until its first token, bars as high as its text came dense, silences hatched,
/// an end. Below it what had been spent, a line for each with its letter. All begin when they were asked.
/// The pointer chooses a moment, a click holds it; so do the arrow keys (with Shift ten steps), Home, End, and
/// Page Up and Down from event to event; Esc lets go. What is there is said in the description.
class RunTimeline : public QWidget
{
    Q_OBJECT

public:
    explicit RunTimeline(QWidget *parent = nullptr);

    /// By column. Hidden while nothing was asked.
    void setRuns(std::vector<PlaygroundRun> runs);
    [[nodiscard]] std::optional<double> instant() const { return m_at; }
    /// The end of its scale, in milliseconds.
    [[nodiscard]] double endMs() const { return m_endMs; }
    /// Lets a chosen moment go.
    void leave();
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void instantChosen(double ms);
    void instantLeft();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    [[nodiscard]] QRectF lane(int column) const;
    [[nodiscard]] QRectF costs() const;
    [[nodiscard]] double xOf(double ms) const;
    [[nodiscard]] double msAt(double x) const;
    [[nodiscard]] std::vector<double> events() const;
    [[nodiscard]] QString words() const;
    void choose(double ms);
    void step(double by);
    void jump(bool forward);
    void describe();
    // run_timeline_painting.cpp
    void paintHead(QPainter &painter) const;
    void paintLane(QPainter &painter, int column) const;
    void paintStalls(QPainter &painter, int column) const;
    void paintCosts(QPainter &painter) const;
    void paintAxis(QPainter &painter) const;

    std::vector<PlaygroundRun> m_runs;
    double m_endMs = 1;
    std::optional<double> m_at;
    bool m_held = false; ///< stays when the pointer goes
};

} // namespace signalbox::ui
