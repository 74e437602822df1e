// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/filter_field.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

FilterField::FilterField(const QString &name, const QString &hint, QWidget *parent)
    : QLineEdit(parent)
{
    setObjectName(name);
    setAccessibleName(hint);
    setPlaceholderText(hint);
    setClearButtonEnabled(true);
    addAction(themeIcon(u"search"_s), LeadingPosition);
    setMinimumHeight(fontMetrics().height() + kPad);
    setToolTip(tr("%1 (Ctrl+F)").arg(hint));
}

void FilterField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        return clear();
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace signalbox::ui
