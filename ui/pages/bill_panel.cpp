// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/bill_panel.h"

#include "ui/text/numbers.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_panel.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/section.h"
#include "ui/widgets/segments.h"

#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

void choose(QComboBox *box, const QString &column)
{
    box->setCurrentIndex(std::max(0, box->findData(column)));
}

/// Whether all columns of \p mapping are there.
bool fits(const BillMapping &mapping, const QStringList &header)
{
    const QStringList wanted{mapping.day, mapping.model, mapping.cost, mapping.currency};
    return std::ranges::all_of(wanted, [&](const QString &column) {
        return column.isEmpty() || header.contains(column);
    });
}

} // namespace

BillPanel::BillPanel(LedgerSource *ledger, QWidget *parent)
    : QWidget(parent)
    , m_ledger(ledger)
{
    setObjectName(u"billPanel"_s);
    build();
    m_mapping->hide();
    m_trouble->hide();
    m_result->hide();
    m_zone->setEnabled(false);
}

void BillPanel::setProviders(const QStringList &ids)
{
    QStringList present;
    for (int i = 0; i < m_provider->count(); ++i) {
        present << m_provider->itemText(i);
    }
    if (present == ids) {
        return;
    }
    const QString chosen = m_provider->currentText();
    m_provider->clear();
    m_provider->addItems(ids);
    m_provider->setCurrentIndex(std::max(0, static_cast<int>(ids.indexOf(chosen))));
}

QStringList BillPanel::mappings() const
{
    QStringList lines;
    for (auto each = m_known.begin(); each != m_known.end(); ++each) {
        lines << each.key() + u'\t' + toText(each.value());
    }
    return lines;
}

void BillPanel::setMappings(const QStringList &lines)
{
    m_known.clear();
    for (const QString &line : lines) {
        if (const auto mapping = mappingFromText(line.section(u'\t', 1))) {
            m_known.insert(line.section(u'\t', 0, 0), *mapping);
        }
    }
}

