// SPDX-License-Identifier: GPL-3.0-or-later
// Every breaker in full, and what has happened to them.
#pragma once

#include "ui/models/transitions_model.h"
#include "ui/pages/page.h"

namespace signalbox::ui {

class BreakerDesk;
class Section;
class TileGrid;

class ProvidersPage : public Page
{
    Q_OBJECT

public:
    ProvidersPage(ConsoleState &state, BreakerDesk &desk, QWidget *parent = nullptr);

    void refresh() override;
    void go(const Place &place) override;

private:
    TransitionsModel m_transitions;
    TileGrid *m_grid;
    Section *m_log;
};

} // namespace signalbox::ui
