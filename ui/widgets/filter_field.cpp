// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/filter_field.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QAction>
#include <QCompleter>
#include <QKeyEvent>

#include <utility>

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

void FilterField::setCompletion(Complete complete)
{
    m_complete = std::move(complete);
    if (m_completer != nullptr) {
        return;
    }
    m_completer = new QCompleter(&m_completions, this);
    m_completer->setWidget(this);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    connect(this, &QLineEdit::textEdited, this, &FilterField::complete);
    connect(m_completer,
            qOverload<const QString &>(&QCompleter::activated),
            this,
            &FilterField::insertCompletion);
}

void FilterField::complete()
{
    const Completion completion = m_complete(text(), cursorPosition());
    m_completionStart = completion.start;
    m_completions.setStringList(completion.texts);
    if (completion.texts.isEmpty() || text().trimmed().isEmpty()) {
        m_completer->popup()->hide();
    } else {
        m_completer->complete();
    }
}

void FilterField::insertCompletion(const QString &term)
{
    const QString all = text();
    const int cursor = cursorPosition();
    const QString blank = term.endsWith(u':') ? QString() : u" "_s;
    setText(all.left(m_completionStart) + term + blank + all.mid(cursor).trimmed());
    setCursorPosition(m_completionStart + static_cast<int>(term.size() + blank.size()));
}

} // namespace signalbox::ui
