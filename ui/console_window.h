// SPDX-License-Identifier: GPL-3.0-or-later
// The main window: sidebar, pages, menus, and the line that says how fresh it all is.
#pragma once

#include "ui/charts/chart_export.h"
#include "ui/console_state.h"
#include "ui/frame/layout_store.h"
#include "ui/models/alert_book.h"
#include "ui/models/failure_words.h"
#include "ui/models/place.h"
#include "ui/models/requests_model.h"
#include "ui/state/view_state.h"
#include "ui/theme/profile.h"
#include "ui/theme/theme_switch.h"

#include <QMainWindow>
#include <QPointer>

class QDockWidget;
class QFrame;
class QLabel;
class QSettings;
class QStackedWidget;
class QToolButton;

namespace signalbox::ui {

class AlertDesk;
class AlertHook;
class AlertsPage;
class BreakerDesk;
class CachePage;
class CacheSource;
class ForesightSource;
class Chime;
class CommandPalette;
class ConfigSource;
class ConnectionBar;
class ConsoleActions;
class CostsPage;
class LedgerSource;
class Notifier;
class NoticeBar;
class Page;
class RangePopover;
class TargetDetails;
class RoutingPage;
class Recorder;
class Rehearsal;
class BatchSource;
class JudgementStore;
class PlaygroundHistory;
class PlaygroundPage;
class PlaygroundSource;
class RequestsPage;
class SettingsPage;
class SettingsSource;
class SetupView;
class ShortcutBook;
class Sidebar;
class StatusStrip;
class TimeChart;
class TraySign;
struct KeyCommands;
struct TargetCommands;

struct ConsoleOptions
{
    ConsoleState::Clock clock; ///< the time for people; must be given
    QSettings *settings = nullptr; ///< where layout and choices are kept; null: nowhere
    SettingsSource *source = nullptr; ///< of keys and files; null: they cannot be changed here
    ConfigSource *config = nullptr; ///< null: routes cannot be seen or changed here
    QString version = {};
    Notifier *notifier = nullptr; ///< null: alerts stay in the window
    Chime *chime = nullptr; ///< null: they make no sound
    AlertHook *hook = nullptr; ///< null: they are posted nowhere
    TraySign *tray = nullptr; ///< null: there is no tray
    Rehearsal *rehearsal = nullptr; ///< null: the providers are not simulated
    PlaygroundSource *playground = nullptr; ///< null: nothing can be asked from here
    PlaygroundHistory *history = nullptr; ///< null: the playground keeps nothing
    BatchSource *batch = nullptr; ///< null: no files of prompts can be asked
    JudgementStore *judgements = nullptr; ///< null: votes and batches end with the window
    Recorder *recorder = nullptr; ///< null: no recordings are made or opened
    LedgerSource *ledger = nullptr; ///< null: of requests only the latest are known
    CacheSource *cache = nullptr; ///< null: there is none to look at
    ForesightSource *foresight = nullptr; ///< null: drafts cannot be previewed
};

/// The application's property that says: end now, whatever is being done.
inline constexpr const char *kEndingProperty = "signalbox.ending";

/// One per process: it sets the application's style and palette, and the zone of its times.
class ConsoleWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// \p source must outlive the window.
    explicit ConsoleWindow(ConsoleSource &source,
                           ConsoleOptions options,
                           QWidget *parent = nullptr);
    ~ConsoleWindow() override;

    [[nodiscard]] ConsoleState &state() { return m_state; }
    [[nodiscard]] ViewState &view() { return m_view; }
    [[nodiscard]] const ConsoleActions &actionSet() const { return *m_actions; }
    [[nodiscard]] QString currentPage() const;
    [[nodiscard]] QString statusText() const;

    /// `overview`, `providers`, `playground`, `requests`, `costs`, `cache`, `alerts`, `settings`; anything else changes nothing.
    void showPage(const QString &name);
    /// Shows a page and what of it is meant.
    void go(const Place &place);
    void setThemeChoice(ThemeChoice choice);
    void setProfile(Profile profile);
    /// Writes the chart that the operator works with to \p path; says what went wrong.
    void exportChart(TimeChart *chart, ExportKind kind, const QString &path);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    // console_window.cpp
    void buildFrame();
    void buildPages();
    void addPage(Page *page);
    void connectState();
    void showPageAt(int index);
    void leaveFor(int index);
    void step(int by);
    void refresh();
    void tick();
    void refreshFrame();
    void refreshPause();
    void refreshTitle();
    void refreshStale();
    void refreshVeil();
    void refreshProviderKinds();
    void updateWatched();
    [[nodiscard]] int beingServed();
    void askToQuit(int requests);
    [[nodiscard]] Page *pageAt(int index) const;
    [[nodiscard]] int indexOf(const QString &page) const;

