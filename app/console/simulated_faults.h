// SPDX-License-Identifier: GPL-3.0-or-later
// The console's rehearsals, played by the simulator in this process.
#pragma once

#include "app/simulator/simulator.h"
#include "ui/rehearsal.h"

#include <cstdint>

namespace signalbox::app {

/// Each act waits for one turn of the simulator's thread, which never takes long.
class SimulatedFaults : public ui::Rehearsal
{
    Q_OBJECT

public:
    /// \p simulator must outlive it and play \p providers.
    SimulatedFaults(simulator::Simulator &simulator,
                    QStringList providers,
                    QObject *parent = nullptr);

    [[nodiscard]] QStringList providers() const override { return m_providers; }
    [[nodiscard]] std::vector<ui::Rehearsed> faults() const override;
    void begin(const ui::Rehearsed &what) override;
    void end(const ui::Rehearsed &what) override;
    void endAll() override;

private:
    struct Running
    {
        ui::Rehearsed what;
        std::uint64_t id = 0; ///< the simulator's
    };

    simulator::Simulator &m_simulator;
    QStringList m_providers;
    std::vector<Running> m_running;
};

} // namespace signalbox::app
