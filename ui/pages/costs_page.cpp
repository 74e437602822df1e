// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/costs_page.h"

#include "ui/config_source.h"
#include "ui/pages/costs_chart.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/section.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr qint64 kFreshMs = 15'000;

} // namespace

CostsPage::CostsPage(ConsoleState &state,
                     LedgerSource *ledger,
                     ConfigSource *config,
                     QWidget *parent)
    : Page(state, tr("Costs"), parent)
    , m_ledger(ledger)
    , m_config(config)
    , m_period(new QComboBox(this))
    , m_measure(new QComboBox(this))
    , m_by(new QComboBox(this))
    , m_then(new QComboBox(this))
    , m_top(new QSpinBox(this))
    , m_cumulative(new QCheckBox(tr("Cumulative"), this))
    , m_log(new QCheckBox(tr("Log"), this))
    , m_zone(new QComboBox(this))
    , m_export(new QPushButton(themeIcon(u"export"_s), tr("CSV"), this))
    , m_billButton(new QPushButton(tr("Check a Bill…"), this))
    , m_notice(new NoticeBar(u"costs.notice"_s, this))
    , m_trouble(new QLabel(this))
    , m_chart(new CostsChart(this))
    , m_list(new ListView(u"costs.list"_s, tr("Costs by group"), this))
{
    setObjectName(u"costs"_s);
    m_trouble->setObjectName(u"costs.trouble"_s);
    m_trouble->setWordWrap(true);
    m_trouble->hide();
    m_notice->hide();
    auto *choices = new QHBoxLayout;
    buildChoices(choices);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(kPad);
    m_chartSection = new Section(tr("Cost per day"), m_chart, this);
    middle->addWidget(m_chartSection, 1);
    middle->addWidget(buildSide());
    m_list->setModel(&m_model);
    m_list->setColumnWidths({0, 9, 9, 9, 10, 10, 7, 9, 14, 9, 9, 8});
    m_tableSection = new Section(tr("Groups"), m_list, this);
    auto *sheet = new QWidget(this);
    auto *column = new QVBoxLayout(sheet);
    column->setContentsMargins(kWide, 2, kWide, kWide);
    column->setSpacing(kPad);
    column->addWidget(m_notice);
    column->addLayout(choices);
    column->addWidget(m_trouble);
    buildPrices(column);
    column->addLayout(middle, 3);
    column->addWidget(m_tableSection, 2);
    buildBill(sheet);
    connectParts();
    show();
}

void CostsPage::connectParts()
{
    for (QComboBox *box : {m_period, m_by, m_then}) {
        connect(box, &QComboBox::currentIndexChanged, this, &CostsPage::onChoice);
    }
    connect(m_zone, &QComboBox::textActivated, this, &CostsPage::takeZone);
    connect(m_zone->lineEdit(), &QLineEdit::editingFinished, this, &CostsPage::takeZone);
    const auto cutAnew = [this] {
        m_sheet = sheetOf(m_rows, m_sheet.days, m_top->value(), measure());
        show();
    };
    connect(m_top, &QSpinBox::valueChanged, this, cutAnew);
    connect(m_measure, &QComboBox::currentIndexChanged, this, cutAnew);
    connect(m_cumulative, &QCheckBox::toggled, this, &CostsPage::show);
    connect(m_log, &QCheckBox::toggled, this, &CostsPage::show);
    connect(m_export, &QPushButton::clicked, this, &CostsPage::askWhereToExport);
    connect(m_chart, &CostsChart::dayChosen, this, &CostsPage::chooseDay);
    connect(m_showUnknown, &QPushButton::clicked, this, [this] {
        if (m_query.since && m_query.until) {
            Q_EMIT requestsAsked(
                u"cost:unknown"_s,
                std::chrono::floor<Millis>(*m_query.since).time_since_epoch().count(),
                std::chrono::floor<Millis>(*m_query.until).time_since_epoch().count());
        }
    });
    if (m_config != nullptr) {
        connect(m_config, &ConfigSource::changed, this, [this] {
            if (!m_zoneIsChosen) {
                setZone({});
            }
            onChoice();
        });
    }
}

QString CostsPage::zone() const
{
    return m_zone->currentText().trimmed();
}

