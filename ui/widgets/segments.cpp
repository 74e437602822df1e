// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/segments.h"

#include "ui/theme/console_style.h"
#include "ui/theme/theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

Segments::Segments(const QString &name, const QStringList &choices, QWidget *parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
{
    setAccessibleName(name);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    int index = 0;
    for (const QString &choice : choices) {
        auto *button = new QToolButton(this);
        button->setText(choice);
        button->setCheckable(true);
        button->setFont(themeFont(TypeRole::Caption));
        button->setProperty(kDressProperty, u"segment"_s);
        button->setAccessibleName(u"%1: %2"_s.arg(name, choice));
        button->setFocusPolicy(Qt::StrongFocus);
        button->setMinimumWidth(button->fontMetrics().horizontalAdvance(choice) + 2 * kGap);
        m_group->addButton(button, index++);
        row->addWidget(button);
    }
    setCurrent(0);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (on) {
            Q_EMIT currentChanged(id);
        }
    });
}

int Segments::current() const
{
    return m_group->checkedId();
}

void Segments::setCurrent(int index)
{
    if (auto *button = m_group->button(index); button != nullptr) {
        button->setChecked(true);
    } else if (QAbstractButton *chosen = m_group->checkedButton(); chosen != nullptr) {
        m_group->setExclusive(false);
        chosen->setChecked(false);
        m_group->setExclusive(true);
    }
}

} // namespace signalbox::ui
