// SPDX-License-Identifier: GPL-3.0-or-later
// A change of some settings: shown as lines of the configuration, then applied.
#pragma once

#include "ui/config_source.h"
#include "ui/widgets/card.h"

#include <functional>

class QLabel;
class QPushButton;

namespace signalbox::ui {

class DiffView;
class NoticeBar;

/// Hidden until something is proposed. Nothing is overwritten: a configuration that somebody else
/// has changed meanwhile is shown anew.
class ConfigChangeBar : public Card
{
    Q_OBJECT

public:
    /// The text that is to be of another, or why it cannot be.
    using Edit = std::function<EditedConfig(const QString &text)>;

    /// \p config must outlive it. The names of the bar and its parts begin with \p name.
    ConfigChangeBar(const QString &name, ConfigSource &config, QWidget *parent = nullptr);

    /// Shows what \p edit does; \p title says it in words.
    void propose(Edit edit, const QString &title);

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
    Edit m_edit;
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
