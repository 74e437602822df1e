// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/threshold_chart.h"

#include "ui/models/cache_text.h"
#include "ui/text/numbers.h"
#include "ui/theme/accessible_role.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr double kLongStep = 0.05;

} // namespace

ThresholdChart::ThresholdChart(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleRole(this, QAccessible::Slider);
    setObjectName(u"cache.thresholdChart"_s);
    setAccessibleName(tr("Threshold to try"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setCursor(Qt::SplitHCursor);
}

double ThresholdChart::lowest() const
{
    return m_evaluation.thresholds.empty() ? 0 : m_evaluation.thresholds.front().threshold;
}

double ThresholdChart::highest() const
{
    return m_evaluation.thresholds.empty() ? 1 : m_evaluation.thresholds.back().threshold;
}

void ThresholdChart::setEvaluation(CacheEvaluation evaluation)
{
    m_evaluation = std::move(evaluation);
    m_tried = std::clamp(m_tried, lowest(), highest());
    describe();
    update();
}

void ThresholdChart::setPresent(double current, std::vector<double> likenesses)
{
    m_current = current;
    m_likenesses = std::move(likenesses);
    update();
}

void ThresholdChart::setTried(double threshold)
{
    m_tried = std::clamp(threshold, lowest(), highest());
    describe();
    update();
}

const CacheThreshold *ThresholdChart::measured() const
{
    const auto &all = m_evaluation.thresholds;
    const auto nearest = std::ranges::min_element(all, {}, [this](const CacheThreshold &each) {
        return std::abs(each.threshold - m_tried);
    });
    return nearest == all.end() ? nullptr : &*nearest;
}

void ThresholdChart::describe()
{
    const CacheThreshold *here = measured();
    setAccessibleDescription(
        here == nullptr ? tr("Nothing was evaluated yet.")
                        : tr("%1: precision %2, recall %3, false hits %4, without vetoes %5")
                              .arg(likenessText(m_tried),
                                   text::percent(here->precision),
                                   text::percent(here->recall),
                                   text::percent(here->falseHits),
                                   text::percent(here->falseHitsUnvetoed)));
}

void ThresholdChart::move(double threshold)
{
    const double before = m_tried;
    setTried(std::round(threshold / kStep) * kStep);
    if (m_tried != before) {
        Q_EMIT triedChanged(m_tried);
    }
}

void ThresholdChart::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton) {
        move(thresholdAt(event->position().x()));
    }
}

void ThresholdChart::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons().testFlag(Qt::LeftButton)) {
        move(thresholdAt(event->position().x()));
    }
}

void ThresholdChart::keyPressEvent(QKeyEvent *event)
{
    const double step = event->modifiers().testFlag(Qt::ShiftModifier) ? kLongStep : kStep;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Down:
        return move(m_tried - step);
    case Qt::Key_Right:
    case Qt::Key_Up:
        return move(m_tried + step);
    case Qt::Key_Home:
        return move(lowest());
    case Qt::Key_End:
        return move(highest());
    default:
        return QWidget::keyPressEvent(event);
    }
}

QRectF ThresholdChart::plot() const
{
    const QFontMetricsF metrics(themeFont(TypeRole::Caption));
    const double left = metrics.horizontalAdvance(u"100 %"_s) + kGap;
    const double top = 3 * metrics.height() + kGap; // legend, then what the marks say
    const double bottom = metrics.height() + kMissesHeight + kGap;
    return QRectF(rect()).adjusted(left, top, -kWide, -bottom);
}

double ThresholdChart::xOf(double threshold) const
{
    const double span = std::max(highest() - lowest(), kStep);
    return plot().left() + (threshold - lowest()) / span * plot().width();
}

double ThresholdChart::thresholdAt(double x) const
{
    return lowest() + (x - plot().left()) / plot().width() * (highest() - lowest());
}

} // namespace signalbox::ui
