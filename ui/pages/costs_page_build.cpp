// SPDX-License-Identifier: GPL-3.0-or-later
// What can be chosen, and what stands beside the chart.
#include "ui/pages/costs_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/section.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTimeZone>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kTopDefault = 8;
constexpr int kTopMax = 20;

} // namespace

void CostsPage::buildChoices(QHBoxLayout *row)
{
    row->setSpacing(kGap);
    const auto add = [this, row](const QString &title, QWidget *field, const char *name) {
        if (!title.isEmpty()) {
            auto *label = new QLabel(title, this);
            label->setFont(themeFont(TypeRole::Caption));
            label->setBuddy(field);
            row->addWidget(label);
        }
        field->setObjectName(u"costs."_s + QLatin1StringView(name));
        field->setFont(themeFont(TypeRole::Caption));
        row->addWidget(field);
    };
    m_period->addItems({tr("Today"),
                        tr("Last 7 days"),
                        tr("Last 30 days"),
                        tr("Last 90 days"),
                        tr("This month"),
                        tr("Last month")});
    m_period->setCurrentIndex(int(Period::Month));
    m_period->setAccessibleName(tr("Period"));
    m_measure->addItems({tr("Cost"), tr("Wasted"), tr("Abandoned"), tr("Saved"), tr("Own calls")});
    m_measure->setToolTip(tr("What the chart shows"));
    m_by->addItems({tr("Provider"), tr("Model"), tr("Route"), tr("Client"), tr("Task")});
    m_then->addItems({tr("nothing"), tr("Provider"), tr("Model"), tr("Route"), tr("Client")});
    m_top->setRange(1, kTopMax);
    m_top->setValue(kTopDefault);
    m_zone->setEditable(true);
    m_zone->setInsertPolicy(QComboBox::NoInsert);
    m_zone->setMinimumContentsLength(14);
    QStringList ids;
    for (const QByteArray &id : QTimeZone::availableTimeZoneIds()) {
        ids << QString::fromLatin1(id);
    }
    m_zone->addItems(ids);
    m_zone->completer()->setFilterMode(Qt::MatchContains);
    m_zone->completer()->setCompletionMode(QCompleter::PopupCompletion);
    setZone({});
    add({}, m_period, "period");
    add(tr("Chart"), m_measure, "measure");
    add(tr("Group"), m_by, "by");
    add(tr("then"), m_then, "then");
    add(tr("Top"), m_top, "top");
    add({}, m_cumulative, "cumulative");
    add({}, m_log, "log");
    row->addStretch(1);
    add(tr("Days in"), m_zone, "zone");
}

QWidget *CostsPage::buildSide()
{
    auto *box = new QWidget(this);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(kGap, 0, kGap, 0);
    column->setSpacing(kGap);
    const auto add = [this, column](QLabel *&label, const char *name, TypeRole role) {
        label = new QLabel(this);
        label->setObjectName(u"costs."_s + QLatin1StringView(name));
        label->setFont(themeFont(role));
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(label);
    };
    add(m_total, "total", TypeRole::Title);
    add(m_checkWords, "check", TypeRole::Caption);
    add(m_forecast, "forecast", TypeRole::Body);
    add(m_uses, "uses", TypeRole::Caption);
    add(m_unknown, "unknown", TypeRole::Caption);
    m_showUnknown = new QPushButton(tr("Show Them"), this);
    m_showUnknown->setObjectName(u"costs.showUnknown"_s);
    m_setPrices = new QPushButton(tr("Set Prices…"), this);
    m_setPrices->setObjectName(u"costs.setPrices"_s);
    m_setPrices->setToolTip(tr("In the configuration: what each model costs from now on"));
    m_billButton->setObjectName(u"costs.bill"_s);
    m_billButton->setToolTip(tr("A provider's bill beside what was booked here"));
    m_export->setObjectName(u"costs.export"_s);
    m_export->setToolTip(tr("Write the sums of days and groups to a file"));
    for (QPushButton *button : {m_showUnknown, m_setPrices, m_billButton, m_export}) {
        button->setFont(themeFont(TypeRole::Caption));
        column->addWidget(button);
    }
    column->insertStretch(column->indexOf(m_billButton), 1);
    auto *side = new Section(tr("Total"), box, this);
    side->setFixedWidth(std::max(220, 28 * fontMetrics().averageCharWidth()));
    return side;
}

} // namespace signalbox::ui
