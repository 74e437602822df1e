// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/alerts_page.h"

#include "ui/pages/alert_desk.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_panel.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/section.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

AlertsPage::AlertsPage(ConsoleState &state, AlertDesk &desk, QWidget *parent)
    : Page(state, tr("Alerts"), parent)
    , m_desk(desk)
    , m_acknowledge(new QPushButton(tr("Acknowledge"), this))
    , m_all(new QPushButton(tr("Acknowledge All"), this))
    , m_mute(new QPushButton(tr("Mute for an Hour"), this))
    , m_record(new QPushButton(tr("Record…"), this))
{
    setObjectName(u"alerts"_s);
    m_acknowledge->setObjectName(u"acknowledge"_s);
    m_all->setObjectName(u"acknowledgeAll"_s);
    m_mute->setObjectName(u"mute"_s);
    m_record->setObjectName(u"record"_s);
    m_record->setAccessibleName(tr("Record what happened around the alert"));
    m_record->setToolTip(tr("Everything from ten minutes before the alert on, as one file"));
    m_list = new ListView(u"alerts.list"_s, tr("Alerts"), this);
    m_list->setModel(&m_desk.model());
    m_list->setColumnWidths({22, 9, 26, 0});
    m_list->setToolTip(tr("Return: where it is seen"));
    m_section = new Section(tr("Alerts"), m_list, this);
    m_empty = new EmptyPanel(this);
    m_empty->say(tr("No alerts"),
                 tr("Nothing was amiss since the console started."),
                 tr("Rules and Who Is Told…"));
    connect(m_empty, &EmptyPanel::pressed, this, [this] {
        Q_EMIT leads({.page = u"settings"_s, .widget = u"alert.breaker"_s});
    });
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(kGap);
    for (QPushButton *button : {m_acknowledge, m_mute, m_all, m_record}) {
        button->setFont(themeFont(TypeRole::Caption));
        buttons->addWidget(button);
    }
    buttons->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kWide, 2, kWide, kWide);
    column->setSpacing(kPad);
    column->addLayout(buttons);
    column->addWidget(m_section, 1);
    column->addWidget(m_empty);
    column->addStretch();
    connect(m_acknowledge, &QPushButton::clicked, this, &AlertsPage::acknowledge);
    connect(m_mute, &QPushButton::clicked, this, &AlertsPage::toggleMute);
    connect(m_record, &QPushButton::clicked, this, [this] {
        const AlertsModel &model = m_desk.model();
        if (const int row = model.rowOf(chosen()); row >= 0) {
            recordAround(model.alertAt(row).since);
        }
    });
    connect(m_all, &QPushButton::clicked, &m_desk, &AlertDesk::acknowledgeAll);
    connect(&m_desk, &AlertDesk::changed, this, &AlertsPage::refresh);
    connect(m_list->selectionModel(),
            &QItemSelectionModel::currentChanged,
            this,
            &AlertsPage::refresh);
    connect(m_list, &QTableView::activated, this, [this](const QModelIndex &index) {
        const Place place = m_desk.model().alertAt(index.row()).place;
        if (!place.page.isEmpty()) {
            Q_EMIT leads(place);
        }
    });
    refresh();
}

QString AlertsPage::chosen() const
{
    const AlertsModel &model = m_desk.model();
    const int row = std::max(0, m_list->currentIndex().row());
    return row < model.rowCount() ? model.alertAt(row).key : QString();
}

void AlertsPage::acknowledge()
{
    m_desk.acknowledge(chosen());
}

void AlertsPage::toggleMute()
{
    m_desk.toggleMute(chosen());
}

void AlertsPage::refresh()
{
    const AlertsModel &model = m_desk.model();
    const QString key = chosen();
    const int row = model.rowOf(key);
    m_acknowledge->setEnabled(row >= 0 && model.alertAt(row).isOpen());
    m_all->setEnabled(m_desk.open() > 0);
    m_mute->setEnabled(row >= 0);
    m_record->setEnabled(row >= 0);
    m_mute->setText(row >= 0 && model.alertAt(row).mutedUntil ? tr("Mute No Longer")
                                                              : tr("Mute for an Hour"));
    m_section->setVisible(model.rowCount() > 0);
    m_empty->setVisible(model.rowCount() == 0);
    m_section->setNote(
        tr("%1 open of %2 since the console started").arg(m_desk.open()).arg(model.rowCount()));
}

} // namespace signalbox::ui
