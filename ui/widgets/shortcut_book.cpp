// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/shortcut_book.h"

#include <QSettings>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

QString settingOf(const QAction &action)
{
    return u"shortcuts/"_s + action.objectName();
}

/// Letters alone would be taken from whoever types; the keys of lists and charts from those.
bool isTyping(const QKeySequence &keys)
{
    const QKeyCombination combination = keys[0];
    const bool function = combination.key() >= Qt::Key_F1 && combination.key() <= Qt::Key_F35;
    const auto plain = combination.keyboardModifiers() & ~Qt::ShiftModifier;
    return !function && plain == Qt::NoModifier;
}

} // namespace

QString plainText(const QAction &action)
{
    return action.text().remove(u'&').remove(u'…');
}

ShortcutBook::ShortcutBook(QList<QAction *> actions, QSettings *settings, QObject *parent)
    : QObject(parent)
    , m_actions(std::move(actions))
    , m_settings(settings)
{
    for (const QAction *action : std::as_const(m_actions)) {
        m_delivered.insert(action, action->shortcut());
    }
    for (QAction *action : std::as_const(m_actions)) {
        const QString setting = settingOf(*action);
        if (m_settings == nullptr || !m_settings->contains(setting)) {
            continue;
        }
        const auto keys = QKeySequence::fromString(m_settings->value(setting).toString(),
                                                   QKeySequence::PortableText);
        if (whyNot(action, keys).isEmpty()) { // else another version has given them away
            action->setShortcut(keys);
        }
    }
}

bool ShortcutBook::isChanged(const QAction *action) const
{
    return action->shortcut() != m_delivered.value(action);
}

bool ShortcutBook::isAnyChanged() const
{
    return std::ranges::any_of(m_actions, [this](const auto *action) { return isChanged(action); });
}

QString ShortcutBook::whyNot(const QAction *action, const QKeySequence &keys) const
{
    if (keys.isEmpty()) {
        return {};
    }
    const QString words = keys.toString(QKeySequence::NativeText);
    if (keys.count() > 1 || isTyping(keys)) {
        return tr("%1 is needed for typing: add Ctrl or Alt.").arg(words);
    }
    const auto has = [&](const QAction *other) {
        return other != action && other->shortcut() == keys;
    };
    const auto other = std::ranges::find_if(m_actions, has);
    return other == m_actions.end() ? QString()
                                    : tr("%1 belongs to “%2”.").arg(words, plainText(**other));
}

void ShortcutBook::apply(QAction *action, const QKeySequence &keys)
{
    action->setShortcut(keys);
    if (m_settings == nullptr) {
        return;
    }
    if (isChanged(action)) {
        m_settings->setValue(settingOf(*action), keys.toString(QKeySequence::PortableText));
    } else {
        m_settings->remove(settingOf(*action));
    }
}

void ShortcutBook::set(QAction *action, const QKeySequence &keys)
{
    apply(action, keys);
    Q_EMIT changed();
}

void ShortcutBook::reset(QAction *action)
{
    const QKeySequence keys = m_delivered.value(action);
    for (QAction *other : std::as_const(m_actions)) {
        if (other != action && !keys.isEmpty() && other->shortcut() == keys) {
            apply(other, {});
        }
    }
    apply(action, keys);
    Q_EMIT changed();
}

void ShortcutBook::resetAll()
{
    for (QAction *action : std::as_const(m_actions)) {
        apply(action, m_delivered.value(action));
    }
    Q_EMIT changed();
}

} // namespace signalbox::ui
