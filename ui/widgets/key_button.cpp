// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/key_button.h"

#include <QKeyEvent>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

bool isModifier(int key)
{
    return key == Qt::Key_Control || key == Qt::Key_Shift || key == Qt::Key_Alt
           || key == Qt::Key_Meta || key == Qt::Key_AltGr || key == 0 || key == Qt::Key_unknown;
}

} // namespace

KeyButton::KeyButton(QWidget *parent)
    : QPushButton(parent)
{
    connect(this, &QPushButton::clicked, this, [this] { listen(true); });
    refresh();
}

void KeyButton::setKeys(const QKeySequence &keys)
{
    m_keys = keys;
    refresh();
}

void KeyButton::listen(bool on)
{
    m_listening = on;
    refresh();
}

void KeyButton::refresh()
{
    const QString keys = m_keys.toString(QKeySequence::NativeText);
    setText(m_listening ? tr("Press keys…") : keys.isEmpty() ? u"–"_s : keys);
}

/// What would trigger an action is typed here instead.
bool KeyButton::event(QEvent *event)
{
    if (m_listening && event->type() == QEvent::ShortcutOverride) {
        event->accept();
        return true;
    }
    return QPushButton::event(event);
}

void KeyButton::keyPressEvent(QKeyEvent *event)
{
    if (!m_listening) {
        return QPushButton::keyPressEvent(event);
    }
    if (isModifier(event->key())) {
        return;
    }
    listen(false);
    if (event->key() == Qt::Key_Escape) {
        return;
    }
    if (event->key() == Qt::Key_Backspace && event->modifiers() == Qt::NoModifier) {
        Q_EMIT keysTyped({});
        return;
    }
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier & ~Qt::GroupSwitchModifier;
    Q_EMIT keysTyped(QKeySequence(QKeyCombination(modifiers, static_cast<Qt::Key>(event->key()))));
}

void KeyButton::focusOutEvent(QFocusEvent *event)
{
    listen(false);
    QPushButton::focusOutEvent(event);
}

} // namespace signalbox::ui