void BillPanel::askForFile()
{
    auto *dialog = new QFileDialog(this, tr("Choose a Bill"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({u"*.csv *.tsv"_s, u"*"_s});
    connect(dialog, &QFileDialog::fileSelected, this, &BillPanel::load);
    dialog->open();
}

void BillPanel::load(const QString &path)
{
    QFile file(path);
    m_file = QFileInfo(path).fileName();
    m_table = {};
    m_mapping->hide();
    if (!file.open(QIODevice::ReadOnly)) {
        return refuse(tr("%1 cannot be read: %2").arg(path, file.errorString()));
    }
    auto table = readCsv(file.read(kCsvBytesMax + 1));
    if (!table) {
        return refuse(u"%1: %2"_s.arg(m_file, textOf(table.error())));
    }
    m_table = std::move(*table);
    fillColumns();
}

/// The columns of the file, and which of them are meant: as the format is known, as the provider's were
/// the last time, or as their names say.
void BillPanel::fillColumns()
{
    if (m_table.header.isEmpty()) {
        return;
    }
    const auto known = knownMapping(m_table.header);
    const auto kept = m_known.constFind(m_provider->currentText());
    const bool isKept = kept != m_known.constEnd() && fits(*kept, m_table.header);
    const BillMapping meant = isKept ? *kept : known ? *known : guessedMapping(m_table.header);
    m_filling = true;
    for (QComboBox *box : {m_day, m_modelColumn, m_cost, m_currency}) {
        box->clear();
        box->addItem(tr("none"), QString());
        for (const QString &column : std::as_const(m_table.header)) {
            if (!column.isEmpty()) {
                box->addItem(column, column);
            }
        }
    }
    choose(m_day, meant.day);
    choose(m_modelColumn, meant.model);
    choose(m_cost, meant.cost);
    choose(m_currency, meant.currency);
    m_filling = false;
    m_format->setText(isKept  ? tr("as chosen before")
                      : known ? known->format
                              : tr("columns by their names"));
    m_mapping->show();
    readAgain();
}

BillMapping BillPanel::mapping() const
{
    BillMapping mapping;
    mapping.day = m_day->currentData().toString();
    mapping.model = m_modelColumn->currentData().toString();
    mapping.cost = m_cost->currentData().toString();
    mapping.currency = m_currency->currentData().toString();
    return mapping;
}

/// What was chosen by hand is remembered, once it works.
void BillPanel::takeMapping()
{
    if (m_filling) {
        return;
    }
    m_format->setText(tr("chosen by hand"));
    readAgain();
    if (m_bill.first.isValid() && !m_provider->currentText().isEmpty()) {
        m_known.insert(m_provider->currentText(), mapping());
        Q_EMIT mappingsChanged();
    }
}

void BillPanel::readAgain()
{
    m_asked.takeBack();
    auto bill = readBill(m_table, mapping());
    if (!bill) {
        return refuse(u"%1: %2"_s.arg(m_file, textOf(bill.error())));
    }
    m_bill = std::move(*bill);
    ask();
}

void BillPanel::ask()
{
    if (m_ledger == nullptr) {
        return refuse(tr("There is no ledger here to compare a bill with."));
    }
    say(tr("Looking up what was booked…"));
    CostQuery query;
    query.by = CostDimension::Provider;
    query.then = CostDimension::Model;
    query.bucket = CostBucket::Hour;
    query.since = bookedSince(m_bill);
    query.until = bookedUntil(m_bill);
    m_asked = m_ledger->costs(query, [this](const auto &answer) { take(answer); });
}

void BillPanel::take(const LedgerAnswer<std::vector<CostRow>> &answer)
{
    if (!answer) {
        return refuse(answer.error());
    }
    m_hours = *answer;
    say({});
    showCheck();
}

void BillPanel::say(const QString &trouble)
{
    m_trouble->setText(trouble);
    m_trouble->setVisible(!trouble.isEmpty());
    m_empty->setVisible(m_file.isEmpty());
}

/// Says what is in the way, and shows nothing that is of another file.
void BillPanel::refuse(const QString &trouble)
{
    m_bill = {};
    m_check = {};
    m_result->hide();
    m_zone->setEnabled(false);
    say(trouble);
}

int BillPanel::hoursAhead() const
{
    return m_zone->currentData().toInt();
}

void BillPanel::useZone(int ahead)
{
    m_zone->setCurrentIndex(m_zone->findData(ahead));
}

void BillPanel::showCheck()
{
    if (!m_bill.first.isValid()) {
        return;
    }
    m_check = checkBill(m_bill, m_provider->currentText(), m_hours, hoursAhead());
    m_sum->setText(
        tr("%1 · %2").arg(gapText(m_check.gap()), gapShare(m_check.gap(), m_check.ours)));
    m_sides->setText(tr("They bill %1; %2 is booked here, from %3 to %4.")
                         .arg(text::money(m_check.theirs),
                              text::money(m_check.ours),
                              m_bill.first.toString(Qt::ISODate),
                              m_bill.last.toString(Qt::ISODate)));
    m_zoneHint->setVisible(m_check.daysAhead.has_value());
    m_zoneUse->setVisible(m_check.daysAhead.has_value());
    if (m_check.daysAhead) {
        const QString zone = m_zone->itemText(m_zone->findData(*m_check.daysAhead));
        m_zoneHint->setText(tr("The bill fits far better with days in %1.").arg(zone));
        m_zoneUse->setText(tr("Use %1").arg(zone));
    }
    m_rowsSection->setNote(m_bill.byModel ? m_file : tr("%1; it tells no models").arg(m_file));
    m_look->setEnabled(m_bill.byModel);
    m_zone->setEnabled(true);
    m_result->show();
    showParts();
    showRows();
}

void BillPanel::showRows()
{
    const int look = m_bill.byModel ? m_look->current() : 0;
    m_model.show(look == 0 ? byDay(m_check) : look == 1 ? byModel(m_check) : m_check.rows);
    m_list->setColumnHidden(BillModel::Day, look == 1);
    m_list->setColumnHidden(BillModel::Model, look == 0);
}

void BillPanel::showParts()
{
    while (QLayoutItem *item = m_parts->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto add = [this](const QString &text, TypeRole role) {
        auto *label = new QLabel(text, m_result);
        label->setFont(themeFont(role));
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_parts->addWidget(label);
        return label;
    };
    if (m_check.parts.empty()) {
        add(tr("Bill and books agree."), TypeRole::Body);
    }
    for (const GapPart &part : m_check.parts) {
        QLabel *label = add(
            tr("%1  %2\n%3").arg(gapText(part.amount), titleOf(part.cause), explanationOf(part)),
            TypeRole::Body);
        label->setObjectName(u"bill.part"_s);
    }
}

} // namespace signalbox::ui
