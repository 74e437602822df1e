// SPDX-License-Identifier: GPL-3.0-or-later
// The threshold by evidence: what it would do to the labelled pairs, before it is taken.
#pragma once

#include "ui/cache_source.h"

#include <QWidget>

class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QPushButton;

namespace signalbox::ui {

class NoticeBar;
class Section;
class ThresholdChart;

/// Asks for the evaluation when it is first looked at.
class ThresholdPanel : public QWidget
{
    Q_OBJECT

public:
    /// \p source must outlive it.
    explicit ThresholdPanel(CacheSource &source, QWidget *parent = nullptr);

    /// The threshold in force and the near misses.
    void show(const CacheView &view);
    /// Why the threshold cannot be taken, in a sentence; empty: it can.
    void setWhyFixed(const QString &why);
    /// What is tried.
    [[nodiscard]] double tried() const;
    [[nodiscard]] QList<QWidget *> tabStops() const;

Q_SIGNALS:
    /// The tried threshold is to be in force.
    void thresholdAsked(double threshold);

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *buildSide();
    QLabel *addFigure(QGridLayout *grid, const QString &title, const char *name);
    void evaluate();
    void take(const CacheAnswer<CacheEvaluation> &answer);
    void tryOut(double threshold);
    void refresh();

    CacheSource &m_source;
    CacheEvaluation m_evaluation;
    bool m_known = false; ///< the evaluation has come
    bool m_touched = false; ///< somebody tries a threshold out
    double m_current = 0;
    std::vector<double> m_likenesses;
    QString m_whyFixed;
    Asked m_asked;
    NoticeBar *m_notice;
    ThresholdChart *m_chart;
    Section *m_section;
    QDoubleSpinBox *m_box;
    QPushButton *m_recommended;
    QPushButton *m_use;
    QLabel *m_precision = nullptr;
    QLabel *m_recall = nullptr;
    QLabel *m_false = nullptr;
    QLabel *m_unvetoed = nullptr;
    QLabel *m_misses = nullptr;
    QLabel *m_words;
};

} // namespace signalbox::ui
