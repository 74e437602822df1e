// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/console_style.h"

#include "ui/theme/choice_marks.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QPainter>
#include <QPushButton>
#include <QStyleOption>
#include <QToolButton>
#include <QWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct Skin
{
    QColor fill;
    QColor line;
};

constexpr int kToolInset = 4;
/// Of a push button's words from its sides, where they are wider than the usual button.
constexpr int kPushInset = 10;
/// Of a field's words from its frame, beyond the usual.
constexpr int kFieldInset = 3;
/// Of a spin box's words, over and under them: letters of another font may be taller.
constexpr int kSpinInset = 2;

bool hasWordsAndIcon(const QStyleOptionToolButton &button)
{
    return button.toolButtonStyle == Qt::ToolButtonTextBesideIcon;
}

const Theme &themeOf(const QStyleOption *option)
{
    return option->palette.color(QPalette::Window).lightness() < 128 ? Theme::night()
                                                                     : Theme::day();
}

Skin segmentSkin(bool on, bool hovered, const Theme &theme)
{
    if (on) {
        return {theme.accentSoft, theme.accent};
    }
    return {hovered ? theme.cardShade : theme.card, theme.border};
}

Skin buttonSkin(const QStyleOption *option, const QString &dress)
{
    const Theme &theme = themeOf(option);
    const bool on = option->state.testFlag(QStyle::State_On);
    const bool down = option->state.testFlag(QStyle::State_Sunken);
    const bool hovered = option->state.testFlag(QStyle::State_MouseOver)
                         && option->state.testFlag(QStyle::State_Enabled);
    if (dress == "segment"_L1) {
        return segmentSkin(on, hovered, theme);
    }
    if (dress == "primary"_L1 && option->state.testFlag(QStyle::State_Enabled)) {
        return {down ? theme.accent.darker(115) : theme.accent, theme.accent};
    }
    if (dress == "quiet"_L1 && !on && !down && !hovered) {
        return {Qt::transparent, Qt::transparent};
    }
    if (down || on) {
        return {theme.accentSoft, theme.borderStrong};
    }
    return {hovered ? theme.cardShade : theme.card, theme.borderStrong};
}

void paintButton(const QStyleOption *option, QPainter *painter, const QWidget *widget)
{
    const QString dress = widget == nullptr ? QString()
                                            : widget->property(kDressProperty).toString();
    const Skin skin = buttonSkin(option, dress);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    // The focus of a push button or a list of choices is painted here or nowhere; a tool button's is a
    // primitive of its own.
    const bool paintsFocus = qobject_cast<const QPushButton *>(widget) != nullptr
                             || qobject_cast<const QComboBox *>(widget) != nullptr;
    const bool focused = paintsFocus && option->state.testFlag(QStyle::State_HasFocus)
                         && option->state.testFlag(QStyle::State_KeyboardFocusChange);
    const double width = focused ? 2 : 1;
    const Theme &theme = themeOf(option);
    const QColor ring = dress == "primary"_L1 ? theme.text : theme.accent;
    painter->setPen(QPen(focused ? ring : skin.line, width));
    painter->setBrush(skin.fill);
    const double inset = width / 2;
    painter->drawRoundedRect(QRectF(option->rect).adjusted(inset, inset, -inset, -inset), 5, 5);
    painter->restore();
}

void paintField(const QStyleOption *option, QPainter *painter)
{
    const Theme &theme = themeOf(option);
    const bool focused = option->state.testFlag(QStyle::State_HasFocus);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(focused ? theme.accent : theme.borderStrong, focused ? 1.6 : 1));
    painter->setBrush(theme.card);
    painter->drawRoundedRect(QRectF(option->rect).adjusted(0.8, 0.8, -0.8, -0.8), 5, 5);
    painter->restore();
}

void paintFocus(const QStyleOption *option, QPainter *painter)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(themeOf(option).accent, 1.6));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(QRectF(option->rect).adjusted(0.8, 0.8, -0.8, -0.8), 4, 4);
    painter->restore();
}

void paintHeaderGround(const QStyleOption *option, QPainter *painter)
{
    const Theme &theme = themeOf(option);
    painter->fillRect(option->rect, theme.card);
    painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                      theme.border);
}

void paintMenuBarItem(const QStyleOptionMenuItem *item, QPainter *painter)
{
    const Theme &theme = themeOf(item);
    const bool active = item->state.testFlag(QStyle::State_Selected);
    painter->fillRect(item->rect, active ? theme.sidebarCurrent : theme.sidebar);
    painter->setPen(active ? theme.sidebarText : theme.sidebarMuted);
    painter->drawText(item->rect,
                      Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine,
                      item->text);
}

void paintScrollBar(const QStyleOptionSlider *bar, const QRect &handle, QPainter *painter)
{
    const Theme &theme = themeOf(bar);
    const bool busy = bar->state.testFlag(QStyle::State_MouseOver)
                      || bar->state.testFlag(QStyle::State_Sunken);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(busy ? theme.muted : theme.borderStrong);
    const QRectF shape = QRectF(handle).adjusted(2.5, 2.5, -2.5, -2.5);
    const double radius = std::min(shape.width(), shape.height()) / 2;
    painter->drawRoundedRect(shape, radius, radius);
    painter->restore();
}

} // namespace

ConsoleStyle::ConsoleStyle()
    : QProxyStyle(u"Fusion"_s)
{}

