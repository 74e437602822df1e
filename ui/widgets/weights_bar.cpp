// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/weights_bar.h"

#include "ui/theme/accessible_role.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kReachPx = 7; ///< how far from a divider it can still be taken
constexpr int kSnap = 5;
constexpr int kLargeStep = 10;
constexpr int kBarTall = 46;
constexpr int kStripTall = 4;
constexpr int kEdgePx = 2; ///< room for the focus ring

quint64 nextGesture()
{
    static quint64 last = 0; // one for all bars: an undo step never joins edits of two
    return ++last;
}

} // namespace

WeightsBar::WeightsBar(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleRole(this, QAccessible::Slider);
    setObjectName(u"weightsBar"_s);
    setAccessibleName(tr("Weights"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void WeightsBar::setTargets(std::vector<BarTarget> targets)
{
    if (targets == m_targets) {
        return;
    }
    endDrag();
    m_targets = std::move(targets);
    m_shares.resize(m_targets.size());
    m_current = std::clamp(m_current, 0, std::max(0, static_cast<int>(m_targets.size()) - 2));
    m_hovered = -1;
    tell();
    update();
}

void WeightsBar::setShares(const Shares &shares)
{
    if (shares != m_shares && shares.size() == m_targets.size()) {
        m_shares = shares;
        tell();
        update();
    }
}

void WeightsBar::setStrips(std::vector<double> inForce, std::vector<double> measured)
{
    m_inForce = std::move(inForce);
    m_measured = std::move(measured);
    updateGeometry();
    update();
}

void WeightsBar::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    if (readOnly) {
        endDrag();
    }
    update();
}

int WeightsBar::divider() const
{
    return m_shares.size() < 2 ? -1 : m_current;
}

QSize WeightsBar::sizeHint() const
{
    const int strips = (m_inForce.empty() ? 0 : kStripTall + 3)
                       + (m_measured.empty() ? 0 : kStripTall + 3);
    return {480, kBarTall + 2 * kEdgePx + (strips == 0 ? 0 : strips + 2)};
}

QSize WeightsBar::minimumSizeHint() const
{
    return {160, sizeHint().height()};
}

QRectF WeightsBar::bar() const
{
    return QRectF(rect().adjusted(kEdgePx, kEdgePx, -kEdgePx, 0)).adjusted(0, 0, 0, 0)
           & QRectF(0, kEdgePx, width(), kBarTall);
}

/// The right end of segment \p divider.
double WeightsBar::edgeOf(int divider) const
{
    int sum = 0;
    for (int i = 0; i <= divider; ++i) {
        sum += m_shares[static_cast<std::size_t>(i)].weight;
    }
    return bar().left() + bar().width() * sum / kWholeWeight;
}

QPoint WeightsBar::dividerAt(int divider) const
{
    return QPointF(edgeOf(divider), bar().center().y()).toPoint();
}

QRectF WeightsBar::segment(std::size_t index) const
{
    const double left = index == 0 ? bar().left() : edgeOf(static_cast<int>(index) - 1);
    return {left, bar().top(), edgeOf(static_cast<int>(index)) - left, bar().height()};
}

/// Those nearest to \p where and near enough: more than one where a weight between them is 0.
std::vector<int> WeightsBar::dividersAt(QPoint where) const
{
    std::vector<int> found;
    double nearest = kReachPx;
    if (!bar().adjusted(-kReachPx, 0, kReachPx, 0).contains(where) || isFallbackOnly(m_shares)) {
        return found;
    }
    for (int i = 0; i + 1 < static_cast<int>(m_shares.size()); ++i) {
        const double away = std::abs(edgeOf(i) - where.x());
        if (away < nearest - 0.5) {
            nearest = away;
            found.clear();
        }
        if (away < nearest + 0.5) {
            found.push_back(i);
        }
    }
    return found;
}

void WeightsBar::mousePressEvent(QMouseEvent *event)
{
    const std::vector<int> dividers = dividersAt(event->pos());
    if (event->button() != Qt::LeftButton || m_readOnly || dividers.empty()) {
        return QWidget::mousePressEvent(event);
    }
    choose(dividers.front());
    m_drag = Drag{.start = m_shares,
                  .x = event->pos().x(),
                  .dividers = dividers,
                  .gesture = nextGesture()};
    showPreview();
    update();
}

void WeightsBar::mouseMoveEvent(QMouseEvent *event)
{
    if (m_drag) {
        return drag(event->pos().x(), event->modifiers().testFlag(Qt::ControlModifier));
    }
    const std::vector<int> dividers = dividersAt(event->pos());
    const int hovered = dividers.empty() || m_readOnly ? -1 : dividers.front();
    if (hovered != m_hovered) {
        m_hovered = hovered;
        const Reach reach = hovered < 0 ? Reach{}
                                        : reachOf(m_shares, static_cast<std::size_t>(hovered));
        const bool stuck = reach.left + reach.right == 0 && dividers.size() < 2;
        setCursor(hovered < 0 ? Qt::ArrowCursor : stuck ? Qt::ForbiddenCursor : Qt::SplitHCursor);
        update();
    }
}

/// Always from where it began: coming back undoes what went too far.
void WeightsBar::drag(int x, bool snap)
{
    const int by = static_cast<int>(std::lround((x - m_drag->x) * kWholeWeight / bar().width()));
    if (by != 0 && m_drag->dividers.size() > 1) {
        const auto able = [&](int divider) {
            const Reach reach = reachOf(m_drag->start, static_cast<std::size_t>(divider));
            return by < 0 ? reach.left > 0 : reach.right > 0;
        };
        const auto found = std::ranges::find_if(m_drag->dividers, able);
        m_drag->dividers = {found == m_drag->dividers.end() ? m_drag->dividers.front() : *found};
        choose(m_drag->dividers.front());
    }
    Shares shares = m_drag->start;
    const int divider = m_drag->dividers.front();
    moveDivider(shares,
                static_cast<std::size_t>(divider),
                snap ? snapped(m_drag->start, divider, by) : by);
    change(shares, m_drag->gesture);
    showPreview();
}

/// \p by, changed so that the divider stands at a multiple of 5 %.
int WeightsBar::snapped(const Shares &from, int divider, int by) const
{
    int at = 0;
    for (int i = 0; i <= divider; ++i) {
        at += from[static_cast<std::size_t>(i)].weight;
    }
    return static_cast<int>(std::lround(static_cast<double>(at + by) / kSnap)) * kSnap - at;
}

void WeightsBar::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton) {
        endDrag();
    }
    QWidget::mouseReleaseEvent(event);
}

