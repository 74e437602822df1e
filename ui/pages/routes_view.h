// SPDX-License-Identifier: GPL-3.0-or-later
// The draft's routes as a list, and the one that is edited.
#pragma once

#include "ui/console_state.h"
#include "ui/state/routing_draft.h"

#include <QWidget>

class QListWidget;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace signalbox::ui {

class RouteEditor;

class RoutesView : public QWidget
{
    Q_OBJECT

public:
    RoutesView(ConsoleState &state, RoutingDraft &draft, QWidget *parent = nullptr);

    /// Puts \p panel under the route that is edited.
    void setBelow(QWidget *panel);
    void refresh();
    /// Empty: there is none.
    [[nodiscard]] std::string current() const;
    void showRoute(const std::string &name);
    void addRoute();
    void removeRoute();
    [[nodiscard]] RouteEditor *editor() const { return m_editor; }

Q_SIGNALS:
    void importAsked();

private:
    RoutingDraft &m_draft;
    QListWidget *m_list;
    QPushButton *m_add;
    QPushButton *m_remove;
    QPushButton *m_import;
    QScrollArea *m_area;
    QVBoxLayout *m_right; ///< the route, and what stands below it
    RouteEditor *m_editor;
};

} // namespace signalbox::ui
