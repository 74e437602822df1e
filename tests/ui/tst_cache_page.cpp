// SPDX-License-Identifier: GPL-3.0-or-later
// The page of the cache: what it says, what can be done there, and how it is undone.
#include "tests/ui/support/far_fixture.h"
#include "tests/ui/support/fixture_cache.h"
#include "tests/ui/support/fixture_config.h"
#include "tests/ui/support/fixture_source.h"
#include "ui/charts/time_chart.h"
#include "ui/console_window.h"
#include "ui/frame/console_actions.h"
#include "ui/models/cache_text.h"
#include "ui/pages/cache_entries_panel.h"
#include "ui/pages/cache_page.h"
#include "ui/widgets/confirm_dialog.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/question_pair.h"
#include "ui/widgets/skeleton.h"
#include "ui/widgets/threshold_chart.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>

#include <cmath>

using namespace signalbox;
using namespace signalbox::ui;
using namespace Qt::StringLiterals;

namespace {

template <typename Source = FixtureSource>
struct House
{
    House()
    {
        window.resize(1280, 800);
        window.show();
        window.showPage(u"cache"_s);
    }

    CachePage *page() { return window.findChild<CachePage *>(); }
    CacheEntriesPanel *panel() { return window.findChild<CacheEntriesPanel *>(); }
    QAbstractItemModel *rows() { return list()->model(); }
    ListView *list() { return window.findChild<ListView *>(u"cache.list"_s); }
    NoticeBar *notices() { return window.findChild<NoticeBar *>(u"notices"_s); }
    QPushButton *button(const char *name)
    {
        return page()->template findChild<QPushButton *>(QLatin1StringView(name));
    }
    QString label(const char *name)
    {
        return page()->template findChild<QLabel *>(QLatin1StringView(name))->text();
    }
    void choose(int from, int to)
    {
        list()->setFocus();
        list()->setCurrentIndex(rows()->index(from, 0));
        list()->selectionModel()->select(QItemSelection(rows()->index(from, 0),
                                                        rows()->index(to, 0)),
                                         QItemSelectionModel::ClearAndSelect
                                             | QItemSelectionModel::Rows);
    }
    /// Everything that can be read on the page, for eyes and for screen readers.
    QStringList words()
    {
        QStringList all;
        const auto widgets = page()->template findChildren<QWidget *>();
        for (const QWidget *widget : widgets) {
            if (!widget->isVisible()) {
                continue;
            }
            all << widget->accessibleName() << widget->accessibleDescription();
            if (const auto *text = qobject_cast<const QLabel *>(widget)) {
                all << text->text();
            }
            if (const auto *pressed = qobject_cast<const QAbstractButton *>(widget)) {
                all << pressed->text();
            }
        }
        return all;
    }

    Source source;
    FixtureConfig config;
    FixtureCache cache{source.now()};
    ConsoleWindow window{source,
                         {.clock = [this] { return source.now(); },
                          .config = &config,
                          .cache = &cache}};
};

} // namespace

class TestCachePage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statement68OffSaysSoAndShowsNoRate();
    void oneForSomeRoutesIsNotOff();
    void statement69FlushAllAsks();
    void statement69DeleteSelectedOffersUndo();
    void turningOnIsShownFirst();
    void figuresHaveTheirDenominators();
    void deletesWhatAFilterFindsAfterItsUndo();
    void aFailureBringsRowsBack();
    void filtersAndSaysWhatMakesNoSense();
    void readsPageByPage();
    void pinsWhatIsChosen();
    void leadsToTheRequest();
    void nearMissesStandSideBySide();
    void aThresholdIsTriedAndTaken();
    void nothingIsOverwritten();
    void aViewerChangesNothing();
    void troubleKeepsWhatWasSeen();
    void waitsForTheFirstAnswer();
    void asksOnlyInSight();
    void theChartKnowsWhatWasSeen();
    void saysThatThereIsNoCache();
};

