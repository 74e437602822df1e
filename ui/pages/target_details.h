// SPDX-License-Identifier: GPL-3.0-or-later
// One target in full, beside whatever page is in front: its tile, its facts, a test, its changes.
#pragma once

#include "ui/console_state.h"
#include "ui/models/failure_words.h"
#include "ui/models/place.h"
#include "ui/models/target_summary.h"

#include <QWidget>

#include <array>
#include <optional>

class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace signalbox::ui {

class BreakerDesk;
class ChangeRow;
class PlaygroundSource;
class Section;
class SettingsSource;
class TargetTrial;
class TileGrid;

/// Shows the target that was chosen last, the worst one before any was; nothing while it is hidden.
class TargetDetails : public QWidget
{
    Q_OBJECT

public:
    struct Parts
    {
        BreakerDesk &desk;
        const FailureWords &words;
        SettingsSource *settings = nullptr; ///< null: no target can be tested
        PlaygroundSource *playground = nullptr; ///< null: nobody can say what a test costs
    };

    TargetDetails(ConsoleState &state, const Parts &parts, QWidget *parent = nullptr);

    /// The one that is shown; nothing before the first snapshot.
    [[nodiscard]] const std::optional<TargetId> &target() const { return m_shown; }
    void choose(const TargetId &target);
    /// Shows the state's present.
    void refresh();
    /// The first thing in it that can have the focus.
    [[nodiscard]] QWidget *firstStop() const;

Q_SIGNALS:
    void leads(const signalbox::ui::Place &place);

protected:
    void showEvent(QShowEvent *event) override;

private:
    enum Fact {
        Calculated,
        Forced,
        Share,
        Limits,
        RunsOut,
        FactCount
    };

    [[nodiscard]] QWidget *buildFacts();
    void refreshFacts(const TargetSummary &summary);
    void refreshChanges(const telemetry::Snapshot &snapshot);
    [[nodiscard]] QWidget *content();

    ConsoleState &m_state;
    Parts m_parts;
    std::optional<TargetId> m_chosen;
    std::optional<TargetId> m_shown;
    TileGrid *m_tile = nullptr;
    std::array<QLabel *, FactCount> m_facts{};
    TargetTrial *m_trial = nullptr;
    Section *m_changesCard = nullptr;
    QVBoxLayout *m_changes = nullptr;
    std::vector<ChangeRow *> m_rows;
};

} // namespace signalbox::ui
