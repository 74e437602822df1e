// SPDX-License-Identifier: GPL-3.0-or-later
// The costs' page and its sums.
#include "tests/ui/support/console.h"
#include "tests/ui/support/fixture_ledger.h"
#include "ui/models/costs_model.h"
#include "ui/pages/costs_chart.h"
#include "ui/pages/costs_page.h"
#include "ui/widgets/list_view.h"

#include "core/base/random.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace signalbox;
using namespace signalbox::ui;
using namespace Qt::StringLiterals;

namespace {

CostRow rowOf(const CostDay &day, const char *name, std::int64_t nanos)
{
    CostRow row;
    row.bucket = day.date.toString(Qt::ISODate).toStdString();
    row.start = day.start;
    row.name = name;
    row.requests = 1;
    row.cost = Money::fromNanos(nanos);
    return row;
}

struct Screen
{
    Screen()
    {
        window.resize(1280, 800);
        window.show();
        (void)QTest::qWaitFor([this] { return window.state().snapshot() != nullptr; },
                              kFedWithinMs);
        window.showPage(u"costs"_s);
        (void)QTest::qWaitFor([this] { return list->model()->rowCount() > 0; }, kFedWithinMs);
        QTest::qWait(kSettleMs); // the check too
    }
    template <typename T>
    T *part(const char *name)
    {
        return window.findChild<T *>(QString::fromLatin1(name));
    }

    FixtureSource source{FixtureSource::Scenario::Busy};
    FixtureConfig config;
    FixtureLedger ledger{source.now()};
    ConsoleWindow window{source,
                         {.clock = [this] { return source.now(); },
                          .config = &config,
                          .ledger = &ledger}};
    CostsPage *page = window.findChild<CostsPage *>();
    CostsChart *chart = window.findChild<CostsChart *>();
    ListView *list = window.findChild<ListView *>(u"costs.list"_s);
};

} // namespace

class TestCosts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void daysPartTimeInEveryZone();
    void sumsAreTheSameByAnyCut();
    void rowsOfNoDayAreAFault();
    void forecastsFromWholeDays();
    void theFileAddsUp();
    void theTableIsTheSumOfTheBars();
    void everyMeasureAddsUp();
    void todayIsSoFar();
    void partsGroups();
    void theZoneIsChosenAndKept();
    void unknownPricesAreCountedAndLedTo();
    void pricesAreSetWhereNoneIsKnown();
    void saysWhatIsWrongAndWhatIsEmpty();
};

