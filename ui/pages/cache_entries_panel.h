// SPDX-License-Identifier: GPL-3.0-or-later
// The kept answers: found, pinned, deleted with a way back, or all flushed after a question.
#pragma once

#include "ui/models/cache_entries.h"
#include "ui/models/cache_search.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QPushButton;

namespace signalbox::ui {

class FilterField;
class ListView;
class NoticeBar;
class QueryChips;
class Section;

/// What is deleted goes from the list at once and from the cache after kUndoMs, until when it can be
/// undone. A console that ends before that has deleted nothing.
class CacheEntriesPanel : public QWidget
{
    Q_OBJECT

public:
    static constexpr int kUndoMs = 10'000;

    /// \p source and \p notices must outlive it. Undo is offered in \p notices.
    CacheEntriesPanel(CacheSource &source, NoticeBar &notices, QWidget *parent = nullptr);

    [[nodiscard]] FilterField *filterField() const { return m_filter; }
    [[nodiscard]] const CacheEntries &entries() const { return m_entries; }
    /// Tab order within.
    [[nodiscard]] QList<QWidget *> tabStops() const;
    void setNow(SystemTime now) { m_entries.setNow(now); }
    /// Why nothing can be changed, in a sentence; empty: it can.
    void setWhyFixed(const QString &why);
    /// What the gateway has, for completion.
    void setNames(CacheNames names) { m_names = std::move(names); }
    /// How many entries there are in all.
    void setTotal(std::size_t entries);
    /// Reads anew, unless somebody works with what is here; whether it does.
    bool renew();
    /// Carries out what waits for its undo to pass.
    void settle();

Q_SIGNALS:
    /// Something was done: the figures are others now.
    void acted();
    void viewArrived(const signalbox::CacheView &view);
    /// There was no answer, and why.
    void failed(const QString &problem);
    /// The requests that `FILTER` finds are to be seen.
    void requestsAsked(const QString &filter);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Pending
    {
        std::vector<std::string> ids = {};
        std::optional<CacheFilter> filter = {}; ///< instead of ids
    };

    // cache_entries_panel.cpp
    void buildTools(QHBoxLayout *row);
    void connectParts();
    void onFilter();
    void look();

    // cache_entries_words.cpp
    void refresh();
    [[nodiscard]] QString note() const;
    [[nodiscard]] QString emptyWords() const;

    // cache_entries_acts.cpp
    [[nodiscard]] std::vector<std::string> chosen() const;
    [[nodiscard]] bool areChosenPinned() const;
    void deleteChosen();
    void deleteMatching();
    void putOff(Pending pending, const QString &words);
    void takeBack();
    void askToFlush();
    void togglePin();
    void done(const CacheAnswer<std::size_t> &answer, const QString &failure);

    CacheSource &m_source;
    NoticeBar &m_notices;
    CacheEntries m_entries;
    CacheSearch m_search;
    CacheNames m_names;
    std::size_t m_total = 0;
    QString m_whyFixed;
    QTimer m_typing;
    QTimer m_undo;
    Pending m_pending;
    Asked m_act;
    std::vector<Asked> m_pins;
    FilterField *m_filter;
    QueryChips *m_chips;
    QLabel *m_trouble;
    QComboBox *m_order;
    QPushButton *m_pin;
    QPushButton *m_deleteChosen;
    QPushButton *m_deleteMatching;
    QPushButton *m_flush;
    QLabel *m_empty;
    ListView *m_list;
    Section *m_section = nullptr;
};

} // namespace signalbox::ui
