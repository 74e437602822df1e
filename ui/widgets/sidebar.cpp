// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/sidebar.h"

#include "ui/theme/icons.h"
#include "ui/theme/state_glyph.h"
#include "ui/theme/theme.h"

#include <QButtonGroup>
#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kWidth = 176;
constexpr int kHeadHeight = 60;
constexpr int kMark = 30;
constexpr int kIcon = 16;

} // namespace

SidebarButton::SidebarButton(const QString &title, const QString &icon, int number, QWidget *parent)
    : QAbstractButton(parent)
    , m_title(title)
    , m_icon(icon)
    , m_number(number)
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(title);
    setToolTip(tr("%1 (Ctrl+%2)").arg(title).arg(number));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void SidebarButton::setBadge(int count, const QString &words)
{
    const QString name = count > 0 ? u"%1, %2"_s.arg(m_title, words) : m_title;
    if (m_badge == count && accessibleName() == name) {
        return; // told several times a second: to paint costs the whole sidebar
    }
    m_badge = count;
    setAccessibleName(name);
    update();
}

void SidebarButton::setMarked(bool marked, const QString &words)
{
    const QString name = marked ? u"%1, %2"_s.arg(m_title, words) : m_title;
    if (m_marked == marked && accessibleName() == name) {
        return;
    }
    m_marked = marked;
    setAccessibleName(name);
    update();
}

QSize SidebarButton::sizeHint() const
{
    return {kWidth, QFontMetrics(themeFont(TypeRole::Body)).height() + 2 * kGap};
}

void SidebarButton::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(kGap, 1, -kGap, -1);
    if (isChecked() || underMouse()) {
        QColor ground = theme.sidebarCurrent;
        ground.setAlphaF(isChecked() ? 1.0F : 0.5F);
        painter.setPen(Qt::NoPen);
        painter.setBrush(ground);
        painter.drawRoundedRect(box, 5, 5);
    }
    if (isChecked()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.brand);
        painter.drawRoundedRect(QRectF(box.left(), box.top() + 6, 3, box.height() - 12), 1.5, 1.5);
    }
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.brand, 1.4));
        painter.drawRoundedRect(box.adjusted(0.7, 0.7, -0.7, -0.7), 5, 5);
    }
    painter.setFont(themeFont(isChecked() ? TypeRole::Strong : TypeRole::Body));
    painter.setPen(isChecked() ? theme.sidebarText : theme.sidebarMuted);
    const QPointF corner(box.left() + kPad, box.center().y() - kIcon / 2.0);
    painter.drawPixmap(corner,
                       iconPixmap(m_icon, kIcon, painter.pen().color(), devicePixelRatioF()));
    painter.drawText(box.adjusted(kPad + kIcon + kGap + 2, 0, -kPad, 0),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     m_title);
    painter.setFont(themeFont(TypeRole::Caption));
    QRectF end = box.adjusted(0, 0, -kPad, 0);
    if (m_badge > 0) {
        const QString number = QString::number(m_badge);
        painter.setPen(theme.sidebarText);
        painter.drawText(end, Qt::AlignRight | Qt::AlignVCenter, number);
        const double used = QFontMetricsF(painter.font()).horizontalAdvance(number) + 18;
        Theme glyphs = Theme::night(); // the sidebar is dark in both
        paintStateGlyph(painter,
                        QRectF(end.right() - used, end.center().y() - 7, 14, 14),
                        {GlyphShape::Open, false},
                        glyphs);
        return;
    }
    const QString number = QString::number(m_number);
    painter.setPen(theme.sidebarMuted);
    painter.drawText(end, Qt::AlignRight | Qt::AlignVCenter, number);
    if (m_marked) {
        const double used = QFontMetricsF(painter.font()).horizontalAdvance(number) + kPad;
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.brand);
        painter.drawEllipse(QPointF(end.right() - used, end.center().y()), 4, 4);
    }
}

