// SPDX-License-Identifier: GPL-3.0-or-later
// One route of the draft, with all that can be said of it.
#pragma once

#include "ui/console_state.h"
#include "ui/state/routing_draft.h"
#include "ui/widgets/targets_editor.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace signalbox::ui {

class FailureForm;
class RouteCacheForm;
class RuleCard;
class Section;
class Segments;

class RouteEditor : public QWidget
{
    Q_OBJECT

public:
    RouteEditor(ConsoleState &state, RoutingDraft &draft, QWidget *parent = nullptr);

    /// The route of that name in the draft; where it is not, nothing is shown.
    void setRoute(const std::string &name);
    [[nodiscard]] const std::string &route() const { return m_route; }
    /// Draft and present anew.
    void refresh();
    /// What the text says in vain, anew: it costs more than all else.
    void refreshWarnings();
    /// What tasks cost and take at targets, for weights by it.
    void setMatrix(const std::vector<MatrixCell> &cells);
    /// A rule at the end, opened.
    void addRule();
    [[nodiscard]] const std::vector<RuleCard *> &rules() const { return m_rules; }

Q_SIGNALS:
    /// The route is called that from now on.
    void renamed(const std::string &name);

private:
    void buildHead(QVBoxLayout &column);
    void buildTargets(QVBoxLayout &column);
    void buildRules(QVBoxLayout &column);
    void connectRule(RuleCard *card, std::size_t index);
    void rename();
    void refreshHead(const RouteSettings &route);
    void refreshTargets(const DraftRoute &route, const LiveTargets &live);
    void refreshRules(const DraftRoute &route, const LiveTargets &live);
    void changeRoute(const QString &step,
                     const std::function<void(DraftRoute &)> &change,
                     quint64 gesture = 0);
    void moveRule(std::size_t index, int by);
    [[nodiscard]] LiveTargets live() const;
    [[nodiscard]] const RouteSettings *running() const;
    [[nodiscard]] std::vector<TargetId> allTargets() const;
    [[nodiscard]] QStringList clients() const;
    [[nodiscard]] QString warningOf(const std::string &rule) const;

    std::vector<ConfigWarning> m_warnings;
    std::vector<MatrixCell> m_matrix;

    ConsoleState &m_state;
    RoutingDraft &m_draft;
    std::string m_route;
    std::shared_ptr<const telemetry::Snapshot> m_shown; ///< that the live values are of
    QLineEdit *m_name = nullptr;
    Segments *m_strategy = nullptr;
    QLabel *m_strategyHint = nullptr;
    QLabel *m_warning = nullptr;
    TargetsEditor *m_targets = nullptr;
    QVBoxLayout *m_ruleBox = nullptr;
    QLabel *m_noRules = nullptr;
    std::vector<RuleCard *> m_rules;
    QPushButton *m_addRule = nullptr;
    FailureForm *m_failure = nullptr;
    RouteCacheForm *m_cache = nullptr;
};

} // namespace signalbox::ui
