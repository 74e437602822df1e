// SPDX-License-Identifier: GPL-3.0-or-later
// A change of the cache's settings: shown as lines of the configuration, then applied.
#pragma once

#include "ui/config_source.h"
#include "ui/widgets/card.h"

class QLabel;
class QPushButton;

namespace signalbox::ui {

class DiffView;
class NoticeBar;

/// Hidden until something is proposed. Nothing is overwritten: a configuration that somebody else
/// has changed meanwhile is shown anew.
class CacheChangeBar : public Card
{
    Q_OBJECT

public:
    /// \p config must outlive it.
    explicit CacheChangeBar(ConfigSource &config, QWidget *parent = nullptr);

    /// Shows what \p change does; \p title says it in words.
    void propose(const CacheChange &change, const QString &title);

Q_SIGNALS:
    /// It is in force.
    void applied();
    /// It was closed, one way or the other.
    void closed();

private:
    void review();
    void apply();
    void close();
    void onApplied(quint64 id, const ApplyOutcome &outcome);

    ConfigSource &m_config;
    CacheChange m_change;
    QString m_words;
    QString m_base; ///< the revision that is changed
    QString m_text; ///< what it becomes
    quint64 m_asked = 0; ///< 0: nothing is being applied
    QLabel *m_title;
    NoticeBar *m_problem;
    DiffView *m_diff;
    QPushButton *m_apply;
    QPushButton *m_cancel;
};

} // namespace signalbox::ui
