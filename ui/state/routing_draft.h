// SPDX-License-Identifier: GPL-3.0-or-later
// What the operator would like the routes to be: edited apart from what runs, undone step by step.
#pragma once

#include "ui/config_source.h"

#include <QUndoStack>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace signalbox::ui {

/// For what a ConfigSource is asked: unlike any other of this process.
[[nodiscard]] quint64 nextConfigRequest();

struct DraftRoute
{
    std::string origin; ///< its name in the base; empty: it is a new one
    RouteSettings settings;
    /// Targets whose weights stand fast, by the rule they are of; of the route itself: "".
    std::map<std::string, std::vector<TargetId>> locks = {};

    friend bool operator==(const DraftRoute &, const DraftRoute &) = default;
};

struct RoutingState
{
    std::vector<DraftRoute> routes;
    QString providers; ///< what an import puts behind the text, for routes that need it

    /// Null: there is none of that name.
    [[nodiscard]] const DraftRoute *route(std::string_view name) const;
    [[nodiscard]] DraftRoute *route(std::string_view name);
    friend bool operator==(const RoutingState &, const RoutingState &) = default;
};

/// What became of a route on both sides of a conflict.
struct RouteConflict
{
    std::string route;
    bool mine = false; ///< changed in the draft
    bool theirs = false; ///< changed in what runs now
};

/// Belongs to one configuration, its base. While nothing is unapplied it follows what runs; then it
/// stays with its base until it is applied, discarded or carried over.
class RoutingDraft : public QObject
{
    Q_OBJECT

public:
    explicit RoutingDraft(ConfigSource &source, QObject *parent = nullptr);
    ~RoutingDraft() override;

    [[nodiscard]] const RunningConfig &base() const { return m_base; }
    [[nodiscard]] const RoutingState &state() const { return m_state; }
    [[nodiscard]] QUndoStack &undoStack() { return m_stack; }
    /// The base's text with the providers of an import: what the routes are put into.
    [[nodiscard]] QString text() const;
    /// What the routes may use; null: nothing is known.
    [[nodiscard]] const Configuration *known() const;
    /// Why it cannot be edited, in a sentence; empty: it can.
    [[nodiscard]] QString whyFixed() const;
    /// Something is to be applied. Locks are not.
    [[nodiscard]] bool isModified() const;
    /// Names of the routes that differ from the base, in the draft's order, gone ones at the end.
    [[nodiscard]] std::vector<std::string> changedRoutes() const;
    /// What runs is not the base.
    [[nodiscard]] bool isOvertaken() const;
    /// The base's text with the draft's routes, or why there is none.
    [[nodiscard]] const EditedConfig &edited() const;
    /// Of that text; nothing where there is none.
    [[nodiscard]] const CheckedConfig &checked() const;

    /// One undo step called \p text; edits of the same \p gesture (not 0) are one together. Does
    /// nothing while it is fixed, or where \p change changes nothing.
    void edit(const QString &text,
              const std::function<void(RoutingState &)> &change,
              quint64 gesture = 0);
    /// Back to the base. Can be undone.
    void discard();
    /// The routes of \p settings as one edit: an earlier revision as draft.
    void take(const QString &text, const Configuration &settings);

    /// One undo step: \p providers go behind the text, and \p added take the place of routes with the
    /// same names, or come behind the others.
    void add(const QString &text,
             const QString &providers,
             const std::vector<RouteSettings> &added);

    /// Which routes differ between the base, the draft and \p theirs, whose settings are known.
    [[nodiscard]] std::vector<RouteConflict> conflicts(const RunningConfig &theirs) const;
    /// Makes \p theirs the base and carries the draft's changes over; those of \p dropped are given
    /// up. What is carried over can be edited on; the steps before cannot be undone any more.
    void carryOver(const RunningConfig &theirs, const std::vector<std::string> &dropped);

    /// For the next start; empty: there is nothing unapplied.
    [[nodiscard]] QByteArray save() const;
    /// What save() gave. Damaged, or not to be read any more: nothing happens.
    void restore(const QByteArray &saved);

Q_SIGNALS:
    /// State, base or whyFixed() answers differently.
    void changed();

private:
    friend class DraftStep;

    void follow();
    void begin(const RunningConfig &base);
    void setState(RoutingState state);
    [[nodiscard]] static RoutingState stateOf(const Configuration &settings);

    ConfigSource &m_source;
    RunningConfig m_base;
    RoutingState m_baseState;
    RoutingState m_state;
    QUndoStack m_stack;
    std::shared_ptr<const Configuration> m_known; ///< with the providers; null: the base's
    mutable std::optional<EditedConfig> m_edited;
    mutable std::optional<CheckedConfig> m_checked;
};

} // namespace signalbox::ui
