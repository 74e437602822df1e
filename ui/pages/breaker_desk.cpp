// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/breaker_desk.h"

#include "ui/text/names.h"
#include "ui/text/reasons.h"
#include "ui/widgets/hold_dialog.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/reason_popover.h"
#include "ui/widgets/tile_grid.h"

namespace signalbox::ui {

namespace {

constexpr int kUndoMs = 10'000;
constexpr int kNoticeMs = 6'000;

const telemetry::BreakerView *breakerOf(const telemetry::Snapshot *snapshot, const TargetId &target)
{
    if (snapshot == nullptr) {
        return nullptr;
    }
    for (const telemetry::ProviderView &provider : snapshot->providers) {
        for (const telemetry::TargetView &view : provider.targets) {
            if (view.target == target) {
                return &view.breaker;
            }
        }
    }
    return nullptr;
}

} // namespace

BreakerDesk::BreakerDesk(ConsoleState &state, NoticeBar &notices, QWidget *window)
    : QObject(window)
    , m_state(state)
    , m_notices(notices)
    , m_window(window)
    , m_popover(new ReasonPopover(window))
{
    connect(&m_state, &ConsoleState::commandFinished, this, &BreakerDesk::tell);
}

void BreakerDesk::serve(TileGrid *grid) const
{
    connect(grid, &TileGrid::tripAsked, this, &BreakerDesk::trip);
    connect(grid, &TileGrid::holdAsked, this, &BreakerDesk::hold);
    connect(grid, &TileGrid::resetAsked, this, &BreakerDesk::reset);
    connect(grid, &TileGrid::drainAsked, this, &BreakerDesk::drain);
}

void BreakerDesk::act(BreakerAction action, const TargetId &target, QWidget *anchor)
{
    switch (action) {
    case BreakerAction::Trip:
        return trip(target, anchor);
    case BreakerAction::Hold:
        return hold(target);
    case BreakerAction::Reset:
        return reset(target);
    case BreakerAction::Drain:
        return drain(target, true);
    case BreakerAction::Undrain:
        return drain(target, false);
    }
}

/// Says why nothing can be done, if so.
bool BreakerDesk::isBarred()
{
    const QString why = m_state.source().whyNoCommands();
    if (!why.isEmpty()) {
        m_notices.say(NoticeBar::Tone::Warning, why, tr("Dismiss"));
    }
    return !why.isEmpty();
}

void BreakerDesk::trip(const TargetId &target, QWidget *anchor)
{
    if (isBarred()) {
        return;
    }
    const QString title =
        tr("Trip %1: no request will go there").arg(text::fromUtf8(target.name()));
    m_popover->ask(title,
                   tr("Trip"),
                   anchor,
                   [this, target](const QString &reason, std::optional<Seconds> duration) {
                       m_state.send(BreakerCommand{.action = BreakerAction::Trip,
                                                   .target = target,
                                                   .reason = reason.toStdString(),
                                                   .duration = duration});
                   });
}

void BreakerDesk::hold(const TargetId &target)
{
    if (isBarred()) {
        return;
    }
    const telemetry::BreakerView *breaker = breakerOf(m_state.snapshot().get(), target);
    const QString calculated = breaker == nullptr
                                   ? tr("unknown")
                                   : text::breakerStateWord(breaker->state).toLower();
    auto *dialog = new HoldDialog(text::fromUtf8(target.name()), calculated, m_window);
    connect(dialog, &QDialog::accepted, this, [this, dialog, target] {
        m_state.send(BreakerCommand{.action = BreakerAction::Hold,
                                    .target = target,
                                    .reason = dialog->reason().toStdString(),
                                    .duration = dialog->duration()});
    });
    dialog->open();
}

void BreakerDesk::reset(const TargetId &target)
{
    if (isBarred()) {
        return;
    }
    m_state.send(BreakerCommand{.action = BreakerAction::Reset,
                                .target = target,
                                .reason = {},
                                .duration = {}});
}

void BreakerDesk::drain(const TargetId &target, bool drain)
{
    if (isBarred()) {
        return;
    }
    m_state.send(BreakerCommand{.action = drain ? BreakerAction::Drain : BreakerAction::Undrain,
                                .target = target,
                                .reason = {},
                                .duration = {}});
}

void BreakerDesk::tell(const BreakerCommand &command, bool ok, const QString &message)
{
    const QString name = text::fromUtf8(command.target.name());
    if (!ok) {
        return m_notices.say(NoticeBar::Tone::Bad, tr("%1: %2").arg(name, message), tr("Dismiss"));
    }
    const auto undo = [this, target = command.target](BreakerAction action) {
        return [this, target, action] {
            m_state.send(
                BreakerCommand{.action = action, .target = target, .reason = {}, .duration = {}});
        };
    };
    const auto offer = [&](const QString &text, BreakerAction action) {
        m_notices.offerUndo(text, undo(action), kUndoMs);
    };
    switch (command.action) {
    case BreakerAction::Trip:
        return offer(tr("%1 is forced open.").arg(name), BreakerAction::Reset);
    case BreakerAction::Hold:
        return offer(tr("%1 is held closed.").arg(name), BreakerAction::Reset);
    case BreakerAction::Drain:
        return offer(tr("%1 is drained: requests in flight end, no new ones go there.").arg(name),
                     BreakerAction::Undrain);
    case BreakerAction::Undrain:
        return offer(tr("%1 serves again.").arg(name), BreakerAction::Drain);
    case BreakerAction::Reset:
        return m_notices.say(NoticeBar::Tone::Info,
                             tr("%1 is reset and closed.").arg(name),
                             {},
                             {},
                             kNoticeMs);
    }
}

} // namespace signalbox::ui
