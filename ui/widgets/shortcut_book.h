// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of every action: as delivered, as the operator has them, and where two would be one.
#pragma once

#include <QAction>
#include <QHash>
#include <QKeySequence>
#include <QList>
#include <QObject>

class QSettings;

namespace signalbox::ui {

/// What differs from what was delivered is kept in \p settings, group `shortcuts`, by the action's
/// object name.
class ShortcutBook : public QObject
{
    Q_OBJECT

public:
    /// The keys that \p actions have are those delivered. \p settings may be null: nothing is kept.
    ShortcutBook(QList<QAction *> actions, QSettings *settings, QObject *parent = nullptr);

    [[nodiscard]] const QList<QAction *> &actions() const { return m_actions; }
    [[nodiscard]] bool isChanged(const QAction *action) const;
    [[nodiscard]] bool isAnyChanged() const;
    /// Why the action cannot have these keys, in a sentence; empty: it can.
    [[nodiscard]] QString whyNot(const QAction *action, const QKeySequence &keys) const;
    /// \pre whyNot() has nothing against it
    void set(QAction *action, const QKeySequence &keys);
    /// As delivered; what has those keys now loses them.
    void reset(QAction *action);
    void resetAll();

Q_SIGNALS:
    void changed();

private:
    void apply(QAction *action, const QKeySequence &keys);

    QList<QAction *> m_actions;
    QHash<const QAction *, QKeySequence> m_delivered;
    QSettings *m_settings;
};

/// An action's text without its ellipsis' and mnemonic's marks: `Pause Live View`.
[[nodiscard]] QString plainText(const QAction &action);

} // namespace signalbox::ui
