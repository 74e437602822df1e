// SPDX-License-Identifier: GPL-3.0-or-later
// A button that shows keys and, pressed, takes others.
#pragma once

#include <QKeySequence>
#include <QPushButton>

namespace signalbox::ui {

/// While it listens the next combination is taken: Esc gives up, Backspace takes the keys away,
/// Tab leaves as everywhere.
class KeyButton : public QPushButton
{
    Q_OBJECT

public:
    explicit KeyButton(QWidget *parent = nullptr);

    void setKeys(const QKeySequence &keys);
    [[nodiscard]] bool isListening() const { return m_listening; }

Q_SIGNALS:
    void keysTyped(const QKeySequence &keys);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void listen(bool on);
    void refresh();

    QKeySequence m_keys;
    bool m_listening = false;
};

} // namespace signalbox::ui
