// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/costs_chart.h"

#include "ui/charts/scales.h"
#include "ui/text/numbers.h"
#include "ui/theme/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace signalbox::ui {

namespace {

constexpr int kTicksMax = 5;
constexpr double kLeastUsd = 1e-6; ///< where a logarithmic axis begins at the lowest

double usdOf(Money amount)
{
    return static_cast<double>(amount.nanos()) / 1e9;
}

} // namespace

CostsChart::CostsChart(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("costs.chart"));
    setAccessibleName(tr("Cost per day"));
    setFont(themeFont(TypeRole::Caption));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void CostsChart::setView(View view)
{
    if (view.sheet.days != m_view.sheet.days) {
        m_at.reset();
    }
    m_view = std::move(view);
    update();
}

std::vector<Money> CostsChart::stackOf(int day) const
{
    const auto at = static_cast<std::size_t>(day);
    std::vector<Money> stack;
    for (const CostGroup &group : m_view.sheet.groups) {
        Money amount = group.days[at];
        for (std::size_t i = 0; m_view.cumulative && i < at; ++i) {
            amount += group.days[i];
        }
        stack.push_back(amount);
    }
    return stack;
}

QString CostsChart::wordsFor(int day) const
{
    const CostDay &shown = m_view.sheet.days[static_cast<std::size_t>(day)];
    const auto stack = stackOf(day);
    Money total;
    QStringList parts;
    for (std::size_t i = 0; i < stack.size(); ++i) {
        total += stack[i];
        if (stack[i] > Money()) {
            parts << QStringLiteral("%1 %2").arg(m_view.names[static_cast<qsizetype>(i)],
                                                 text::money(stack[i]));
        }
    }
    QString words = tr("%1: %2").arg(QLocale().toString(shown.date, QLocale::ShortFormat),
                                     text::money(total));
    if (shown.date == m_view.today) {
        words += tr(" so far");
    }
    return parts.isEmpty() ? words : words + QStringLiteral("\n") + parts.join(QLatin1Char('\n'));
}

double CostsChart::highest() const
{
    double most = m_view.budget && !m_view.cumulative ? usdOf(*m_view.budget) : 0;
    Money sum;
    for (const Money day : m_view.sheet.dayTotals) {
        sum = m_view.cumulative ? sum + day : day;
        most = std::max(most, usdOf(sum));
    }
    return most;
}

double CostsChart::lowest() const
{
    double least = highest();
    for (const Money day : m_view.sheet.dayTotals) {
        if (day > Money()) {
            least = std::min(least, usdOf(day));
        }
    }
    return std::max(least, kLeastUsd);
}

CostsChart::Axis CostsChart::axis() const
{
    Axis axis;
    const double most = std::max(highest(), kLeastUsd);
    const bool isEmpty = highest() <= 0;
    if (isEmpty) {
        axis.ticks = {0};
    } else if (m_view.logarithmic) {
        axis.bottom = std::pow(10, std::floor(std::log10(lowest())));
        axis.top = std::max(axis.bottom * 10, std::pow(10, std::ceil(std::log10(most))));
        for (double tick = axis.bottom; tick <= axis.top * 1.01; tick *= 10) {
            axis.ticks.push_back(tick);
        }
    } else {
        const double step = valueStep(most, kTicksMax);
        axis.top = std::ceil(most / step - 1e-9) * step;
        for (int i = 0; i * step <= axis.top * 1.001; ++i) {
            axis.ticks.push_back(i * step);
        }
    }
    int labels = 0;
    for (const double tick : axis.ticks) {
        labels = std::max(labels, fontMetrics().horizontalAdvance(text::money(tick)));
    }
    const int line = fontMetrics().height();
    axis.area = QRectF(labels + kGap,
                       line / 2.0 + 2,
                       width() - labels - kGap - kHalfGap,
                       height() - 2.5 * line - 2 - kHalfGap);
    return axis;
}

double CostsChart::yOf(const Axis &axis, double usd) const
{
    double share = usd / axis.top;
    if (m_view.logarithmic && axis.bottom > 0) {
        share = usd <= axis.bottom
                    ? 0
                    : std::log10(usd / axis.bottom) / std::log10(axis.top / axis.bottom);
    }
    return axis.area.bottom() - std::clamp(share, 0.0, 1.0) * axis.area.height();
}

std::optional<int> CostsChart::dayAt(double x) const
{
    const auto count = static_cast<int>(m_view.sheet.days.size());
    const QRectF area = axis().area;
    if (count == 0 || x < area.left() || x > area.right()) {
        return std::nullopt;
    }
    return std::min(count - 1, static_cast<int>((x - area.left()) / area.width() * count));
}

bool CostsChart::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        if (const auto day = dayAt(help->pos().x()); day) {
            QToolTip::showText(help->globalPos(), wordsFor(*day), this);
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QWidget::event(event);
}

void CostsChart::keyPressEvent(QKeyEvent *event)
{
    const auto last = static_cast<int>(m_view.sheet.days.size()) - 1;
    const bool walks = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
    if (walks && last >= 0) {
        const int by = event->key() == Qt::Key_Left ? -1 : 1;
        m_at = m_at ? std::clamp(*m_at + by, 0, last) : last;
        setAccessibleDescription(wordsFor(*m_at));
        const QRectF area = axis().area;
        const double x = area.left() + (*m_at + 0.5) * area.width() / (last + 1);
        QToolTip::showText(mapToGlobal(QPoint(static_cast<int>(x), static_cast<int>(area.top()))),
                           wordsFor(*m_at),
                           this);
        return update();
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_at) {
        Q_EMIT dayChosen(*m_at);
        return;
    }
    QWidget::keyPressEvent(event);
}

void CostsChart::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (const auto day = dayAt(event->position().x()); day) {
        Q_EMIT dayChosen(*day);
    }
}

} // namespace signalbox::ui