void TestCachePage::statement68OffSaysSoAndShowsNoRate()
{
    House house;
    house.cache.state = CacheView{};
    house.cache.state.mode = "off";
    house.cache.state.promptCaches = {{"deepseek", 812'000, 0}};
    house.cache.kept.clear();
    house.page()->askAnew();
    QTRY_COMPARE(house.label("cache.rate"), u"Cache is off"_s);
    QTRY_VERIFY(house.words().contains(u"Turn On"_s));
    QVERIFY(!house.list()->isVisible());
    const QRegularExpression nought(u"(^|[^0-9.,])0([.,]0)? ?%"_s);
    for (const QString &words : house.words()) {
        QVERIFY2(!words.contains(nought), qPrintable(words));
    }
    // What is kept from before can still be thrown away.
    CacheEntry left;
    left.id = "e1";
    house.cache.kept.push_back(left);
    house.page()->askAnew();
    QTRY_VERIFY(house.list()->isVisible());
    QCOMPARE(house.label("cache.rate"), u"Cache is off"_s);
    QVERIFY(
        house.page()->findChild<NoticeBar *>(u"cache.offBar"_s)->text().contains(u"1 answers"_s));
}

void TestCachePage::oneForSomeRoutesIsNotOff()
{
    House house;
    house.cache.state.mode = "off";
    house.cache.state.routesOn = {"chat", "faq"};
    house.page()->askAnew();
    QTRY_VERIFY(house.label("cache.kinds").startsWith(u"On for chat, faq alone"_s));
    QVERIFY(house.label("cache.rate") != u"Cache is off"_s);
    QVERIFY(!house.words().contains(u"Turn On"_s));
}

void TestCachePage::statement69FlushAllAsks()
{
    House house;
    QTRY_VERIFY(house.rows()->rowCount() > 0);
    const auto ask = [&house] {
        house.button("cache.flush")->click();
        return house.window.findChild<ConfirmDialog *>(u"confirm"_s);
    };
    ConfirmDialog *dialog = ask();
    QVERIFY(dialog != nullptr);
    QVERIFY(dialog->findChildren<QLabel *>().last()->text().contains(u"600"_s));
    auto *cancel = dialog->findChild<QPushButton *>(u"cancel"_s);
    QVERIFY(cancel->isDefault());
    QTest::keyClick(dialog, Qt::Key_Return); // what Return does is nothing
    QVERIFY(house.cache.filters.empty());
    QTRY_VERIFY(house.window.findChild<ConfirmDialog *>(u"confirm"_s) == nullptr);
    dialog = ask();
    dialog->findChild<QPushButton *>(u"act"_s)->click();
    QTRY_COMPARE(house.rows()->rowCount(), 0);
    QCOMPARE(house.cache.filters, std::vector<CacheFilter>{CacheFilter{}});
    QVERIFY(house.cache.kept.empty());
    QTRY_COMPARE(house.notices()->text(), u"The cache is flushed: 600 entries went."_s);
    QVERIFY(!house.button("cache.flush")->isEnabled());
}

void TestCachePage::statement69DeleteSelectedOffersUndo()
{
    House house;
    QTRY_COMPARE(house.rows()->rowCount(), CacheEntries::kPageRows);
    const std::string first = house.panel()->entries().entryAt(1).id;
    house.choose(1, 2);
    house.button("cache.deleteSelected")->click();
    QVERIFY(house.window.findChild<QDialog *>(u"confirm"_s) == nullptr);
    QCOMPARE(house.rows()->rowCount(), CacheEntries::kPageRows - 2);
    QVERIFY(house.notices()->text().startsWith(u"2 kept answer"_s));
    QVERIFY(house.cache.evicted.empty()); // nothing has happened yet
    QTest::keyClick(&house.window, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(house.rows()->rowCount(), CacheEntries::kPageRows);
    QCOMPARE(house.panel()->entries().entryAt(1).id, first);
    house.panel()->settle();
    QVERIFY(house.cache.evicted.empty());
    house.choose(1, 2);
    QTest::keyClick(house.list(), Qt::Key_Delete);
    house.panel()->settle(); // its time has passed
    QCOMPARE(house.cache.evicted.size(), std::size_t(2));
    QCOMPARE(house.cache.evicted.front(), first);
    QTRY_COMPARE(house.panel()->entries().matching(), std::size_t(598));
}

void TestCachePage::turningOnIsShownFirst()
{
    House house;
    house.cache.state.mode = "off";
    house.cache.kept.clear();
    house.page()->askAnew();
    QTRY_VERIFY(house.words().contains(u"Turn On"_s));
    const auto buttons = house.page()->findChildren<QPushButton *>(u"copyCurl"_s);
    buttons.first()->click();
    QVERIFY(house.button("cache.applyChange")->isVisible());
    QVERIFY(!house.words().contains(u"Turn On"_s)); // it is being asked
    QVERIFY(!house.config.running().text.contains(u"[cache]"_s)); // shown, not applied
    house.button("cache.cancelChange")->click();
    QVERIFY(house.words().contains(u"Turn On"_s));
    buttons.first()->click();
    house.button("cache.applyChange")->click();
    QTRY_VERIFY(house.config.running().text.endsWith(u"\n[cache]\nmode = \"exact\"\n"_s));
    QTRY_VERIFY(!house.button("cache.applyChange")->isVisible());
}

void TestCachePage::figuresHaveTheirDenominators()
{
    House house;
    QTRY_COMPARE(house.label("cache.rate"), u"38 % (4,120 of 10,842)"_s);
    QCOMPARE(house.label("cache.kinds"),
             u"By meaning, from a likeness of 0.92 on\n3,711 the same request, 389 by meaning, "
             "20 past their lifetime"_s);
    QVERIFY(house.label("cache.fill").startsWith(u"184.2 MB of 300.0 MB, 600 of 100,000"_s));
    QCOMPARE(house.label("cache.promptShare"), u"56 % of 7.24M tokens"_s);
    QTRY_VERIFY(house.label("cache.byProvider").contains(u"Anthropic 71 % of 4.12M tokens"_s));
    QVERIFY(house.label("cache.byProvider").contains(u"DeepSeek none of 812k tokens"_s));
    QVERIFY(!house.label("cache.byProvider").contains(u"Mistral"_s)); // it said nothing
    QCOMPARE(house.label("cache.saved"), u"$88.10"_s);
    QCOMPARE(house.label("cache.waiting"), u"41 min of waiting"_s);
    QVERIFY(house.label("cache.unpriced").startsWith(u"12 hit"_s));
    CacheTotals none;
    QVERIFY(!hitRate(none).contains(u'%'));
}

void TestCachePage::deletesWhatAFilterFindsAfterItsUndo()
{
    House house;
    QTRY_VERIFY(house.rows()->rowCount() > 0);
    QVERIFY(!house.button("cache.deleteMatching")->isVisible());
    house.panel()->filterField()->setText(u"hits:0"_s);
    QTRY_COMPARE(house.panel()->entries().matching(), std::size_t(27));
    QTRY_VERIFY(house.button("cache.deleteMatching")->isEnabled());
    QCOMPARE(house.button("cache.deleteMatching")->text(), u"Delete 27 Matching"_s);
    house.button("cache.deleteMatching")->click();
    QCOMPARE(house.rows()->rowCount(), 0);
    QVERIFY(house.cache.filters.empty());
    QVERIFY(house.notices()->text().contains(u"hits:0"_s));
    house.notices()->press();
    QCOMPARE(house.rows()->rowCount(), 27);
    house.button("cache.deleteMatching")->click();
    house.panel()->settle();
    QTRY_COMPARE(house.cache.kept.size(), std::size_t(573));
    QCOMPARE(*house.cache.filters.front().hitsAtMost, std::uint64_t(0));
}

void TestCachePage::aFailureBringsRowsBack()
{
    House house;
    QTRY_VERIFY(house.rows()->rowCount() > 0);
    house.choose(0, 0);
    house.button("cache.deleteSelected")->click();
    house.cache.problem = u"The disk is full."_s;
    house.panel()->settle();
    QTRY_COMPARE(house.notices()->text(), u"Nothing was deleted: The disk is full."_s);
    house.cache.problem.clear();
    house.page()->askAnew();
    QTRY_COMPARE(house.rows()->rowCount(), CacheEntries::kPageRows);
}

void TestCachePage::filtersAndSaysWhatMakesNoSense()
{
    House house;
    QTRY_VERIFY(house.rows()->rowCount() > 0);
    QTest::keyClick(&house.window, Qt::Key_F, Qt::ControlModifier);
    QCOMPARE(house.window.focusWidget(), house.panel()->filterField());
    house.panel()->filterField()->setText(u"route:code age:<1d"_s);
    QVERIFY(house.label("cache.filterTrouble").contains(u"age:>12h"_s));
    QTRY_COMPARE(house.rows()->rowCount(), 0);
    QCOMPARE(house.label("cache.noEntries"), u"Nothing is looked for."_s);
    house.panel()->filterField()->setText(u"route:code password"_s);
    QTRY_VERIFY(house.rows()->rowCount() > 0);
    QCOMPARE(*house.cache.queries.back().filter.text, std::string("password"));
    house.panel()->filterField()->setText(u"no such words"_s);
    QTRY_COMPARE(house.label("cache.noEntries"), u"No kept answer is found by this filter."_s);
    house.panel()->filterField()->clear();
    house.page()->findChild<QComboBox *>(u"cache.order"_s)->setCurrentIndex(2);
    QTRY_COMPARE(house.cache.queries.back().order, CacheOrder::MostHits);
    QTRY_COMPARE(house.rows()->rowCount(), CacheEntries::kPageRows);
    QCOMPARE(house.panel()->entries().entryAt(0).hits, std::uint64_t(22));
}

void TestCachePage::readsPageByPage()
{
    const FixtureSource source;
    FixtureCache cache(source.now(), 450);
    CacheEntries entries;
    const QAbstractItemModelTester tester(&entries,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    entries.setSource(cache);
    entries.setNow(source.now());
    entries.look({});
    QTRY_COMPARE(entries.rowCount(), 200);
    QVERIFY(entries.canFetchMore({}));
    cache.kept.insert(cache.kept.begin(), cache.kept.back()); // what comes moves the others
    cache.kept.front().id = "new";
    entries.fetchMore({});
    QVERIFY(!entries.canFetchMore({})); // not before the answer
    QTRY_COMPARE(entries.rowCount(), 399); // the one that was read already is not read twice
    entries.fetchMore({});
    QTRY_COMPARE(entries.state(), CacheEntries::State::All);
    QCOMPARE(entries.rowCount(), 450);
    entries.hide({u"e100000"_s, u"e100449"_s});
    QCOMPARE(entries.rowCount(), 448);
    entries.setPinned(u"e100001"_s, true);
    QCOMPARE(entries.index(0, CacheEntries::Expires).data().toString(), u"pinned"_s);
    entries.hide({});
    cache.problem = u"gone"_s;
    entries.look({});
    QTRY_COMPARE(entries.state(), CacheEntries::State::Failed);
    QCOMPARE(entries.rowCount(), 450); // what was read stays
    entries.clear();
    QCOMPARE(entries.rowCount(), 0);
}

void TestCachePage::pinsWhatIsChosen()
{
    House house;
    QTRY_VERIFY(house.rows()->rowCount() > 0);
    QVERIFY(!house.button("cache.pin")->isEnabled());
    house.choose(3, 4); // one of them is pinned
    QCOMPARE(house.button("cache.pin")->text(), u"Pin"_s);
    house.button("cache.pin")->click();
    QTRY_VERIFY(house.cache.kept[4].pinned);
    QTRY_COMPARE(house.button("cache.pin")->text(), u"Unpin"_s);
    house.button("cache.pin")->click();
    QTRY_VERIFY(!house.cache.kept[3].pinned && !house.cache.kept[4].pinned);
}

void TestCachePage::leadsToTheRequest()
{
    House house;
    QTRY_VERIFY(house.rows()->rowCount() > 0);
    house.choose(5, 5);
    QTest::keyClick(house.list(), Qt::Key_Return);
    QTRY_COMPARE(house.window.currentPage(), u"requests"_s);
    QCOMPARE(house.window.findChild<QLineEdit *>(u"requests.filter"_s)->text(),
             u"id:01KAF3G7H210005"_s);
}

void TestCachePage::nearMissesStandSideBySide()
{
    House house;
    house.page()->setView(CachePage::NearMisses);
    auto *list = house.window.findChild<ListView *>(u"cache.misses"_s);
    QTRY_COMPARE(list->model()->rowCount(), 5);
    const QAbstractItemModelTester tester(list->model(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    auto *pair = house.page()->findChild<QuestionPair *>();
    QCOMPARE(pair->onlyInOne(), (QStringList{u"not"_s, u"by accident"_s}));
    QVERIFY(pair->onlyInOther().isEmpty());
    QVERIFY(house.label("cache.why").contains(u"One denies what the other does not."_s));
    QVERIFY(house.label("cache.pair.one").contains(u"underline"_s));
    list->setCurrentIndex(list->model()->index(1, 0));
    QCOMPARE(pair->onlyInOne(), QStringList{u"60"_s});
    QCOMPARE(pair->onlyInOther(), QStringList{u"30"_s});
    // A new one comes in front; the one that is looked at stays.
    CacheNearMiss fresh = house.cache.state.nearMisses.front();
    fresh.requestId = "fresh";
    fresh.vetoes = {"something_new"};
    house.cache.state.nearMisses.insert(house.cache.state.nearMisses.begin(), fresh);
    house.cache.state.nearMisses.pop_back();
    house.page()->askAnew();
    QTRY_COMPARE(list->model()->index(0, 4).data().toString(), u"Kept apart by “something_new”."_s);
    QCOMPARE(list->currentIndex().row(), 2);
    QCOMPARE(pair->onlyInOne(), QStringList{u"60"_s});
}

void TestCachePage::aThresholdIsTriedAndTaken()
{
    House house;
    QTRY_VERIFY(house.page()->shown());
    QCOMPARE(house.cache.evaluations, 0); // not before somebody looks
    house.page()->setView(CachePage::Threshold);
    auto *chart = house.page()->findChild<ThresholdChart *>();
    QTRY_VERIFY(chart->measured() != nullptr);
    QCOMPARE(house.cache.evaluations, 1);
    QCOMPARE(chart->tried(), 0.92);
    QVERIFY(!house.button("cache.useThreshold")->isEnabled()); // it is in force
    QTest::keyClick(chart, Qt::Key_Left);
    QTest::keyClick(chart, Qt::Key_Left, Qt::ShiftModifier);
    QVERIFY(std::abs(chart->tried() - 0.86) < 1e-9);
    QCOMPARE(house.label("cache.missesAbove"), u"5 of 5"_s);
    QVERIFY(chart->accessibleDescription().startsWith(u"0.86: precision 100 %"_s));
    QTest::keyClick(chart, Qt::Key_Home);
    QCOMPARE(chart->tried(), 0.5);
    QVERIFY(house.label("cache.falseHits") != u"0 %"_s);
    house.button("cache.recommended")->click();
    QCOMPARE(chart->tried(), 0.84);
    QCOMPARE(house.button("cache.useThreshold")->text(), u"Use 0.84…"_s);
    house.button("cache.useThreshold")->click();
    QVERIFY(!house.config.running().text.contains(u"threshold"_s));
    QTest::keyClick(house.window.focusWidget(), Qt::Key_Space); // Apply has the focus
    QTRY_VERIFY(house.config.running().text.endsWith(u"[cache]\nthreshold = 0.84\n"_s));
    QCOMPARE(house.config.past().front().why, u"Answer by meaning from a likeness of 0.84 on"_s);
}

void TestCachePage::nothingIsOverwritten()
{
    House house;
    house.page()->setView(CachePage::Threshold);
    auto *chart = house.page()->findChild<ThresholdChart *>();
    QTRY_VERIFY(chart->measured() != nullptr);
    house.button("cache.recommended")->click();
    house.button("cache.useThreshold")->click();
    house.config.applyAs(u"bob"_s, house.config.textWith(u"weight = 50"_s, u"weight = 40"_s), {});
    house.button("cache.applyChange")->click();
    auto *problem = house.page()->findChild<NoticeBar *>(u"cache.changeProblem"_s);
    QTRY_VERIFY(problem->text().startsWith(u"Somebody changed the configuration"_s));
    QVERIFY(!house.config.running().text.contains(u"threshold"_s));
    house.button("cache.applyChange")->click(); // now that it was seen
    QTRY_VERIFY(house.config.running().text.contains(u"threshold = 0.84"_s));
    QVERIFY(house.config.running().text.contains(u"weight = 40"_s));
    house.page()->findChild<ThresholdChart *>()->setTried(0.9);
    QTest::keyClick(chart, Qt::Key_Right);
    house.button("cache.useThreshold")->click();
    house.config.failApply(u"The file could not be written."_s);
    house.button("cache.applyChange")->click();
    QTRY_COMPARE(problem->text(), u"The file could not be written."_s);
    house.button("cache.cancelChange")->click();
    QVERIFY(!problem->isVisible());
}

void TestCachePage::aViewerChangesNothing()
{
    House<FarFixture> house;
    QTRY_VERIFY(house.rows()->rowCount() > 0);
    house.choose(0, 1);
    QVERIFY(house.button("cache.deleteSelected")->isEnabled());
    house.source.change([](Connection &line) {
        line.viewer = true;
        line.person = u"vera"_s;
    });
    for (const char *name : {"cache.deleteSelected", "cache.flush", "cache.pin"}) {
        QVERIFY2(!house.button(name)->isEnabled(), name);
        QVERIFY2(house.button(name)->toolTip().contains(u"vera reads everything"_s), name);
    }
    QTest::keyClick(house.list(), Qt::Key_Delete);
    QCOMPARE(house.rows()->rowCount(), CacheEntries::kPageRows);
    house.page()->setView(CachePage::Threshold);
    QTRY_VERIFY(house.button("cache.recommended")->isEnabled()); // trying is free
    house.button("cache.recommended")->click();
    QVERIFY(!house.button("cache.useThreshold")->isEnabled());
    QVERIFY(house.label("cache.thresholdWords").contains(u"A viewer may not"_s));
}

void TestCachePage::troubleKeepsWhatWasSeen()
{
    House house;
    QTRY_VERIFY(house.rows()->rowCount() > 0);
    house.cache.problem = u"The gateway's answer makes no sense."_s;
    house.page()->askAnew();
    auto *trouble = house.page()->findChild<NoticeBar *>(u"cache.trouble"_s);
    QTRY_COMPARE(trouble->text(), house.cache.problem);
    QCOMPARE(house.label("cache.rate"), u"38 % (4,120 of 10,842)"_s);
    QCOMPARE(house.rows()->rowCount(), CacheEntries::kPageRows);
    house.cache.problem.clear();
    trouble->press();
    QTRY_VERIFY(!trouble->isVisible());
}

void TestCachePage::waitsForTheFirstAnswer()
{
    House house;
    QVERIFY(house.page()->findChild<Skeleton *>()->isVisible());
    QVERIFY(!house.page()->findChild<QLabel *>(u"cache.rate"_s)->isVisible());
    QTRY_VERIFY(!house.page()->findChild<Skeleton *>()->isVisible());
    QVERIFY(house.page()->findChild<QLabel *>(u"cache.rate"_s)->isVisible());
}

void TestCachePage::asksOnlyInSight()
{
    House house;
    QTRY_VERIFY(house.rows()->rowCount() > 0);
    house.window.showPage(u"overview"_s);
    const std::size_t before = house.cache.queries.size();
    house.page()->askAnew();
    house.source.advance(Seconds(1));
    QTest::qWait(400);
    QCOMPARE(house.cache.queries.size(), before);
}

void TestCachePage::theChartKnowsWhatWasSeen()
{
    CacheHistory history;
    constexpr qint64 start = 1'800'000'000'000;
    CacheTotals totals;
    const auto go = [&](qint64 seconds, std::uint64_t lookups, std::uint64_t exact) {
        totals.lookups = lookups;
        totals.exactHits = exact;
        history.take(start + seconds * 1000, totals);
    };
    go(0, 1'000, 900); // what was before it is not known
    go(5, 1'010, 902);
    go(10, 1'020, 905);
    go(20, 1'020, 905); // nobody asked
    go(120, 2'000, 1'900); // too long ago to say when
    go(130, 2'100, 1'950);
    go(140, 7, 7); // it was started anew
    go(150, 17, 12);
    const ChartData chart = history.chart({.spanMs = 300'000}, start + 150'000);
    QCOMPARE(chart.bucketMs, 10'000);
    QCOMPARE(chart.series.size(), std::size_t(1)); // none by meaning
    const auto at = [&](qint64 seconds) {
        for (const QPointF &point : chart.series.front().points) {
            if (qRound64(point.x()) == start + seconds * 1000) {
                return point.y();
            }
        }
        return -1.0;
    };
    QCOMPARE(at(0), 0.25);
    QVERIFY(std::isnan(at(10)));
    QVERIFY(std::isnan(at(110)));
    QCOMPARE(at(120), 0.5);
    QVERIFY(std::isnan(at(130)));
    QCOMPARE(at(140), 0.5);
    for (int i = 0; i < 20'000; ++i) { // its memory is bounded
        go(200 + i, 17 + static_cast<std::uint64_t>(i), 12);
    }
    QVERIFY(history.chart({.spanMs = 86'400'000}, start + 20'200'000).series.front().points.size()
            <= 121);
}

void TestCachePage::saysThatThereIsNoCache()
{
    FixtureSource source;
    ConsoleWindow window(source, {.clock = [&source] { return source.now(); }});
    window.show();
    window.showPage(u"cache"_s);
    QCOMPARE(window.currentPage(), u"cache"_s);
    auto *page = window.findChild<CachePage *>();
    QVERIFY(page->filterField() == nullptr);
    QVERIFY(!window.actionSet().filter->isEnabled());
    const auto labels = page->findChildren<QLabel *>();
    QVERIFY(std::ranges::any_of(labels, [](const QLabel *label) {
        return label->isVisible() && label->text() == u"No cache to look at"_s;
    }));
}

QTEST_MAIN(TestCachePage)
#include "tst_cache_page.moc"