void CostsPage::setZone(const QString &zone)
{
    QString name = zone;
    if (name.isEmpty() && m_config != nullptr && m_config->running().settings != nullptr) {
        name = QString::fromStdString(m_config->running().settings->server.timeZone);
    }
    m_zoneIsChosen = !zone.isEmpty();
    m_zoneTaken = name.isEmpty() ? u"UTC"_s : name;
    m_zone->setCurrentText(m_zoneTaken);
}

void CostsPage::takeZone()
{
    if (zone() == m_zoneTaken) {
        return; // the field was only left
    }
    m_zoneTaken = zone();
    m_zoneIsChosen = true;
    onChoice();
    if (timeZone().isValid()) {
        Q_EMIT zoneChanged();
    }
}

QTimeZone CostsPage::timeZone() const
{
    return QTimeZone(zone().toLatin1());
}

QDate CostsPage::today() const
{
    const qint64 now = std::chrono::floor<Millis>(m_state.now()).time_since_epoch().count();
    return QDateTime::fromMSecsSinceEpoch(now, timeZone()).date();
}

std::pair<QDate, QDate> CostsPage::period() const
{
    const QDate last = today();
    const QDate first(last.year(), last.month(), 1);
    switch (static_cast<Period>(m_period->currentIndex())) {
    case Period::Today:
        return {last, last};
    case Period::Week:
        return {last.addDays(-6), last};
    case Period::Quarter:
        return {last.addDays(-89), last};
    case Period::ThisMonth:
        return {first, last};
    case Period::LastMonth:
        return {first.addMonths(-1), first.addDays(-1)};
    case Period::Month:
        break;
    }
    return {last.addDays(-29), last};
}

CostMeasure CostsPage::measure() const
{
    return static_cast<CostMeasure>(std::max(0, m_measure->currentIndex()));
}

void CostsPage::onChoice()
{
    const bool second = m_by->currentIndex() != int(CostDimension::Task);
    m_then->setEnabled(second);
    m_then->setToolTip(second ? QString() : tr("Tasks are not parted any further"));
    m_age.invalidate();
    if (isVisible()) {
        ask();
    }
}

void CostsPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    refresh();
}

void CostsPage::refresh()
{
    if (const auto present = kinds(); present != m_kinds) { // their colours
        m_kinds = present;
        refreshBill();
        show();
    }
    if (m_ledger != nullptr && isVisible() && !m_awaits
        && (!m_age.isValid() || m_age.hasExpired(kFreshMs))) {
        ask();
    }
}

void CostsPage::ask()
{
    m_age.start();
    if (m_ledger == nullptr) {
        return;
    }
    if (!timeZone().isValid()) {
        m_asked.takeBack();
        m_askedCheck.takeBack();
        m_awaits = false;
        m_trouble->setText(
            tr("There is no time zone called “%1”. Its name is one like Europe/Berlin "
               "or Asia/Kolkata.")
                .arg(zone()));
        return m_trouble->show();
    }
    m_trouble->hide();
    m_awaits = true;
    const auto [first, last] = period();
    const auto days = daysOf(first, last, timeZone());
    CostQuery query;
    query.by = static_cast<CostDimension>(m_by->currentIndex());
    if (m_then->isEnabled() && m_then->currentIndex() > 0) {
        const auto then = static_cast<CostDimension>(m_then->currentIndex() - 1);
        query.then = then == query.by ? std::nullopt : std::optional(then);
    }
    query.timeZone = zone().toStdString();
    query.since = days.front().start;
    query.until = days.back().end;
    m_asked = m_ledger->costs(query,
                              [this, query](const LedgerAnswer<std::vector<CostRow>> &answer) {
                                  take(answer, query);
                              });
}

/// The same by another grouping: the ledger sums it up on another way.
void CostsPage::askCheck(const CostQuery &query)
{
    CostQuery check = query;
    check.by = query.by == CostDimension::Model ? CostDimension::Route : CostDimension::Model;
    check.then.reset();
    m_askedCheck = m_ledger->costs(check,
                                   [this, check](const LedgerAnswer<std::vector<CostRow>> &answer) {
                                       takeCheck(answer, check);
                                   });
}

} // namespace signalbox::ui
