// SPDX-License-Identifier: GPL-3.0-or-later
// The cache: how often it answers, what it keeps, what it nearly answered, and from where on it may.
#pragma once

#include "ui/cache_source.h"
#include "ui/charts/crosshair.h"
#include "ui/pages/cache_history.h"
#include "ui/pages/page.h"
#include "ui/state/view_state.h"

#include <QElapsedTimer>

#include <set>

class QStackedWidget;

namespace signalbox::ui {

class CacheEntriesPanel;
class CacheSummary;
class ConfigChangeBar;
class ConfigSource;
class EmptyPanel;
class NearMissesPanel;
class NoticeBar;
class Segments;
class Skeleton;
class ThresholdPanel;
class TimeChart;
struct CacheChange;

/// Asks while it is in front, every few seconds. What was seen stays when the gateway goes away.
class CachePage : public Page
{
    Q_OBJECT

public:
    /// As the row of choices offers them.
    enum View {
        Entries,
        NearMisses,
        Threshold
    };

    /// \p cache and \p config may be null; all must outlive the page. Undo is offered in \p notices.
    CachePage(ConsoleState &state,
              ViewState &view,
              CacheSource *cache,
              ConfigSource *config,
              NoticeBar &notices,
              QWidget *parent = nullptr);

    [[nodiscard]] QLineEdit *filterField() override;
    void refresh() override;
    void setView(View view);
    /// Asks at once, however fresh what is here is.
    void askAnew();
    [[nodiscard]] const std::optional<CacheView> &shown() const { return m_shown; }

Q_SIGNALS:
    /// The requests that `FILTER` finds are to be seen.
    void requestsAsked(const QString &filter);

private:
    void buildParts(CacheSource &cache, NoticeBar &notices);
    void connectParts();
    void ask();
    void take(const CacheAnswer<CacheView> &answer);
    void show(const CacheView &view);
    void showStates();
    void showSummary();
    void showChart();
    void refreshNames(const CacheView &view);
    void propose(const CacheChange &change, const QString &title);
    void proposeMode();
    void proposeThreshold(double threshold);
    void orderTabs();
    [[nodiscard]] bool isOff() const;
    [[nodiscard]] QString whyNoActs() const;
    [[nodiscard]] QString whyNoChange() const;
    [[nodiscard]] QHash<QString, QString> kinds() const;
    [[nodiscard]] qint64 nowMs() const;

    ViewState &m_view;
    CacheSource *m_cache;
    ConfigSource *m_config;
    Crosshair m_crosshair;
    CacheHistory m_history;
    std::optional<CacheView> m_shown;
    QHash<QString, QString> m_kinds; ///< of the providers, as shown
    QString m_problem; ///< why there was no answer the last time
    QElapsedTimer m_age;
    Asked m_asked;
    std::set<std::string> m_clients; ///< whose entries were seen
    bool m_awaits = false; ///< a question is not asked again before it is answered
    NoticeBar *m_trouble;
    Skeleton *m_waiting;
    EmptyPanel *m_off;
    NoticeBar *m_offBar; ///< off, but something is kept
    QWidget *m_content;
    CacheSummary *m_summary = nullptr;
    ConfigChangeBar *m_change = nullptr;
    TimeChart *m_chart = nullptr;
    Segments *m_choice = nullptr;
    QStackedWidget *m_stack = nullptr;
    CacheEntriesPanel *m_entries = nullptr;
    NearMissesPanel *m_misses = nullptr;
    ThresholdPanel *m_threshold = nullptr;
};

} // namespace signalbox::ui
