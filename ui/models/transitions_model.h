// SPDX-License-Identifier: GPL-3.0-or-later
// The breakers' changes as a table, newest on top.
#pragma once

#include "ui/models/failure_words.h"

#include "core/telemetry/snapshot.h"

#include <QAbstractTableModel>

#include <vector>

namespace signalbox::ui {

/// The rule that a change met, its counts, and what the provider said, where that is known:
/// `3 in a row: server error ×3 in 4 s; it said “overloaded”`.
QString causeWithWords(const telemetry::BreakerTransition &change, const FailureWords *words);

class TransitionsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Time,
        Target,
        Change,
        Cause,
        ColumnCount
    };

    /// \p words, which must outlive it, are looked up with every cause; null: none are known.
    explicit TransitionsModel(const FailureWords *words = nullptr, QObject *parent = nullptr)
        : QAbstractTableModel(parent)
        , m_words(words)
    {}

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section,
                                      Qt::Orientation orientation,
                                      int role) const override;

    [[nodiscard]] const TargetId &targetAt(int row) const
    {
        return m_transitions[static_cast<std::size_t>(row)].target;
    }

    [[nodiscard]] SystemTime timeAt(int row) const
    {
        return m_transitions[static_cast<std::size_t>(row)].at;
    }

    /// Takes \p transitions (newest last) over: new ones are inserted, forgotten ones removed, so
    /// that selection and scroll position stay.
    void merge(const std::vector<telemetry::BreakerTransition> &transitions);

private:
    [[nodiscard]] QString causeOf(const telemetry::BreakerTransition &change) const;
    void noteWords();

    const FailureWords *m_words;
    std::uint64_t m_wordsRevision = 0;
    std::vector<telemetry::BreakerTransition> m_transitions; ///< newest first
};

} // namespace signalbox::ui
