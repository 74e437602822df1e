// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/run_timeline.h"

#include "ui/models/timeline_text.h"
#include "ui/text/numbers.h"
#include "ui/theme/accessible_role.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kLane = 18;
constexpr int kCosts = 34;
constexpr int kLeft = 20; ///< the letters
constexpr int kRight = 64; ///< the costs
constexpr double kStepShare = 0.01; ///< of the scale, for an arrow key
constexpr double kLongStep = 10;

} // namespace

RunTimeline::RunTimeline(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleRole(this, QAccessible::Chart);
    setObjectName(u"playground.timeline"_s);
    setAccessibleName(tr("Timeline of the answers"));
    setFont(themeFont(TypeRole::Caption));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    hide();
}

void RunTimeline::setRuns(std::vector<PlaygroundRun> runs)
{
    const bool other = runs.size() != m_runs.size();
    m_runs = std::move(runs);
    double end = 0;
    for (const PlaygroundRun &run : m_runs) {
        end = std::max(end, endMsOf(run));
    }
    m_endMs = niceEnd(end);
    if (other) {
        updateGeometry();
    }
    setVisible(std::ranges::any_of(m_runs, [](const PlaygroundRun &run) {
        return run.state() != PlaygroundRun::State::Idle;
    }));
    describe();
    update();
}

QSize RunTimeline::sizeHint() const
{
    const int lines = 2 * (fontMetrics().height() + 2); // head and axis
    return {400, lines + static_cast<int>(m_runs.size()) * kLane + kCosts};
}

QSize RunTimeline::minimumSizeHint() const
{
    return {200, sizeHint().height()};
}

QRectF RunTimeline::lane(int column) const
{
    const double top = fontMetrics().height() + 2 + column * kLane;
    return {double(kLeft), top, width() - double(kLeft + kRight), double(kLane)};
}

QRectF RunTimeline::costs() const
{
    const QRectF below = lane(static_cast<int>(m_runs.size()));
    return {below.left(), below.top() + 4, below.width(), double(kCosts - 4)};
}

double RunTimeline::xOf(double ms) const
{
    return kLeft + ms / m_endMs * (width() - kLeft - kRight);
}

double RunTimeline::msAt(double x) const
{
    const double share = (x - kLeft) / std::max(1, width() - kLeft - kRight);
    return std::clamp(share, 0.0, 1.0) * m_endMs;
}

/// First tokens, the ends of silences, and ends, in order.
std::vector<double> RunTimeline::events() const
{
    std::vector<double> events;
    for (const PlaygroundRun &run : m_runs) {
        if (!run.track().isEmpty()) {
            events.push_back(run.track().points().first().ms);
        }
        for (const TrackStall &stall : run.track().stalls()) {
            events.push_back(stall.fromMs);
            events.push_back(stall.toMs);
        }
        if (endMsOf(run) > 0) {
            events.push_back(endMsOf(run));
        }
    }
    std::ranges::sort(events);
    return events;
}

/// What is at the chosen moment, or all in all.
QString RunTimeline::words() const
{
    QStringList words;
    for (std::size_t i = 0; i < m_runs.size(); ++i) {
        const auto column = static_cast<int>(i);
        if (m_runs[i].state() != PlaygroundRun::State::Idle) {
            words << (m_at ? instantText(column, m_runs[i], *m_at)
                           : trackSummary(column, m_runs[i]));
        }
    }
    return m_at ? tr("At %1: %2").arg(text::latency(*m_at), words.join(u" · "_s))
                : words.join(u"; "_s);
}

void RunTimeline::describe()
{
    if (const QString words = this->words(); words != accessibleDescription()) {
        setAccessibleDescription(words);
    }
}

void RunTimeline::choose(double ms)
{
    m_at = std::clamp(ms, 0.0, m_endMs);
    describe();
    update();
    Q_EMIT instantChosen(*m_at);
}

void RunTimeline::leave()
{
    m_held = false;
    if (!m_at) {
        return;
    }
    m_at.reset();
    describe();
    update();
    Q_EMIT instantLeft();
}

void RunTimeline::step(double by)
{
    m_held = true;
    choose(m_at.value_or(by > 0 ? 0 : m_endMs) + by * kStepShare * m_endMs);
}

void RunTimeline::jump(bool forward)
{
    m_held = true;
    const std::vector<double> events = this->events();
    const double from = m_at.value_or(forward ? -1 : m_endMs + 1);
    if (forward) {
        const auto next = std::ranges::upper_bound(events, from);
        choose(next == events.end() ? m_endMs : *next);
    } else {
        const auto next = std::ranges::lower_bound(events, from);
        choose(next == events.begin() ? 0 : *std::prev(next));
    }
}

void RunTimeline::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_held || event->buttons() & Qt::LeftButton) {
        choose(msAt(event->position().x()));
    }
}

void RunTimeline::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton) {
        m_held = true;
        choose(msAt(event->position().x()));
    }
}

void RunTimeline::leaveEvent(QEvent *)
{
    if (!m_held) {
        leave();
    }
}

void RunTimeline::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

void RunTimeline::keyPressEvent(QKeyEvent *event)
{
    const double times = event->modifiers() & Qt::ShiftModifier ? kLongStep : 1;
    switch (event->key()) {
    case Qt::Key_Left:
        return step(-times);
    case Qt::Key_Right:
        return step(times);
    case Qt::Key_Home:
    case Qt::Key_End:
        m_held = true;
        return choose(event->key() == Qt::Key_Home ? 0 : m_endMs);
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        return jump(event->key() == Qt::Key_PageDown);
    case Qt::Key_Escape:
        if (m_at) {
            return leave();
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

} // namespace signalbox::ui