void ConsoleStyle::polish(QWidget *widget)
{
    // Return presses the button that has the focus, in dialogs or out of them.
    if (auto *button = qobject_cast<QPushButton *>(widget)) {
        button->setAutoDefault(true);
    }
    QProxyStyle::polish(widget);
}

void ConsoleStyle::drawPrimitive(PrimitiveElement element,
                                 const QStyleOption *option,
                                 QPainter *painter,
                                 const QWidget *widget) const
{
    if (element == PE_PanelButtonCommand || element == PE_PanelButtonTool) {
        return paintButton(option, painter, widget);
    }
    if (element == PE_IndicatorCheckBox) {
        return paintCheckMark(option, painter, themeOf(option));
    }
    if (element == PE_IndicatorRadioButton) {
        return paintRadioMark(option, painter, themeOf(option));
    }
    if (element == PE_FrameFocusRect) {
        return paintFocus(option, painter);
    }
    if (element == PE_IndicatorArrowDown && qobject_cast<const QToolButton *>(widget) != nullptr) {
        return; // its dots or its words say that there is a menu
    }
    if (element == PE_PanelScrollAreaCorner) {
        return painter->fillRect(option->rect, themeOf(option).card);
    }
    if (element == PE_PanelLineEdit) {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        if (frame != nullptr && frame->lineWidth > 0) {
            paintField(option, painter);
        }
        return;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void ConsoleStyle::drawControl(ControlElement element,
                               const QStyleOption *option,
                               QPainter *painter,
                               const QWidget *widget) const
{
    if (element == CE_MenuBarEmptyArea) {
        painter->fillRect(option->rect, themeOf(option).sidebar);
        return;
    }
    if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
        element == CE_MenuBarItem && item != nullptr) {
        return paintMenuBarItem(item, painter);
    }
    if (element == CE_HeaderSection || element == CE_HeaderEmptyArea) {
        return paintHeaderGround(option, painter);
    }
    const auto *tool = qstyleoption_cast<const QStyleOptionToolButton *>(option);
    if (element == CE_ToolButtonLabel && tool != nullptr && hasWordsAndIcon(*tool)) {
        QStyleOptionToolButton inset = *tool;
        inset.rect.adjust(kToolInset, 0, 0, 0);
        return QProxyStyle::drawControl(element, &inset, painter, widget);
    }
    const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
    if (element == CE_HeaderLabel && header != nullptr) {
        QStyleOptionHeader inset = *header;
        inset.rect.adjust(6, 0, -6, 0); // as far in as the cells' text
        inset.palette.setColor(QPalette::ButtonText, themeOf(option).muted);
        return QProxyStyle::drawControl(element, &inset, painter, widget);
    }
    if (element == CE_PushButtonLabel && widget != nullptr
        && widget->property(kDressProperty).toString() == "primary"_L1) {
        QStyleOptionButton button = *qstyleoption_cast<const QStyleOptionButton *>(option);
        const bool enabled = button.state.testFlag(State_Enabled);
        button.palette.setColor(QPalette::ButtonText,
                                enabled ? themeOf(option).accentText : themeOf(option).muted);
        return QProxyStyle::drawControl(element, &button, painter, widget);
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void ConsoleStyle::drawComplexControl(ComplexControl control,
                                      const QStyleOptionComplex *option,
                                      QPainter *painter,
                                      const QWidget *widget) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (control == CC_ScrollBar && bar != nullptr) {
        if (bar->minimum == bar->maximum) {
            return; // all is in sight
        }
        const QRect handle = subControlRect(CC_ScrollBar, bar, SC_ScrollBarSlider, widget);
        return paintScrollBar(bar, handle, painter);
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QSize ConsoleStyle::sizeFromContents(ContentsType type,
                                     const QStyleOption *option,
                                     const QSize &size,
                                     const QWidget *widget) const
{
    const QSize plain = QProxyStyle::sizeFromContents(type, option, size, widget);
    const auto *tool = qstyleoption_cast<const QStyleOptionToolButton *>(option);
    if (type == CT_ToolButton && tool != nullptr && hasWordsAndIcon(*tool)) {
        return plain + QSize(kToolInset / 2, 0);
    }
    if (type == CT_PushButton) {
        return {std::max(plain.width(), size.width() + 2 * kPushInset), plain.height()};
    }
    if (type == CT_SpinBox) {
        return plain + QSize(0, 2 * kSpinInset);
    }
    return plain;
}

QRect ConsoleStyle::subElementRect(SubElement element,
                                   const QStyleOption *option,
                                   const QWidget *widget) const
{
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
    if (element == SE_LineEditContents && frame != nullptr && frame->lineWidth > 0) {
        return rect.adjusted(kFieldInset, 0, -kFieldInset, 0);
    }
    return rect;
}

int ConsoleStyle::pixelMetric(PixelMetric metric,
                              const QStyleOption *option,
                              const QWidget *widget) const
{
    switch (static_cast<int>(metric)) {
    case PM_ScrollBarExtent:
        return 12;
    case PM_ScrollView_ScrollBarSpacing:
    case PM_ScrollView_ScrollBarOverlap:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_MenuBarPanelWidth:
        return 0;
    case PM_MenuButtonIndicator:
        return 12;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int ConsoleStyle::styleHint(StyleHint hint,
                            const QStyleOption *option,
                            const QWidget *widget,
                            QStyleHintReturn *returned) const
{
    if (hint == SH_ScrollBar_Transient || hint == SH_Widget_Animation_Duration) {
        return 0;
    }
    return QProxyStyle::styleHint(hint, option, widget, returned);
}

} // namespace signalbox::ui
