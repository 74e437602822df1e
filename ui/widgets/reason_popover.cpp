// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/reason_popover.h"

#include "ui/theme/console_style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/reason_form.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kWidth = 320;
constexpr int kShadow = 6;

} // namespace

ReasonPopover::ReasonPopover(QWidget *window)
    : QWidget(window)
    , m_title(new QLabel(this))
    , m_form(new ReasonForm(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_submit(new QPushButton(this))
{
    setObjectName(u"reasonPopover"_s);
    m_title->setFont(themeFont(TypeRole::Strong));
    m_title->setWordWrap(true);
    m_submit->setObjectName(u"submit"_s);
    m_submit->setProperty(kDressProperty, u"primary"_s);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(kGap);
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_submit);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kWide + kShadow, kPad + kShadow, kWide + kShadow, kPad + kShadow);
    column->setSpacing(kPad);
    column->addWidget(m_title);
    column->addWidget(m_form);
    column->addLayout(buttons);
    setTabOrder(m_form, m_cancel);
    setTabOrder(m_cancel, m_submit);
    connect(m_cancel, &QPushButton::clicked, this, &ReasonPopover::dismiss);
    connect(m_submit, &QPushButton::clicked, this, &ReasonPopover::submit);
    connect(m_form, &ReasonForm::submitted, this, &ReasonPopover::submit);
    connect(m_form, &ReasonForm::reasonChanged, this, [this] {
        m_submit->setEnabled(!m_form->reason().isEmpty());
    });
    hide();
}

void ReasonPopover::ask(const QString &title, const QString &verb, QWidget *anchor, Answer answer)
{
    m_answer = std::move(answer);
    m_anchor = anchor;
    m_title->setText(title);
    setAccessibleName(title);
    m_submit->setText(verb);
    m_submit->setEnabled(false);
    m_form->clear();
    place(anchor);
    show();
    raise();
    m_form->setFocus(Qt::PopupFocusReason);
    qApp->installEventFilter(this);
}

void ReasonPopover::place(const QWidget *anchor)
{
    setFixedWidth(kWidth + 2 * kShadow);
    layout()->activate();
    adjustSize();
    const QRect bounds = parentWidget()->rect().adjusted(kGap, kGap, -kGap, -kGap);
    const QPoint below = anchor->mapTo(parentWidget(), QPoint(anchor->width(), anchor->height()));
    QRect box(QPoint(below.x() - width() + kShadow, below.y() - kShadow + kHalfGap), size());
    if (box.bottom() > bounds.bottom()) {
        box.moveBottom(below.y() - anchor->height() + kShadow - kHalfGap);
    }
    box.moveLeft(std::clamp(box.left(),
                            bounds.left(),
                            std::max(bounds.left(), bounds.right() - box.width())));
    box.moveTop(std::clamp(box.top(),
                           bounds.top(),
                           std::max(bounds.top(), bounds.bottom() - box.height())));
    move(box.topLeft());
}

void ReasonPopover::submit()
{
    if (m_form->reason().isEmpty()) {
        return;
    }
    const Answer answer = std::exchange(m_answer, {});
    const QString reason = m_form->reason();
    const std::optional<Seconds> duration = m_form->duration();
    dismiss();
    if (answer) {
        answer(reason, duration);
    }
}

void ReasonPopover::dismiss()
{
    qApp->removeEventFilter(this);
    m_answer = {};
    hide();
    if (m_anchor != nullptr) {
        m_anchor->setFocus(Qt::PopupFocusReason);
    }
}

void ReasonPopover::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        return dismiss();
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        return submit();
    }
    QWidget::keyPressEvent(event);
}

bool ReasonPopover::eventFilter(QObject *watched, QEvent *event)
{
    const auto *widget = qobject_cast<QWidget *>(watched);
    if (event->type() == QEvent::MouseButtonPress && widget != nullptr
        && widget->window() == window() && widget != this && !isAncestorOf(widget)) {
        dismiss();
    }
    return QWidget::eventFilter(watched, event);
}

void ReasonPopover::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (int ring = kShadow; ring > 0; --ring) {
        painter.setBrush(QColor(0, 0, 0, theme.dark ? 26 : 9));
        const double inset = kShadow - ring;
        painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset + 1, -inset, -inset + 1),
                                10,
                                10);
    }
    painter.setPen(theme.borderStrong);
    painter.setBrush(theme.card);
    const double inset = kShadow - 0.5;
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset),
                            kRadius,
                            kRadius);
}

} // namespace signalbox::ui
