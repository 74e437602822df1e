// SPDX-License-Identifier: GPL-3.0-or-later
// What the ledger answered, shown.
#include "ui/config_source.h"
#include "ui/pages/costs_chart.h"
#include "ui/pages/costs_page.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/theme/theme.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/section.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QPushButton>
#include <QSaveFile>
#include <QSpinBox>

#include <array>
#include <set>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kNoticeMs = 6'000;

qint64 msOf(SystemTime time)
{
    return std::chrono::floor<Millis>(time).time_since_epoch().count();
}

} // namespace

void CostsPage::take(const LedgerAnswer<std::vector<CostRow>> &answer, const CostQuery &query)
{
    m_awaits = false;
    if (!answer) { // what was known is of another period, perhaps
        m_isKnown = false;
        m_rows.clear();
        m_sheet = {};
        m_check.reset();
        m_unknownModels.clear();
        show();
        m_trouble->setText(answer.error());
        return m_trouble->show();
    }
    const auto [first, last] = period();
    m_isKnown = true;
    m_query = query;
    m_rows = *answer;
    m_check.reset();
    m_sheet = sheetOf(m_rows, daysOf(first, last, timeZone()), m_top->value(), measure());
    show();
    askCheck(query);
}

void CostsPage::takeCheck(const LedgerAnswer<std::vector<CostRow>> &answer, const CostQuery &query)
{
    if (!answer) {
        return; // it is not said that the sums agree
    }
    CostSums sum;
    std::set<std::string> unknown;
    const bool byModel = query.by == CostDimension::Model;
    for (const CostRow &row : *answer) {
        sum.add(row);
    }
    for (const CostRow &row : byModel ? *answer : m_rows) {
        if (row.unknownPriceRequests > 0) {
            unknown.insert(row.name);
        }
    }
    m_check = sum;
    m_unknownModels.clear();
    for (const std::string &model : unknown) {
        m_unknownModels << text::fromUtf8(model);
    }
    showSums();
    showUnknown();
}

void CostsPage::show()
{
    const bool byProvider = m_query.by == CostDimension::Provider;
    m_model.show(m_sheet,
                 {.title = m_by->itemText(int(m_query.by)),
                  .nameless = nameless(),
                  .kinds = byProvider ? m_kinds : QHash<QString, QString>(),
                  .colours = groupColours()});
    showChart();
    showSums();
    showUnknown();
    m_export->setEnabled(!m_rows.empty());
}

void CostsPage::showChart()
{
    m_chart->setView({.sheet = m_sheet,
                      .colours = groupColours(),
                      .names = groupNames(),
                      .axis = tr("Days in %1").arg(zone()),
                      .today = timeZone().isValid() ? today() : QDate(),
                      .cumulative = m_cumulative->isChecked(),
                      .logarithmic = m_log->isChecked(),
                      .budget = measure() == CostMeasure::Cost ? budget() : std::nullopt});
    QString note;
    if (m_ledger == nullptr) {
        note = tr("there is no ledger to ask");
    } else if (m_isKnown && m_rows.empty()) {
        note = tr("no request in this period");
    } else if (m_isKnown && measure() != CostMeasure::Cost
               && m_sheet.total.of(measure()) == Money()) {
        note = tr("nothing of this kind in this period");
    } else if (m_isKnown && m_sheet.total.cost == Money()) {
        note = tr("nothing was spent: no price is known of what was asked, or it was free");
    } else if (m_isKnown) {
        note =
            m_log->isChecked()
                ? tr("of all groups; today hatched, so far")
                : tr("by %1; today hatched, so far").arg(m_by->itemText(int(m_query.by)).toLower());
    }
    m_chartSection->setTitle(tr("%1 per day").arg(m_measure->currentText()));
    m_chart->setAccessibleName(tr("%1 per day").arg(m_measure->currentText()));
    m_chartSection->setNote(note);
}

QString CostsPage::nameless() const
{
    const bool reached = m_query.by == CostDimension::Provider
                         || m_query.by == CostDimension::Model;
    return reached ? tr("(no provider reached)") : tr("(none)");
}

QStringList CostsPage::groupNames() const
{
    QStringList names;
    for (const CostGroup &group : m_sheet.groups) {
        names << (group.isRest ? tr("All others") : group.name.isEmpty() ? nameless() : group.name);
    }
    return names;
}

QHash<QString, QString> CostsPage::kinds() const
{
    QHash<QString, QString> kinds;
    if (const auto &snapshot = m_state.snapshot(); snapshot != nullptr) {
        for (const telemetry::ProviderView &provider : snapshot->providers) {
            kinds.insert(text::fromUtf8(provider.id), text::fromUtf8(provider.kind));
        }
    }
    return kinds;
}

/// A provider's own, where it has one; else those that differ most, and the table says whose.
std::vector<QColor> CostsPage::groupColours() const
{
    constexpr std::array
        shades{"openai", "anthropic", "mistral", "deepseek", "gemini", "qwen", "openrouter"};
    const Theme &theme = Theme::of(this);
    std::vector<QColor> colours;
    std::size_t next = 0;
    for (const CostGroup &group : m_sheet.groups) {
        QString kind = m_query.by == CostDimension::Provider ? m_kinds.value(group.name)
                                                             : QString();
        if (kind.isEmpty()) {
            kind = QString::fromLatin1(shades[next++ % shades.size()]);
        }
        colours.push_back(group.isRest ? theme.muted : theme.provider(kind));
    }
    return colours;
}

/// Of all providers together, where each has one.
std::optional<Money> CostsPage::budget() const
{
    const auto settings = m_config == nullptr ? nullptr : m_config->running().settings;
    if (settings == nullptr || settings->providers.empty()) {
        return std::nullopt;
    }
    Money sum;
    for (const ProviderSettings &provider : settings->providers) {
        if (!provider.budgetPerDay) {
            return std::nullopt;
        }
        sum += *provider.budgetPerDay;
    }
    return sum;
}

void CostsPage::chooseDay(int day)
{
    const CostDay &chosen = m_sheet.days[static_cast<std::size_t>(day)];
    Q_EMIT requestsAsked({}, msOf(chosen.start), msOf(chosen.end));
}

void CostsPage::askWhereToExport()
{
    auto *dialog = new QFileDialog(this, tr("Export Costs"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"csv"_s);
    dialog->setNameFilter(u"*.csv"_s);
    dialog->selectFile(u"signalbox-costs-%1.csv"_s.arg(today().toString(Qt::ISODate)));
    connect(dialog, &QFileDialog::fileSelected, this, &CostsPage::exportTo);
    dialog->open();
}

void CostsPage::exportTo(const QString &path)
{
    QSaveFile file(path);
    const QByteArray csv = costsAsCsv(m_rows, m_query);
    if (!file.open(QIODevice::WriteOnly) || file.write(csv) != csv.size() || !file.commit()) {
        return m_notice->say(NoticeBar::Tone::Bad,
                             tr("%1 was not written: %2").arg(path, file.errorString()),
                             tr("Retry"),
                             [this] { askWhereToExport(); });
    }
    m_notice->say(NoticeBar::Tone::Info, tr("Written to %1").arg(path), {}, {}, kNoticeMs);
}

} // namespace signalbox::ui
