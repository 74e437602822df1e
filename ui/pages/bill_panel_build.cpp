// SPDX-License-Identifier: GPL-3.0-or-later
// What the check of a bill is made of.
#include "ui/pages/bill_panel.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_panel.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/section.h"
#include "ui/widgets/segments.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kZoneFirst = -12; ///< hours ahead of UTC
constexpr int kZoneLast = 14;
constexpr int kFieldChars = 14;

QLabel *caption(const QString &text, QWidget *buddy, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setFont(themeFont(TypeRole::Caption));
    label->setBuddy(buddy);
    return label;
}

QComboBox *field(const QString &name, const QString &title, QWidget *parent)
{
    auto *box = new QComboBox(parent);
    box->setObjectName(u"bill."_s + name);
    box->setAccessibleName(title);
    box->setFont(themeFont(TypeRole::Caption));
    box->setMinimumContentsLength(kFieldChars);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    return box;
}

QLabel *words(const QString &name, TypeRole role, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(u"bill."_s + name);
    label->setFont(themeFont(role));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

void BillPanel::build()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kWide, 2, kWide, kWide);
    column->setSpacing(kPad);
    column->addWidget(buildChoices());
    column->addWidget(buildMapping());
    m_trouble = words(u"trouble"_s, TypeRole::Body, this);
    column->addWidget(m_trouble);
    m_empty = new EmptyPanel(this);
    m_empty->say(tr("Check a bill"),
                 tr("Export the costs of a provider as CSV, by day and by model if it can, and see "
                    "them beside what was booked here: the gap, and its likely parts. The file is "
                    "read here and sent nowhere."),
                 tr("Choose File…"));
    connect(m_empty, &EmptyPanel::pressed, this, &BillPanel::askForFile);
    column->addWidget(m_empty);
    column->addWidget(buildResult(), 1);
    column->addStretch();
}

QWidget *BillPanel::buildChoices()
{
    auto *box = new QWidget(this);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kGap);
    auto *back = new QPushButton(tr("Back to Costs"), box);
    back->setObjectName(u"bill.back"_s);
    connect(back, &QPushButton::clicked, this, &BillPanel::closed);
    m_provider = field(u"provider"_s, tr("Provider"), box);
    m_choose = new QPushButton(tr("Choose File…"), box);
    m_choose->setObjectName(u"bill.choose"_s);
    m_zone = field(u"zone"_s, tr("The provider's days"), box);
    for (int ahead = kZoneFirst; ahead <= kZoneLast; ++ahead) {
        const QString hours = ahead == 0 ? QString()
                                         : (ahead < 0 ? u"−"_s : u"+"_s)
                                               + QString::number(std::abs(ahead));
        m_zone->addItem(u"UTC"_s + hours, ahead);
    }
    m_zone->setCurrentIndex(-kZoneFirst);
    m_zone->setToolTip(tr("Most providers count days in UTC"));
    for (QPushButton *button : {back, m_choose}) {
        button->setFont(themeFont(TypeRole::Caption));
    }
    row->addWidget(back);
    row->addSpacing(kGap);
    row->addWidget(caption(tr("Bill of"), m_provider, box));
    row->addWidget(m_provider);
    row->addWidget(m_choose);
    row->addStretch(1);
    row->addWidget(caption(tr("Their days in"), m_zone, box));
    row->addWidget(m_zone);
    connect(m_choose, &QPushButton::clicked, this, &BillPanel::askForFile);
    connect(m_provider, &QComboBox::activated, this, &BillPanel::fillColumns);
    connect(m_zone, &QComboBox::currentIndexChanged, this, &BillPanel::showCheck);
    return box;
}

QWidget *BillPanel::buildMapping()
{
    m_mapping = new QWidget(this);
    auto *row = new QHBoxLayout(m_mapping);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kGap);
    m_format = words(u"format"_s, TypeRole::Caption, m_mapping);
    m_format->setWordWrap(false);
    m_day = field(u"day"_s, tr("Column of the day"), m_mapping);
    m_modelColumn = field(u"model"_s, tr("Column of the model"), m_mapping);
    m_cost = field(u"cost"_s, tr("Column of the amount"), m_mapping);
    m_currency = field(u"currency"_s, tr("Column of the currency"), m_mapping);
    const std::pair<QString, QComboBox *> fields[] = {{tr("Day"), m_day},
                                                      {tr("Model"), m_modelColumn},
                                                      {tr("Amount"), m_cost},
                                                      {tr("Currency"), m_currency}};
    for (const auto &[title, box] : fields) {
        row->addWidget(caption(title, box, m_mapping));
        row->addWidget(box);
        connect(box, &QComboBox::currentIndexChanged, this, &BillPanel::takeMapping);
    }
    row->addWidget(m_format, 1);
    return m_mapping;
}

QWidget *BillPanel::buildResult()
{
    m_result = new QWidget(this);
    auto *table = new QWidget(m_result);
    m_look = new Segments(tr("Rows"), {tr("By day"), tr("By model"), tr("Both")}, table);
    m_look->setCurrent(0);
    connect(m_look, &Segments::currentChanged, this, &BillPanel::showRows);
    m_list = new ListView(u"bill.list"_s, tr("Bill and books"), table);
    m_list->setModel(&m_model);
    m_list->setColumnWidths({12, 24, 11, 12, 11, 9, 0});
    auto *tableColumn = new QVBoxLayout(table);
    tableColumn->setContentsMargins(kGap, 0, kGap, 0);
    tableColumn->setSpacing(kGap);
    tableColumn->addWidget(m_look, 0, Qt::AlignLeft);
    tableColumn->addWidget(m_list, 1);
    m_rowsSection = new Section(tr("Their bill and our books"), table, m_result);

    auto *side = new QWidget;
    auto *sideColumn = new QVBoxLayout(side);
    sideColumn->setContentsMargins(kGap, 0, kGap, kGap);
    sideColumn->setSpacing(kGap);
    m_sum = words(u"gap"_s, TypeRole::Title, side);
    m_sides = words(u"sides"_s, TypeRole::Body, side);
    m_zoneHint = words(u"zoneHint"_s, TypeRole::Caption, side);
    m_zoneUse = new QPushButton(side);
    m_zoneUse->setObjectName(u"bill.useZone"_s);
    m_zoneUse->setFont(themeFont(TypeRole::Caption));
    connect(m_zoneUse, &QPushButton::clicked, this, [this] {
        useZone(m_check.daysAhead.value_or(hoursAhead()));
    });
    m_parts = new QVBoxLayout;
    m_parts->setSpacing(kPad);
    for (QWidget *each : QList<QWidget *>{m_sum, m_sides, m_zoneHint, m_zoneUse}) {
        sideColumn->addWidget(each);
    }
    sideColumn->addLayout(m_parts);
    sideColumn->addStretch(1);
    auto *area = new QScrollArea(m_result);
    area->setObjectName(u"bill.parts"_s);
    area->setAccessibleName(tr("The gap and its likely parts"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(side);
    area->viewport()->setAutoFillBackground(false);
    side->setAutoFillBackground(false);
    auto *sideSection = new Section(tr("The gap"), area, m_result);
    sideSection->setFixedWidth(std::max(280, 36 * fontMetrics().averageCharWidth()));

    auto *row = new QHBoxLayout(m_result);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kPad);
    row->addWidget(m_rowsSection, 1);
    row->addWidget(sideSection);
    return m_result;
}

} // namespace signalbox::ui
