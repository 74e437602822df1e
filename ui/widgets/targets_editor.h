// SPDX-License-Identifier: GPL-3.0-or-later
// All tiers of a route, or of a rule.
#pragma once

#include "ui/models/target_summary.h"
#include "ui/widgets/tier_box.h"

#include "core/telemetry/snapshot.h"

#include <QWidget>

#include <map>
#include <vector>

class QPushButton;
class QLabel;
class QVBoxLayout;

namespace signalbox::ui {

/// What rows of targets say of the present.
struct LiveTargets
{
    std::map<TargetId, TargetSummary> targets;
    /// Shares and attempts of the route in the last minute; null: it has had none.
    const telemetry::RouteView *route = nullptr;
    /// What tasks cost and take at them; null or empty: not known.
    const std::vector<MatrixCell> *matrix = nullptr;
};

struct TargetsContent
{
    QString owner = {}; ///< a rule's, for names; empty: the route's
    Strategy strategy = Strategy::Priority;
    Targets targets;
    Locks locks;
    Targets inForce; ///< of the same route as it runs
    std::vector<TargetId> all; ///< that the configuration has
    bool compares = true; ///< measured shares are about these targets
    bool readOnly = false;
};

class TargetsEditor : public QWidget
{
    Q_OBJECT

public:
    explicit TargetsEditor(QWidget *parent = nullptr);

    void setContent(const TargetsContent &content, const LiveTargets &live);
    [[nodiscard]] const std::vector<TierBox *> &tiers() const { return m_tiers; }

Q_SIGNALS:
    void edited(const QString &step, const signalbox::ui::TierBox::Change &change, quint64 gesture);

private:
    [[nodiscard]] TierContent tierContent(int tier, bool first, const LiveTargets &live) const;
    void offerFirst();

    TargetsContent m_content;
    QVBoxLayout *m_column;
    QWidget *m_empty;
    QPushButton *m_addFirst;
    std::vector<TierBox *> m_tiers;
};

} // namespace signalbox::ui