void WeightsBar::endDrag()
{
    m_drag.reset();
    delete m_preview;
    update();
}

void WeightsBar::leaveEvent(QEvent *event)
{
    m_hovered = -1;
    update();
    QWidget::leaveEvent(event);
}

void WeightsBar::keyPressEvent(QKeyEvent *event)
{
    const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
    const bool snap = event->modifiers().testFlag(Qt::ControlModifier);
    const int step = shift ? kLargeStep : 1;
    if (event->key() == Qt::Key_Escape && m_drag) {
        const Drag drag = *m_drag;
        change(drag.start, drag.gesture);
        return endDrag();
    }
    if (divider() < 0 || event->modifiers().testFlag(Qt::AltModifier)) {
        return QWidget::keyPressEvent(event);
    }
    const auto snapTo = [&](int by) {
        const int to = snapped(m_shares, m_current, by);
        return to * by > 0 ? to : to + by;
    };
    switch (event->key()) {
    case Qt::Key_Up:
        return choose(m_current - 1);
    case Qt::Key_Down:
        return choose(m_current + 1);
    case Qt::Key_Left:
        return moveBy(snap ? snapTo(-kSnap) : -step, event->isAutoRepeat());
    case Qt::Key_Right:
        return moveBy(snap ? snapTo(kSnap) : step, event->isAutoRepeat());
    case Qt::Key_Home:
        return moveBy(-kWholeWeight, false);
    case Qt::Key_End:
        return moveBy(kWholeWeight, false);
    default:
        QWidget::keyPressEvent(event);
    }
}