Sidebar::Sidebar(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
    , m_group(new QButtonGroup(this))
    , m_mark(applicationIcon())
{
    setObjectName(u"sidebar"_s);
    setAccessibleName(tr("Pages"));
    setFixedWidth(kWidth);
    m_column->setContentsMargins(0, kHeadHeight, 0, 3 * kWide);
    m_column->setSpacing(2);
    m_column->addStretch();
    connect(m_group, &QButtonGroup::idClicked, this, &Sidebar::pageAsked);
}

void Sidebar::addPage(const QString &title, const QString &icon)
{
    const int index = static_cast<int>(m_group->buttons().size());
    auto *button = new SidebarButton(title, icon, index + 1, this);
    button->setObjectName(u"page."_s + icon);
    m_group->addButton(button, index);
    m_column->insertWidget(index, button);
}

void Sidebar::setCurrent(int index)
{
    if (auto *button = m_group->button(index); button != nullptr) {
        button->setChecked(true);
    }
}

void Sidebar::setBadge(int index, int count, const QString &words)
{
    if (auto *button = qobject_cast<SidebarButton *>(m_group->button(index)); button != nullptr) {
        button->setBadge(count, words);
    }
}

void Sidebar::setMarked(int index, bool marked, const QString &words)
{
    if (auto *button = qobject_cast<SidebarButton *>(m_group->button(index)); button != nullptr) {
        button->setMarked(marked, words);
    }
}

void Sidebar::setFoot(const QString &address, const QString &revision)
{
    if (address == m_address && revision == m_revision) {
        return;
    }
    m_address = address;
    m_revision = revision;
    setToolTip(tr("Listens at %1\nConfiguration %2").arg(address, revision));
    update();
}

QSize Sidebar::sizeHint() const
{
    return {kWidth, 400};
}

void Sidebar::setProfile(Profile profile)
{
    m_profile = profile;
    const QString word = profileWord(profile);
    setAccessibleName(word.isEmpty() ? tr("Pages") : tr("Pages, %1").arg(word));
    update();
}

void Sidebar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::of(this).sidebar);
    paintHead(painter);
    paintFoot(painter);
}

void Sidebar::paintHead(QPainter &painter) const
{
    const Theme &theme = Theme::of(this);
    const QRect mark(kPad + 2, (kHeadHeight - kMark) / 2, kMark, kMark);
    m_mark.paint(&painter, mark);
    const QString word = profileWord(m_profile);
    QRect room(mark.right() + kGap, 0, width() - mark.right() - kGap, kHeadHeight);
    painter.setFont(themeFont(TypeRole::Title));
    painter.setPen(theme.sidebarText);
    if (word.isEmpty()) {
        painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, u"Signalbox"_s);
        return;
    }
    room = QRect(room.left(), mark.top() - 4, room.width(), painter.fontMetrics().height());
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, u"Signalbox"_s);
    QFont small = themeFont(TypeRole::Caption);
    small.setBold(true);
    painter.setFont(small);
    const QFontMetrics metrics(small);
    const QColor ground = profileColour(m_profile, theme);
    const QRect chip(room.left(),
                     room.bottom() + 1,
                     metrics.horizontalAdvance(word) + kPad,
                     metrics.height() + 2);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(chip, 3, 3);
    painter.setPen(inkOn(ground));
    painter.drawText(chip, Qt::AlignCenter, word);
}

void Sidebar::paintFoot(QPainter &painter) const
{
    const Theme &theme = Theme::of(this);
    painter.setFont(themeFont(TypeRole::Caption));
    const QFontMetrics metrics(painter.font());
    QRect line(kWide, height() - kPad - metrics.height(), width() - 2 * kWide, metrics.height());
    painter.setPen(theme.sidebarMuted);
    const auto write = [&](const QString &words, Qt::TextElideMode mode) {
        // Letters of another font may be taller than the line.
        painter.drawText(line,
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip,
                         metrics.elidedText(words, mode, line.width()));
    };
    if (!m_revision.isEmpty()) {
        write(tr("config %1").arg(m_revision), Qt::ElideRight);
    }
    line.translate(0, -metrics.height() - 2);
    write(m_address, Qt::ElideMiddle);
}

} // namespace signalbox::ui
