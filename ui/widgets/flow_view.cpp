// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/flow_view.h"

#include "ui/text/numbers.h"
#include "ui/theme/accessible_role.h"
#include "ui/theme/theme.h"
#include "ui/widgets/tag_chip.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr double kHead = 34;
constexpr double kRouteBar = 6;
constexpr double kGlyph = 14;
constexpr double kThinnest = 2; ///< a band that carries next to nothing can still be seen

double lineHeight(TypeRole role)
{
    return std::ceil(QFontMetricsF(themeFont(role)).height());
}

double rowHeight()
{
    return lineHeight(TypeRole::Body) + kGap;
}

} // namespace

FlowView::FlowView(QWidget *parent)
    : Card(parent)
{
    setAccessibleRole(this, QAccessible::Chart);
    setObjectName(u"flow"_s);
    setAccessibleName(tr("Live flow"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    followFocusOf(this);
    hide();
}

void FlowView::setFlow(Flow flow)
{
    const bool resized = flow.targets.size() != m_flow.targets.size()
                         || flow.routes.size() != m_flow.routes.size();
    m_flow = std::move(flow);
    if (m_current >= static_cast<int>(m_flow.bands.size())) {
        m_current = -1;
    }
    setVisible(!m_flow.routes.empty());
    QStringList all;
    for (const FlowBand &band : m_flow.bands) {
        all << bandText(m_flow, band);
    }
    if (m_current < 0) {
        setAccessibleDescription(all.join(u'\n'));
    }
    if (resized) {
        updateGeometry();
    }
    update();
}

void FlowView::setVeil(const QString &words)
{
    m_veil = words;
    setAccessibleName(words.isEmpty() ? tr("Live flow") : tr("Live flow, %1").arg(words));
    update();
}

QSize FlowView::sizeHint() const
{
    const auto rows = static_cast<double>(
        std::max(m_flow.targets.size(), m_flow.routes.size() * 2));
    return {600, static_cast<int>(kHead + rows * rowHeight()) + kPad};
}

QRectF FlowView::targetRow(std::size_t target) const
{
    const double left = width() * 0.52;
    return {left,
            kHead + static_cast<double>(target) * rowHeight(),
            width() - left - kPad,
            rowHeight()};
}

/// Pixels for one request per second: the busiest route fits its box.
double FlowView::scale() const
{
    double most = 0.001;
    for (const FlowRoute &route : m_flow.routes) {
        most = std::max(most, route.perSecond);
    }
    const double room = (height() - kHead - kPad) / static_cast<double>(m_flow.routes.size());
    return std::min((room - kGap) / most, (rowHeight() * 1.6) / most);
}

QRectF FlowView::routeBox(std::size_t route) const
{
    const double room = (height() - kHead - kPad) / static_cast<double>(m_flow.routes.size());
    const double tall = std::max(kThinnest, m_flow.routes[route].perSecond * scale());
    const double top = kHead + static_cast<double>(route) * room + (room - tall) / 2;
    return {width() * 0.13, top, kRouteBar, tall};
}

std::vector<FlowView::Shape> FlowView::shapes() const
{
    std::vector<double> used(m_flow.routes.size(), 0);
    std::vector<double> taken(m_flow.targets.size(), 0);
    std::vector<double> whole(m_flow.targets.size(), 0);
    for (const FlowBand &band : m_flow.bands) {
        whole[band.target] += std::max(kThinnest, band.perSecond * scale());
    }
    std::vector<Shape> all;
    for (const FlowBand &band : m_flow.bands) {
        const QRectF from = routeBox(band.route);
        const QRectF to = targetRow(band.target);
        const double wide = std::max(kThinnest, band.perSecond * scale());
        const double real = band.perSecond * scale();
        const QPointF start(from.right(), from.top() + used[band.route] + real / 2);
        const double top = to.center().y() - whole[band.target] / 2 + taken[band.target];
        const QPointF end(to.left() - kGap, top + wide / 2);
        const double bend = (end.x() - start.x()) / 2;
        QPainterPath path(start);
        path.cubicTo(start + QPointF(bend, 0), end - QPointF(bend, 0), end);
        used[band.route] += real;
        taken[band.target] += wide;
        all.push_back({.path = path, .width = wide});
    }
    return all;
}

void FlowView::paintEvent(QPaintEvent *event)
{
    Card::paintEvent(event);
    if (m_flow.routes.empty()) {
        return;
    }
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QRectF head(kPad, kGap, width() - 2 * kPad, kHead - kPad);
    painter.setFont(themeFont(TypeRole::Strong));
    painter.setPen(theme.text);
    painter.drawText(head, Qt::AlignLeft | Qt::AlignVCenter, tr("Live flow"));
    head.setLeft(head.left() + QFontMetricsF(painter.font()).horizontalAdvance(tr("Live flow"))
                 + kGap);
    painter.setFont(themeFont(TypeRole::Caption));
    painter.setPen(theme.muted);
    painter.drawText(head,
                     Qt::AlignLeft | Qt::AlignVCenter,
                     m_veil.isEmpty() ? tr("routes to targets, shares of the last minute")
                                      : m_veil);
    painter.setOpacity(m_veil.isEmpty() ? 1 : kVeiledOpacity);
    paintBands(painter);
    paintRoutes(painter);
    paintTargets(painter);
}

void FlowView::paintBands(QPainter &painter) const
{
    const Theme &theme = Theme::of(this);
    const std::vector<Shape> all = shapes();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const FlowTarget &target = m_flow.targets[m_flow.bands[i].target];
        const bool current = hasFocus() && static_cast<int>(i) == m_current;
        QColor colour = theme.provider(target.kind, target.ordinal);
        if (m_flow.bands[i].perSecond <= 0) {
            painter.setPen(QPen(theme.borderStrong, 1, Qt::DotLine));
        } else {
            colour.setAlphaF(current ? 0.95F : 0.5F);
            painter.setPen(QPen(colour, all[i].width, Qt::SolidLine, Qt::FlatCap));
        }
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(all[i].path);
        if (current) {
            painter.setPen(QPen(theme.text, 1.6));
            painter.drawPath(all[i].path);
        }
    }
}

void FlowView::paintRoutes(QPainter &painter) const
{
    const Theme &theme = Theme::of(this);
    for (std::size_t i = 0; i < m_flow.routes.size(); ++i) {
        const QRectF box = routeBox(i);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.accent);
        painter.drawRoundedRect(box, 2, 2);
        const double lines = lineHeight(TypeRole::Body) + lineHeight(TypeRole::Caption);
        QRectF name(kPad,
                    box.center().y() - lines / 2,
                    box.left() - kPad - kGap,
                    lineHeight(TypeRole::Body));
        painter.setFont(themeFont(TypeRole::Body));
        painter.setPen(theme.text);
        painter.drawText(name,
                         Qt::AlignRight | Qt::AlignVCenter,
                         QFontMetricsF(painter.font())
                             .elidedText(m_flow.routes[i].name, Qt::ElideMiddle, name.width()));
        name.moveTop(name.bottom());
        name.setHeight(lineHeight(TypeRole::Caption));
        painter.setFont(themeFont(TypeRole::Caption));
        painter.setPen(theme.muted);
        painter.drawText(name,
                         Qt::AlignRight | Qt::AlignVCenter,
                         text::rate(m_flow.routes[i].perSecond));
    }
}