    // console_menus.cpp
    void connectActions();
    void connectChoices();
    void connectSizes();
    void connectTime();
    void connectCharts();
    void connectShortcuts();
    void connectPlayground();
    void refreshUndo();
    void openPalette();
    void askWhereToExport(TimeChart *chart, ExportKind kind);
    [[nodiscard]] TargetCommands targetCommands();
    [[nodiscard]] KeyCommands keyCommands();
    [[nodiscard]] TimeChart *workingChart() const;
    [[nodiscard]] qint64 newest() const;

    // console_alerts.cpp
    void connectAlerts();
    [[nodiscard]] AlertRules keptRules() const;
    void keepRules(const AlertRules &rules);

    // console_routing.cpp
    void connectRouting();
    void askForPast(ConfigSource &config);
    void refreshDraft();
    void keepDraft();
    [[nodiscard]] bool mayClose();
    void closeWith(bool ok);

    // console_setup.cpp
    void beginSetup();
    void endSetup(bool skipped);
    void allowActions(bool all);

    // console_connection.cpp
    void connectFar();
    void refreshConnection();

    // console_rehearsal.cpp
    void connectRehearsal();
    void refreshRehearsal();

    // console_recording.cpp
    void connectRecorder();
    void refreshRecorder();
    void askWhereToRecord(qint64 fromMs, qint64 toMs);
    void recordInto(const QString &path, qint64 fromMs, qint64 toMs);
    void askWhatToOpen();

    // console_vault.cpp
    void connectVault();
    void refreshVault();

    // console_tools.cpp
    void buildTools(QWidget *row);
    void refreshRange();
    void refreshRetention();
    void refreshZone();

    // console_details.cpp
    void buildDetails();
    void resetDetails();

    // console_layout.cpp
    void setDenseRows(bool dense);
    void restore();
    void save();
    void resetLayout();

    ConsoleOptions m_options;
    LayoutStore m_layout{m_options.settings};
    ThemeSwitch m_theme;
    ConsoleState m_state;
    ViewState m_view;
    RequestsModel m_requests;
    FailureWords m_words;
    ConsoleActions *m_actions = nullptr;
    Profile m_profile = Profile::None;
    QFrame *m_profileLine = nullptr;
    Sidebar *m_sidebar = nullptr;
    QDockWidget *m_dock = nullptr; ///< bears m_details
    TargetDetails *m_details = nullptr;
    QLabel *m_title = nullptr;
    QToolButton *m_rangeButton = nullptr;
    QToolButton *m_zoneButton = nullptr;
    QToolButton *m_paletteButton = nullptr;
    ConnectionBar *m_connection = nullptr; ///< of a gateway on another machine
    NoticeBar *m_pauseBar = nullptr;
    NoticeBar *m_staleBar = nullptr;
    NoticeBar *m_rehearsalBar = nullptr;
    NoticeBar *m_vaultBar = nullptr;
    NoticeBar *m_notices = nullptr;
    QMainWindow *m_stage = nullptr; ///< the pages, and the docks at their sides
    QStackedWidget *m_pages = nullptr;
    StatusStrip *m_status = nullptr;
    BreakerDesk *m_desk = nullptr;
    AlertDesk *m_alerts = nullptr;
    AlertsPage *m_alertsPage = nullptr;
    PlaygroundPage *m_playground = nullptr;
    RequestsPage *m_requestsPage = nullptr;
    CostsPage *m_costs = nullptr;
    CachePage *m_cache = nullptr;
    RoutingPage *m_routing = nullptr;
    bool m_leaving = false; ///< what is unapplied has been decided on
    QStackedWidget *m_body = nullptr; ///< the pages' frame, or the set-up over it
    SetupView *m_setup = nullptr;
    QList<QPointer<QAction>> m_held; ///< actions that the set-up holds back
    SettingsPage *m_settingsPage = nullptr;
    CommandPalette *m_palette = nullptr;
    RangePopover *m_customRange = nullptr;
    ShortcutBook *m_shortcuts = nullptr;
    QPointer<TimeChart> m_lastChart;
    std::vector<int> m_past; ///< pages, the last one left at the end
    std::vector<int> m_future;
    QString m_veil; ///< over the charts
    bool m_mayBreakOff = false; ///< requests that are being served: the operator has said so
    qint64 m_retentionMs = kLongestRangeMs;
};

} // namespace signalbox::ui
