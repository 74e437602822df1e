// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/filter_field.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QAction>
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
    addAction(themeIcon(u"search"_s), LeadingPosition)->setText(tr("Filter"));
    if (auto *clearing = findChild<QAction *>(u"_q_qlineeditclearaction"_s); clearing != nullptr) {
        clearing->setText(tr("Clear the filter")); // Qt 6.4 leaves it without a name
    }
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