/// `18.2 req/s`, and the share where only one route leads there.
QString FlowView::shareText(std::size_t target) const
{
    double perSecond = 0;
    QStringList shares;
    for (const FlowBand &band : m_flow.bands) {
        if (band.target != target) {
            continue;
        }
        perSecond += band.perSecond;
        const QString share = text::percent(band.share);
        shares << (band.diverted ? tr("%1, by weight %2").arg(share, text::percent(*band.planned))
                                 : share);
    }
    const QString from = shares.size() == 1 ? shares.first()
                                            : tr("from %n routes", nullptr, int(shares.size()));
    return u"%1 · %2"_s.arg(text::rate(perSecond), from);
}

void FlowView::paintTargets(QPainter &painter) const
{
    const Theme &theme = Theme::of(this);
    for (std::size_t i = 0; i < m_flow.targets.size(); ++i) {
        const FlowTarget &target = m_flow.targets[i];
        QRectF row = targetRow(i);
        const QColor colour = theme.provider(target.kind, target.ordinal);
        const QRectF chip =
            paintTagChip(painter, {row.left(), row.center().y()}, target.tag, colour);
        const QRectF glyph(chip.right() + kGap, row.center().y() - kGlyph / 2, kGlyph, kGlyph);
        paintStateGlyph(painter, glyph, target.glyph, theme);
        row.setLeft(glyph.right() + kGap);
        painter.setFont(themeFont(TypeRole::Body));
        const QFontMetricsF metrics(painter.font());
        const QString figures = shareText(i);
        painter.setPen(theme.muted);
        painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, figures);
        row.setRight(row.right() - metrics.horizontalAdvance(figures) - kPad);
        painter.setPen(theme.text);
        painter.drawText(row,
                         Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(target.model, Qt::ElideRight, row.width()));
    }
}

int FlowView::bandAt(QPointF where) const
{
    const std::vector<Shape> all = shapes();
    for (std::size_t i = 0; i < all.size(); ++i) {
        QPainterPathStroker stroker;
        stroker.setWidth(all[i].width + kHalfGap);
        const bool onRow = targetRow(m_flow.bands[i].target).contains(where);
        if (onRow || stroker.createStroke(all[i].path).contains(where)) {
            return static_cast<int>(i);
        }
    }
    return -1;
}

void FlowView::choose(int band)
{
    if (m_flow.bands.empty()) {
        return;
    }
    m_current = std::clamp(band, 0, static_cast<int>(m_flow.bands.size()) - 1);
    setAccessibleDescription(bandText(m_flow, m_flow.bands[static_cast<std::size_t>(m_current)]));
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
    update();
}

void FlowView::focusInEvent(QFocusEvent *event)
{
    Card::focusInEvent(event);
    choose(std::max(m_current, 0));
}

void FlowView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Left:
        return choose(m_current - 1);
    case Qt::Key_Down:
    case Qt::Key_Right:
        return choose(m_current + 1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current >= 0) {
            const FlowBand &band = m_flow.bands[static_cast<std::size_t>(m_current)];
            Q_EMIT chosen({.page = u"providers"_s, .target = m_flow.targets[band.target].target});
        }
        return;
    default:
        return Card::keyPressEvent(event);
    }
}

void FlowView::mousePressEvent(QMouseEvent *event)
{
    const int band = bandAt(event->position());
    if (band >= 0) {
        const std::size_t target = m_flow.bands[static_cast<std::size_t>(band)].target;
        Q_EMIT chosen({.page = u"providers"_s, .target = m_flow.targets[target].target});
    }
}

bool FlowView::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip) {
        return Card::event(event);
    }
    const auto *help = static_cast<QHelpEvent *>(event);
    const int band = bandAt(help->pos());
    if (band < 0) {
        QToolTip::hideText();
    } else {
        QToolTip::showText(help->globalPos(),
                           bandText(m_flow, m_flow.bands[static_cast<std::size_t>(band)]),
                           this);
    }
    return true;
}

} // namespace signalbox::ui
