// SPDX-License-Identifier: GPL-3.0-or-later
// The targets of one tier: the bar, and a row for each with its numbers.
#pragma once

#include "ui/models/route_edits.h"
#include "ui/theme/state_glyph.h"
#include "ui/widgets/weights_bar.h"

#include "core/domain/cost_matrix.h"

#include <QWidget>

#include <functional>
#include <optional>
#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace signalbox::ui {

class StateLabel;
class TargetLabel;

/// What is known of a target now.
struct TierTarget
{
    TargetId target;
    BarTarget looks = {};
    StateGlyph glyph = {};
    QString state = {}; ///< in words
    QString p95 = {};
    double inForce = 0; ///< its share of the tier by the running weights, 0..1
    TargetTotals totals = {}; ///< of the last week; no calls: nothing is known
    double measured = 0; ///< its share of the last minute's attempts, 0..1; NaN: there were none
};

struct TierContent
{
    int tier = 1;
    QString owner = {}; ///< whose targets they are, for names: a rule's; empty: the route's
    bool first = true; ///< the preferred one
    bool weighted = false; ///< else the order counts, or a forecast
    bool ordered = true; ///< the order counts
    bool readOnly = false;
    Shares shares = {};
    std::vector<TierTarget> targets = {};
    std::vector<TargetId> available = {}; ///< that could be added
    std::int64_t samples = 0; ///< the route's attempts of the last minute
    bool compares = false; ///< measured shares are about these targets
};

/// Tells what is asked for, and shows what it is given.
class TierBox : public QWidget
{
    Q_OBJECT

public:
    using Change = std::function<void(Targets &, Locks &)>;

    explicit TierBox(QWidget *parent = nullptr);

    void setContent(const TierContent &content);
    [[nodiscard]] int tier() const { return m_content.tier; }
    [[nodiscard]] WeightsBar *bar() const { return m_bar; }

Q_SIGNALS:
    void edited(const QString &step, const signalbox::ui::TierBox::Change &change, quint64 gesture);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Row
    {
        QToolButton *lock = nullptr;
        TargetLabel *name = nullptr;
        QLabel *rank = nullptr;
        QSpinBox *weight = nullptr;
        QLabel *measured = nullptr;
        QLabel *p95 = nullptr;
        StateLabel *state = nullptr;
        QToolButton *menu = nullptr;
    };

    void rebuild();
    void addRow(std::size_t index);
    void addHeads();
    void buildFoot();
    void shareBy(const QString &step, std::optional<double> TargetTotals::*figure);
    [[nodiscard]] bool knows(std::optional<double> TargetTotals::*figure) const;
    void refreshSharing();
    void refresh();
    void refreshRow(std::size_t index);
    void refreshMeasured(std::size_t index);
    void refreshStrips();
    void refreshNote();
    void spin(std::size_t index, int wanted);
    void openMenu(std::size_t index);
    void openTargets();
    void tell(const QString &step, const Change &change, quint64 gesture = 0);
    void shift(std::size_t index, int by);
    [[nodiscard]] QString nameOf(std::size_t index) const;
    [[nodiscard]] QString owned(const QString &name) const;

    TierContent m_content;
    QLabel *m_title;
    QLabel *m_hint;
    QLabel *m_note;
    QLabel *m_sum;
    WeightsBar *m_bar;
    QWidget *m_rowBox = nullptr;
    QGridLayout *m_grid = nullptr;
    QPushButton *m_equalise;
    QPushButton *m_byCost;
    QPushButton *m_byTime;
    QToolButton *m_add;
    std::vector<Row> m_rows;
    std::vector<TargetId> m_shown; ///< whose rows there are
    bool m_shownWeighted = false;
};

} // namespace signalbox::ui
