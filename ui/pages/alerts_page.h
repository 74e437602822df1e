// SPDX-License-Identifier: GPL-3.0-or-later
// What the rules found, and what was done about it.
#pragma once

#include "ui/pages/page.h"

class QPushButton;

namespace signalbox::ui {

class AlertDesk;
class EmptyPanel;
class ListView;
class Section;

class AlertsPage : public Page
{
    Q_OBJECT

public:
    AlertsPage(ConsoleState &state, AlertDesk &desk, QWidget *parent = nullptr);

    void refresh() override;
    /// Of the chosen row, or of the first.
    void acknowledge();
    void toggleMute();

private:
    [[nodiscard]] QString chosen() const;

    AlertDesk &m_desk;
    ListView *m_list;
    EmptyPanel *m_empty = nullptr; ///< before there was any
    Section *m_section;
    QPushButton *m_acknowledge;
    QPushButton *m_all;
    QPushButton *m_mute;
    QPushButton *m_record;
};

} // namespace signalbox::ui
