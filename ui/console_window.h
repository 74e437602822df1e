// SPDX-License-Identifier: GPL-3.0-or-later
// The main window: sidebar, pages, menus, and the line that says how fresh it all is.
#pragma once

#include "ui/console_state.h"
#include "ui/models/requests_model.h"
#include "ui/theme/theme_switch.h"

#include <QMainWindow>

class QLabel;
class QMenu;
class QSettings;
class QStackedWidget;
class QToolButton;

namespace signalbox::ui {

class BreakerDesk;
class NoticeBar;
class Page;
class Sidebar;
class StatusStrip;

struct ConsoleOptions
{
    ConsoleState::Clock clock; ///< the time for people; must be given
    QSettings *settings = nullptr; ///< where geometry, page and theme are kept; null: nowhere
    QString version = {};
};

/// One per process: it sets the application's style and palette.
class ConsoleWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// \p source must outlive the window.
    explicit ConsoleWindow(ConsoleSource &source,
                           ConsoleOptions options,
                           QWidget *parent = nullptr);

    [[nodiscard]] ConsoleState &state() { return m_state; }
    [[nodiscard]] QString currentPage() const;
    [[nodiscard]] QString statusText() const;

    /// `overview`, `providers`, `requests`; anything else changes nothing.
    void showPage(const QString &name);
    void setThemeChoice(ThemeChoice choice);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    void buildFrame();
    void buildPages();
    void buildMenus();
    void buildThemeMenu(QMenu *menu);
    void connectState();
    void addPage(Page *page);
    void showPageAt(int index);
    void refresh();
    void tick();
    void refreshFrame();
    void refreshPause();
    void refreshStale();
    void refreshProviderKinds();
    void updateWatched();
    void restore();
    void showAbout();
    void showShortcuts();
    [[nodiscard]] Page *pageAt(int index) const;

    ConsoleOptions m_options;
    ThemeSwitch m_theme;
    ConsoleState m_state;
    RequestsModel m_requests;
    Sidebar *m_sidebar = nullptr;
    QLabel *m_title = nullptr;
    QStackedWidget *m_tools = nullptr;
    QToolButton *m_pauseButton = nullptr;
    NoticeBar *m_pauseBar = nullptr;
    NoticeBar *m_staleBar = nullptr;
    NoticeBar *m_notices = nullptr;
    QStackedWidget *m_pages = nullptr;
    StatusStrip *m_status = nullptr;
    BreakerDesk *m_desk = nullptr;
    QAction *m_pause = nullptr;
    QAction *m_themeActions[3] = {};
};

} // namespace signalbox::ui
