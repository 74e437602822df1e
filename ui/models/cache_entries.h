// SPDX-License-Identifier: GPL-3.0-or-later
// The answers that the cache keeps as a table, read page by page as somebody scrolls down.
#pragma once

#include "ui/cache_source.h"

#include <QAbstractTableModel>
#include <QSet>

namespace signalbox::ui {

/// What is read stands still until it is looked for anew. Entries that are about to be deleted are
/// hidden, so that whoever thinks better of it has them back where they were.
class CacheEntries : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Question,
        Route,
        Client,
        Target,
        Made,
        Used,
        Expires,
        Hits,
        Saved,
        Size,
        ColumnCount
    };
    enum class State {
        Idle, ///< nothing was looked for
        Reading, ///< the next page is on its way
        More, ///< further ones can be read
        All, ///< these are all that there are
        Full, ///< there are more than kRowsMax: the filter has to be narrowed
        Failed, ///< problem() says why
    };

    static constexpr int kPageRows = 200;
    static constexpr int kRowsMax = 20'000;

    using QAbstractTableModel::QAbstractTableModel;

    /// \p source must outlive the model.
    void setSource(CacheSource &source) { m_source = &source; }
    /// What ages and times are told by.
    void setNow(SystemTime now) { m_now = now; }
    /// Reads the first page of what \p filter finds; what is here stays until that has come. Its
    /// limit and offset do not count.
    void look(CacheQuery query);
    /// Forgets what is here.
    void clear();
    [[nodiscard]] const CacheQuery &query() const { return m_query; }
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const QString &problem() const { return m_problem; }
    /// How many the filter finds.
    [[nodiscard]] std::size_t matching() const { return m_matching; }

    /// \pre there is such a row
    [[nodiscard]] const CacheEntry &entryAt(int row) const;
    void hide(const QSet<QString> &ids);
    void setPinned(const QString &id, bool pinned);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section,
                                      Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void stateChanged();
    /// Each page brings the whole cache's present with it.
    void viewArrived(const signalbox::CacheView &view);

private:
    void ask(std::size_t offset);
    void take(const CacheAnswer<CacheView> &answer, std::size_t offset);
    void append(const std::vector<CacheEntry> &entries);
    void arrange();
    void become(State state, const QString &problem = {});
    [[nodiscard]] QString textOf(const CacheEntry &entry, int column) const;
    [[nodiscard]] QString tipOf(const CacheEntry &entry, int column) const;

    CacheSource *m_source = nullptr;
    CacheQuery m_query;
    State m_state = State::Idle;
    QString m_problem;
    SystemTime m_now{};
    std::size_t m_matching = 0;
    std::size_t m_read = 0; ///< of those that match; where the next page begins
    std::vector<CacheEntry> m_entries;
    std::vector<std::size_t> m_shown; ///< of m_entries, in order
    QSet<QString> m_hidden;
    Asked m_asked;
};

} // namespace signalbox::ui
