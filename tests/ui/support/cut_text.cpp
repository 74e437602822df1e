// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/cut_text.h"

#include <QAbstractButton>
#include <QAction>
#include <QLabel>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

/// A tool button shows its action's short text.
QString shownText(const QAbstractButton &button)
{
    const auto *tool = qobject_cast<const QToolButton *>(&button);
    const bool short_ = tool != nullptr && tool->defaultAction() != nullptr;
    return (short_ ? tool->defaultAction()->iconText() : button.text()).remove(u'&');
}

bool isPicture(const QWidget &widget)
{
    const auto *tool = qobject_cast<const QToolButton *>(&widget);
    return tool != nullptr && tool->toolButtonStyle() == Qt::ToolButtonIconOnly
           && !tool->icon().isNull();
}

} // namespace

CutTexts cutTexts(const QWidget &window)
{
    CutTexts found;
    const auto widgets = window.findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        const auto *label = qobject_cast<const QLabel *>(widget);
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        const QString words = label != nullptr    ? label->text()
                              : button != nullptr ? shownText(*button)
                                                  : QString();
        const bool legend = widget->objectName().startsWith(u"legend."_s); // draws its value
        if (words.isEmpty() || isPicture(*widget) || legend || !widget->isVisible()
            || (label != nullptr && label->wordWrap())) {
            continue;
        }
        ++found.seen;
        const bool iconed = button != nullptr && !button->icon().isNull();
        const int needed = widget->fontMetrics().horizontalAdvance(words)
                           + (iconed ? button->iconSize().width() + 4 : 0);
        if (widget->width() < needed || widget->height() < widget->fontMetrics().height()) {
            found.cut << u"%1: %2 < %3"_s.arg(words).arg(widget->width()).arg(needed);
        }
    }
    return found;
}

} // namespace signalbox::ui
