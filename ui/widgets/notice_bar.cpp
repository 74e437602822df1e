// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/notice_bar.h"

#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

NoticeBar::NoticeBar(const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_button(new QPushButton(this))
{
    setObjectName(name);
    m_button->setObjectName(u"action"_s);
    m_text->setWordWrap(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(kWide + kHalfGap, 6, kPad, 6);
    row->setSpacing(kPad);
    row->addWidget(m_text, 1);
    row->addWidget(m_button);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &QWidget::hide);
    connect(m_button, &QPushButton::clicked, this, &NoticeBar::press);
    hide();
}

void NoticeBar::press()
{
    const std::function<void()> action = m_action;
    hide();
    if (action) {
        action();
    }
}

void NoticeBar::offerUndo(const QString &text, std::function<void()> undo, int forMs)
{
    say(Tone::Info, text, tr("Undo"), std::move(undo), forMs);
    m_undoable = true;
    Q_EMIT changed();
}

void NoticeBar::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    Q_EMIT changed();
}

void NoticeBar::say(
    Tone tone, const QString &text, const QString &verb, std::function<void()> action, int forMs)
{
    m_tone = tone;
    m_action = std::move(action);
    m_text->setText(text);
    m_button->setText(verb);
    m_button->setVisible(!verb.isEmpty());
    setAccessibleName(text);
    m_timer.stop();
    if (forMs > 0) {
        m_timer.start(forMs);
    }
    m_undoable = false;
    show();
    update();
    Q_EMIT changed();
}

QString NoticeBar::text() const
{
    return isHidden() ? QString() : m_text->text();
}

void NoticeBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    const QColor ground = m_tone == Tone::Info      ? theme.accentSoft
                          : m_tone == Tone::Warning ? theme.halfOpenSoft
                                                    : theme.openSoft;
    const QColor edge = m_tone == Tone::Info      ? theme.accent
                        : m_tone == Tone::Warning ? theme.halfOpen
                                                  : theme.open;
    QPainter painter(this);
    painter.fillRect(rect(), ground);
    painter.fillRect(QRect(0, 0, 4, height()), edge);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.border);
}

} // namespace signalbox::ui