/// Goal: every instant is in one day, whatever the zone does: half hours, summer time, days left out.
void TestCosts::daysPartTimeInEveryZone()
{
    Random random(5);
    const auto zones = QTimeZone::availableTimeZoneIds();
    for (int i = 0; i < 400; ++i) {
        const QTimeZone zone(
            zones[static_cast<qsizetype>(random.below(static_cast<std::uint64_t>(zones.size())))]);
        const QDate first = QDate(1995, 1, 1).addDays(static_cast<int>(random.below(12'000)));
        const auto days = daysOf(first, first.addDays(40), zone);
        QCOMPARE(days.size(), std::size_t(41));
        for (std::size_t at = 0; at < days.size(); ++at) {
            QVERIFY(days[at].end >= days[at].start); // Samoa had no 30 December 2011
            QVERIFY(at == 0 || days[at].start == days[at - 1].end);
        }
    }
    const auto berlin = daysOf({2026, 10, 25}, {2026, 10, 25}, QTimeZone("Europe/Berlin"));
    QVERIFY(berlin[0].end - berlin[0].start == std::chrono::hours(25));
    QVERIFY(daysOf({2026, 10, 2}, {2026, 10, 1}, QTimeZone::utc()).empty());
}

/// Statement 65 and 67: the sum of days is the range's, of groups too, to the nano-dollar.
void TestCosts::sumsAreTheSameByAnyCut()
{
    Random random(6);
    const QList<QByteArray> zones{"Asia/Kolkata", "Europe/Berlin", "America/St_Johns", "UTC"};
    constexpr std::array names{"a", "b", "c", "d", "e", "f", ""};
    for (int i = 0; i < 200; ++i) {
        const QTimeZone zone(zones[i % zones.size()]);
        const auto days = daysOf({2026, 10, 20}, {2026, 10, 30}, zone);
        std::vector<CostRow> rows;
        Money total;
        for (const CostDay &day : days) {
            for (const char *name : names) {
                const auto nanos = static_cast<std::int64_t>(random.below(3'000'000'000));
                rows.push_back(rowOf(day, name, nanos));
                total += rows.back().cost;
            }
        }
        const CostSheet sheet = sheetOf(rows, days, 1 + i % 8);
        QVERIFY(sheet.adds());
        QCOMPARE(sheet.total.cost.nanos(), total.nanos());
        QVERIFY(sheet.groups.size() <= std::size_t(7));
        Money single; // day by day, as five questions would have it
        for (const CostDay &day : days) {
            std::vector<CostRow> ofDay;
            std::ranges::copy_if(rows, std::back_inserter(ofDay), [&day](const CostRow &row) {
                return row.start == day.start;
            });
            single += sheetOf(ofDay, {day}, 3).total.cost;
        }
        QCOMPARE(single.nanos(), total.nanos());
    }
}

void TestCosts::rowsOfNoDayAreAFault()
{
    const auto days = daysOf({2026, 10, 20}, {2026, 10, 21}, QTimeZone::utc());
    const auto before = daysOf({2026, 10, 19}, {2026, 10, 19}, QTimeZone::utc());
    const CostSheet sheet = sheetOf({rowOf(before[0], "a", 5)}, days, 8);
    QCOMPARE(sheet.strays, std::int64_t(1));
    QVERIFY(!sheet.adds());
}

void TestCosts::forecastsFromWholeDays()
{
    const auto days = daysOf({2026, 11, 1}, {2026, 11, 23}, QTimeZone::utc());
    std::vector<CostRow> rows;
    for (const CostDay &day : days) {
        rows.push_back(rowOf(day, "a", day.date.day() == 23 ? 1 : 2'000'000'000));
    }
    const auto even = forecastOf(sheetOf(rows, days, 8), {2026, 11, 23}, 30);
    QVERIFY(even);
    QCOMPARE(even->usd, 60.0); // today, which is not over, does not count
    QCOMPARE(even->offUsd, 0.0);
    QCOMPARE(even->from, 22);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i].cost = Money::fromNanos(i % 2 == 0 ? 1'000'000'000 : 3'000'000'000);
    }
    const auto uneven = forecastOf(sheetOf(rows, days, 8), {2026, 11, 23}, 30);
    QVERIFY2(uneven->offUsd > 10 && uneven->offUsd < 13,
             qPrintable(QString::number(uneven->offUsd)));
    rows.erase(rows.begin(), rows.begin() + 17); // nothing was spent before
    QVERIFY(!forecastOf(sheetOf(rows, days, 8), {2026, 11, 23}, 30));
}

void TestCosts::theFileAddsUp()
{
    Screen screen;
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"costs.csv"_s);
    screen.page->exportTo(path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    Money sum;
    const auto lines = QString::fromUtf8(file.readAll()).split(u"\r\n"_s, Qt::SkipEmptyParts);
    QCOMPARE(lines.first(),
             u"day,provider,requests,prompt_tokens,completion_tokens,cost_usd,estimated_cost_usd,"
             "unknown_price_requests,wasted_cost_usd,abandoned_cost_usd,abandoned_requests,"
             "prompt_cache_saved_usd,cache_saved_usd,shadow_cost_usd,health_check_cost_usd,"
             "cache_embedding_cost_usd"_s);
    Money wasted;
    Money shadows;
    for (const QString &line : lines.mid(1)) {
        sum += *Money::fromDecimal(line.section(u',', 5, 5).toStdString());
        wasted += *Money::fromDecimal(line.section(u',', 8, 8).toStdString());
        shadows += *Money::fromDecimal(line.section(u',', 13, 13).toStdString());
    }
    QCOMPARE(wasted.nanos(), screen.page->sheet().total.wasted.nanos());
    QCOMPARE(shadows.nanos(), screen.page->sheet().total.shadows.nanos());
    QVERIFY(wasted > Money() && shadows > Money());
    QCOMPARE(sum.nanos(), screen.page->sheet().total.cost.nanos());
    screen.page->exportTo(dir.filePath(u"none/costs.csv"_s));
    QVERIFY(screen.part<NoticeBar>("costs.notice")->text().contains(u"was not written"));
}

/// Statement 67.
void TestCosts::theTableIsTheSumOfTheBars()
{
    Screen screen;
    CostsModel model;
    const QAbstractItemModelTester tester(&model);
    for (const int top : {8, 2, 1}) {
        screen.part<QSpinBox>("costs.top")->setValue(top);
        const CostSheet &sheet = screen.page->sheet();
        model.show(sheet, {.title = u"Provider"_s, .nameless = u"(none)"_s});
        QVERIFY(sheet.adds());
        Money bars;
        for (int day = 0; day < static_cast<int>(sheet.days.size()); ++day) {
            for (const Money piece : screen.chart->stackOf(day)) {
                bars += piece;
            }
        }
        QCOMPARE(bars.nanos(), sheet.total.cost.nanos());
        const auto *shown = screen.list->model();
        const int last = shown->rowCount() - 1;
        QCOMPARE(shown->index(last, 0).data().toString(), u"Sum"_s);
        QCOMPARE(shown->index(last, CostsModel::CostColumn).data().toString(),
                 screen.part<QLabel>("costs.total")->text());
        QCOMPARE(model.rowCount(), shown->rowCount());
    }
    const QString check = screen.part<QLabel>("costs.check")->text();
    QVERIFY2(check.count(u"✓"_s) == 2, qPrintable(check));
    // Cumulative: the last bar is the total.
    screen.part<QCheckBox>("costs.cumulative")->setChecked(true);
    Money last;
    for (const Money piece :
         screen.chart->stackOf(static_cast<int>(screen.page->sheet().days.size()) - 1)) {
        last += piece;
    }
    QCOMPARE(last.nanos(), screen.page->sheet().total.cost.nanos());
}

/// Goal: whatever the chart is of, bars, rows and total are the same to the nano-dollar.
void TestCosts::everyMeasureAddsUp()
{
    Screen screen;
    screen.part<QSpinBox>("costs.top")->setValue(2);
    auto *choice = screen.part<QComboBox>("costs.measure");
    const auto *shown = screen.list->model();
    constexpr std::array columns{CostsModel::CostColumn,
                                 CostsModel::Wasted,
                                 CostsModel::Abandoned,
                                 CostsModel::Saved,
                                 CostsModel::OwnCalls};
    for (int at = 0; at < choice->count(); ++at) {
        choice->setCurrentIndex(at);
        const auto measure = static_cast<CostMeasure>(at);
        const CostSheet &sheet = screen.page->sheet();
        QVERIFY(sheet.adds());
        Money bars;
        for (int day = 0; day < static_cast<int>(sheet.days.size()); ++day) {
            for (const Money piece : screen.chart->stackOf(day)) {
                bars += piece;
            }
        }
        QVERIFY(bars > Money());
        QCOMPARE(bars.nanos(), sheet.total.of(measure).nanos());
        const QString check = screen.part<QLabel>("costs.check")->text();
        QVERIFY2(check.count(u"✓"_s) == 2, qPrintable(check));
        const int last = shown->rowCount() - 1;
        const QString cell =
            shown->index(last, columns[static_cast<std::size_t>(at)]).data().toString();
        if (measure != CostMeasure::Abandoned) { // which counts requests there
            QCOMPARE(cell, screen.part<QLabel>("costs.total")->text());
        } else {
            QVERIFY2(cell.contains(u'%'), qPrintable(cell));
        }
        QCOMPARE(screen.chart->view().budget.has_value(), false);
        QCOMPARE(screen.part<QLabel>("costs.forecast")->isVisible(), measure == CostMeasure::Cost);
    }
    const QString uses = screen.part<QLabel>("costs.uses")->text();
    for (const QString &words : {u"Wasted"_s, u"abandoned"_s, u"prompt caches"_s, u"shadows"_s}) {
        QVERIFY2(uses.contains(words), qPrintable(uses));
    }
}

/// Statement 66.
void TestCosts::todayIsSoFar()
{
    Screen screen;
    const CostsChart::View &view = screen.chart->view();
    QCOMPARE(view.today, view.sheet.days.back().date);
    const auto last = static_cast<int>(view.sheet.days.size()) - 1;
    QVERIFY(screen.chart->wordsFor(last).contains(u"so far"));
    QVERIFY(!screen.chart->wordsFor(last - 1).contains(u"so far"));
    screen.chart->setFocus();
    QTest::keyClick(screen.chart, Qt::Key_Left);
    QVERIFY(screen.chart->accessibleDescription().contains(u"so far"));
    QTest::keyClick(screen.chart, Qt::Key_Left);
    QTest::keyClick(screen.chart, Qt::Key_Return); // that day's requests
    QCOMPARE(screen.window.currentPage(), u"requests"_s);
    QCOMPARE(screen.window.view().range().spanMs, qint64(86'400'000));
}

void TestCosts::partsGroups()
{
    Screen screen;
    screen.part<QComboBox>("costs.then")->setCurrentIndex(2);
    QTRY_VERIFY(screen.ledger.askedCosts.then == CostDimension::Model
                || screen.ledger.askedCosts.by == CostDimension::Model);
    QTRY_VERIFY(!screen.page->sheet().groups.front().parts.empty());
    QVERIFY(screen.page->sheet().adds());
    QCOMPARE(screen.page->sheet().groups.front().parts.size(), std::size_t(2));
    screen.part<QComboBox>("costs.by")->setCurrentIndex(int(CostDimension::Task));
    QVERIFY(!screen.part<QComboBox>("costs.then")->isEnabled());
    QTRY_VERIFY(screen.page->sheet().groups.front().parts.empty());
}

void TestCosts::theZoneIsChosenAndKept()
{
    const QTemporaryDir dir;
    QSettings settings(dir.filePath(u"kept.ini"_s), QSettings::IniFormat);
    FixtureSource source{FixtureSource::Scenario::Busy};
    FixtureLedger ledger{source.now()};
    const ConsoleOptions options{.clock = [&source] { return source.now(); },
                                 .settings = &settings,
                                 .ledger = &ledger};
    {
        ConsoleWindow window(source, options);
        window.show();
        window.showPage(u"costs"_s);
        auto *zone = window.findChild<QComboBox *>(u"costs.zone"_s);
        QCOMPARE(zone->currentText(), u"UTC"_s);
        zone->setCurrentText(u"Asia/Kolkata"_s);
        Q_EMIT zone->lineEdit()->editingFinished();
        QTRY_COMPARE(ledger.askedCosts.timeZone, std::string("Asia/Kolkata"));
        // Midnight there is half past six in the evening before.
        const auto since = std::chrono::floor<Seconds>(*ledger.askedCosts.since);
        QVERIFY(since.time_since_epoch().count() % 86'400 == 18 * 3600 + 1800);
        zone->setCurrentText(u"Mars/Olympus"_s);
        Q_EMIT zone->lineEdit()->editingFinished();
        auto *trouble = window.findChild<QLabel *>(u"costs.trouble"_s);
        QVERIFY(trouble->isVisible() && trouble->text().contains(u"Mars/Olympus"));
        zone->setCurrentText(u"Asia/Kolkata"_s);
        Q_EMIT zone->lineEdit()->editingFinished();
        QVERIFY(!trouble->isVisible());
    }
    const ConsoleWindow window(source, options);
    QCOMPARE(window.findChild<CostsPage *>()->zone(), u"Asia/Kolkata"_s);
}

void TestCosts::unknownPricesAreCountedAndLedTo()
{
    Screen screen;
    QVERIFY(screen.part<QLabel>("costs.unknown")->text().contains(u"deepseek-chat"));
    QVERIFY(screen.part<QPushButton>("costs.setPrices")->isVisible());
    screen.part<QPushButton>("costs.showUnknown")->click();
    QCOMPARE(screen.window.currentPage(), u"requests"_s);
    QCOMPARE(screen.part<QLineEdit>("requests.filter")->text(), u"cost:unknown"_s);
    QTRY_VERIFY(screen.ledger.asked.unknownCostOnly);
}

void TestCosts::pricesAreSetWhereNoneIsKnown()
{
    Screen screen;
    auto *set = screen.part<QPushButton>("costs.setPrices");
    QTRY_VERIFY(set->isVisible());
    set->click();
    auto *review = screen.part<QPushButton>("prices.review");
    auto *input = screen.part<QLineEdit>("prices.input.0");
    auto *output = screen.part<QLineEdit>("prices.output.0");
    QCOMPARE(input->accessibleName(), u"deepseek/deepseek-chat, price of the input"_s);
    QTest::keyClicks(input, u"0.27x"_s);
    QCOMPARE(input->text(), u"0.27"_s);
    QVERIFY(!review->isEnabled());
    QTest::keyClicks(output, u"1.1"_s);
    QTest::keyClick(output, Qt::Key_Return);
    QVERIFY(!review->isVisible());
    auto *diff = screen.part<QPlainTextEdit>("prices.changeDiff");
    QVERIFY(diff->isVisible() && diff->toPlainText().contains(u"price = { input = 0.27"));
    QVERIFY(!screen.config.running().text.contains(u"0.27"));
    screen.part<QPushButton>("prices.applyChange")->click();
    QTRY_VERIFY(screen.config.running().text.contains(
        u"name = \"deepseek-chat\"\nprice = { input = 0.27, output = 1.1 }\n"_s));
    QTRY_VERIFY(!set->isVisible() && !diff->isVisible());
}

void TestCosts::saysWhatIsWrongAndWhatIsEmpty()
{
    Screen screen;
    screen.ledger.problem = u"The ledger cannot be read: corrupt"_s;
    screen.part<QComboBox>("costs.period")->setCurrentIndex(1);
    auto *trouble = screen.part<QLabel>("costs.trouble");
    QTRY_COMPARE(trouble->text(), screen.ledger.problem);
    QVERIFY(trouble->isVisible());
    screen.ledger.problem.clear();
    screen.ledger.spends = false;
    screen.part<QComboBox>("costs.period")->setCurrentIndex(2);
    const auto labels = screen.page->findChildren<QLabel *>();
    QTRY_VERIFY(std::ranges::any_of(labels, [](const QLabel *label) {
        return label->text().contains(u"no request in this period");
    }));
    QVERIFY(!trouble->isVisible());
    QCOMPARE(screen.list->model()->rowCount(), 0);
}

QTEST_MAIN(TestCosts)
#include "tst_costs.moc"
