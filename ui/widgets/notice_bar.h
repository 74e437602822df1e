// SPDX-License-Identifier: GPL-3.0-or-later
// A line above the page that says something and may offer one thing to do.
#pragma once

#include <QTimer>
#include <QWidget>

#include <functional>

class QLabel;
class QPushButton;

namespace signalbox::ui {

class NoticeBar : public QWidget
{
    Q_OBJECT

public:
    enum class Tone {
        Info,
        Warning,
        Bad
    };

    explicit NoticeBar(const QString &name, QWidget *parent = nullptr);

    /// Without \p verb there is no button. \p forMs 0: until hidden.
    void say(Tone tone,
             const QString &text,
             const QString &verb = {},
             std::function<void()> action = {},
             int forMs = 0);
    /// Says what was done and offers to undo it.
    void offerUndo(const QString &text, std::function<void()> undo, int forMs);
    [[nodiscard]] bool offersUndo() const { return m_undoable && !isHidden(); }
    /// Presses its button.
    void press();
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    /// It was shown, hidden, or says something else.
    void changed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    Tone m_tone = Tone::Info;
    QLabel *m_text;
    QPushButton *m_button;
    std::function<void()> m_action;
    QTimer m_timer;
    bool m_undoable = false;
};

} // namespace signalbox::ui