void WeightsBar::choose(int divider)
{
    m_current = std::clamp(divider, 0, std::max(0, static_cast<int>(m_shares.size()) - 2));
    tell();
    update();
}

void WeightsBar::moveBy(int by, bool repeated)
{
    if (m_readOnly) {
        return;
    }
    m_gesture = repeated && m_gesture != 0 ? m_gesture : nextGesture();
    Shares shares = m_shares;
    moveDivider(shares, static_cast<std::size_t>(m_current), by);
    change(shares, m_gesture);
}

void WeightsBar::change(const Shares &shares, quint64 gesture)
{
    if (shares != m_shares) {
        setShares(shares);
        Q_EMIT edited(shares, gesture);
    }
}

int WeightsBar::value() const
{
    return divider() < 0 ? 0 : m_shares[static_cast<std::size_t>(m_current)].weight;
}

void WeightsBar::setValue(int value)
{
    if (divider() >= 0) {
        moveBy(value - this->value(), false);
    }
}

int WeightsBar::minimum() const
{
    return divider() < 0 ? 0
                         : value() - reachOf(m_shares, static_cast<std::size_t>(m_current)).left;
}

int WeightsBar::maximum() const
{
    return divider() < 0 ? 0
                         : value() + reachOf(m_shares, static_cast<std::size_t>(m_current)).right;
}

/// `OpenAI gpt-4.1 53 % · Anthropic claude-haiku-4-5 27 %`
QString WeightsBar::pairText(int divider) const
{
    const auto one = [this](std::size_t index) {
        return tr("%1 %2 %3 %")
            .arg(m_targets[index].provider, m_targets[index].name)
            .arg(m_shares[index].weight);
    };
    const auto left = static_cast<std::size_t>(divider);
    return one(left) + u" · "_s + one(left + 1);
}

void WeightsBar::tell()
{
    if (divider() < 0) {
        return setAccessibleDescription({});
    }
    const auto left = static_cast<std::size_t>(m_current);
    QString words = pairText(m_current);
    if (m_shares[left].locked || m_shares[left + 1].locked) {
        words += u", "_s + tr("locked");
    }
    setAccessibleDescription(words);
    QAccessibleValueChangeEvent changed(this, value());
    QAccessible::updateAccessibility(&changed);
}

void WeightsBar::showPreview()
{
    if (m_preview == nullptr) {
        m_preview = new QLabel(window());
        m_preview->setObjectName(u"weightsPreview"_s);
        m_preview->setAttribute(Qt::WA_TransparentForMouseEvents);
        m_preview->setAutoFillBackground(true);
        m_preview->setContentsMargins(kGap, kHalfGap, kGap, kHalfGap);
        m_preview->setFont(themeFont(TypeRole::Strong));
        const Theme &theme = Theme::of(this);
        QPalette palette = m_preview->palette();
        palette.setColor(QPalette::Window, theme.text);
        palette.setColor(QPalette::WindowText, theme.card);
        m_preview->setPalette(palette);
    }
    m_preview->setText(pairText(m_current));
    m_preview->adjustSize();
    const QPoint at = mapTo(window(), dividerAt(m_current));
    const int left = std::clamp(at.x() - m_preview->width() / 2,
                                kGap,
                                std::max(kGap, window()->width() - m_preview->width() - kGap));
    const int top = mapTo(window(), QPoint()).y() - m_preview->height() - kHalfGap;
    m_preview->move(left, std::max(0, top));
    m_preview->show();
    m_preview->raise();
}

bool WeightsBar::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const QPoint at = static_cast<QHelpEvent *>(event)->pos();
        QString tip;
        for (std::size_t i = 0; i < m_shares.size(); ++i) {
            if (segment(i).contains(at)) {
                tip = tr("%1 %2: %3 %")
                          .arg(m_targets[i].provider, m_targets[i].name)
                          .arg(m_shares[i].weight);
            }
        }
        QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), tip, this);
        return true;
    }
    if (event->type() == QEvent::ShortcutOverride && m_drag
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

} // namespace signalbox::ui
