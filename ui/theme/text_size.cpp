// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/text_size.h"

#include <QApplication>
#include <QFont>

namespace signalbox::ui {

const QList<int> &textSizes()
{
    static const QList<int> sizes{90, 100, 115, 130};
    return sizes;
}

void installTextSize(int percent)
{
    if (percent == 100 || !textSizes().contains(percent)) {
        return;
    }
    QFont font = QApplication::font();
    font.setPointSizeF(font.pointSizeF() * percent / 100.0);
    QApplication::setFont(font);
}

} // namespace signalbox::ui
