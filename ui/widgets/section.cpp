// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/section.h"

#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"

#include <QHBoxLayout>
#include <QLabel>

namespace signalbox::ui {

Section::Section(const QString &title, QWidget *body, QWidget *parent)
    : Card(parent)
    , m_title(new QLabel(title, this))
    , m_note(new ElidedLabel(this))
{
    m_title->setFont(themeFont(TypeRole::Strong));
    m_note->setFont(themeFont(TypeRole::Caption));
    m_note->setForegroundRole(QPalette::PlaceholderText);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(kGap, 0, kGap, 0);
    row->setSpacing(kGap);
    row->addWidget(m_title);
    row->addWidget(m_note, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kHalfGap, kGap + 2, kHalfGap, kGap);
    column->setSpacing(kHalfGap);
    column->addLayout(row);
    column->addWidget(body, 1);
    followFocusOf(body);
}

void Section::setTitle(const QString &title)
{
    m_title->setText(title);
}

void Section::setNote(const QString &note)
{
    m_note->setText(note);
}

} // namespace signalbox::ui
