// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/saved_filters.h"

#include "ui/theme/theme.h"

#include <QMenu>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

QString asEntry(QString filter)
{
    return filter.replace(u'&', u"&&"_s);
}

} // namespace

SavedFilters::SavedFilters(QWidget *parent)
    : QToolButton(parent)
{
    setObjectName(u"requests.saved"_s);
    setText(tr("Saved"));
    setToolTip(tr("Filters that were saved, and saving this one"));
    setPopupMode(InstantPopup);
    setFocusPolicy(Qt::StrongFocus);
    setFont(themeFont(TypeRole::Caption));
    setMenu(new QMenu(this));
    connect(menu(), &QMenu::aboutToShow, this, &SavedFilters::fill);
}

void SavedFilters::setFilters(const QStringList &filters)
{
    m_filters = filters.mid(0, kFiltersMax);
}

void SavedFilters::fill()
{
    menu()->clear();
    QAction *save = menu()->addAction(
        m_present.isEmpty() ? tr("Save This Filter") : tr("Save “%1”").arg(asEntry(m_present)));
    save->setEnabled(!m_present.isEmpty() && !m_filters.contains(m_present));
    connect(save, &QAction::triggered, this, &SavedFilters::save);
    menu()->addSeparator();
    if (m_filters.isEmpty()) {
        menu()->addAction(tr("None was saved yet"))->setEnabled(false);
        return;
    }
    for (const QString &filter : m_filters) {
        QAction *entry = menu()->addAction(asEntry(filter));
        entry->setCheckable(true);
        entry->setChecked(filter == m_present);
        connect(entry, &QAction::triggered, this, [this, filter] { Q_EMIT chosen(filter); });
    }
    menu()->addSeparator();
    QMenu *out = menu()->addMenu(tr("Forget"));
    for (const QString &filter : m_filters) {
        connect(out->addAction(asEntry(filter)), &QAction::triggered, this, [this, filter] {
            forget(filter);
        });
    }
}

void SavedFilters::save()
{
    m_filters.prepend(m_present);
    setFilters(m_filters);
    Q_EMIT filtersChanged();
}

void SavedFilters::forget(const QString &filter)
{
    m_filters.removeAll(filter);
    Q_EMIT filtersChanged();
}

} // namespace signalbox::ui
