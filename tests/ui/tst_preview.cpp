// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/console.h"
#include "tests/ui/support/fixture_foresight.h"
#include "ui/frame/console_actions.h"
#include "ui/pages/preview_panel.h"
#include "ui/pages/routing_page.h"
#include "ui/text/foresight_text.h"
#include "ui/widgets/segments.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;

namespace {

constexpr int kPatienceMs = 5000;

struct Previewing
{
    Previewing()
    {
        window.show();
        window.showPage(u"routing"_s);
    }

    template <class T>
    T *part(const QString &name)
    {
        return window.findChild<T *>(name);
    }
    PreviewPanel *panel() { return window.findChild<PreviewPanel *>(); }
    RoutingDraft &draft() { return *window.findChild<RoutingPage *>()->draft(); }
    QString scope() { return part<QLabel>(u"previewScope"_s)->text(); }
    /// The texts of a figure's row among those of \p part.
    QStringList row(const QString &part, const QString &figure)
    {
        auto *table = this->part<QTreeWidget>(u"previewTable"_s);
        for (int i = 0; i < table->topLevelItemCount(); ++i) {
            QTreeWidgetItem *top = table->topLevelItem(i);
            for (int k = 0; top->text(0).startsWith(part) && k < top->childCount(); ++k) {
                if (top->child(k)->text(0) == figure) {
                    return {top->child(k)->text(1),
                            top->child(k)->text(2),
                            top->child(k)->text(3),
                            top->child(k)->text(4)};
                }
            }
        }
        return {};
    }
    void edit(double weight)
    {
        draft().edit(u"test"_s, [weight](RoutingState &state) {
            state.routes.front().settings.targets.front().weight = weight;
        });
    }

    FixtureSource source;
    FixtureConfig config;
    FixtureForesight foresight;
    ConsoleWindow window{source,
                         {.clock = [this] { return source.now(); },
                          .config = &config,
                          .foresight = &foresight}};
};

} // namespace

class TestPreview : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsAskedUnasked();
    void statement44CostTimeAndLoadNowAndAfter();
    void whatStaysIsNotWorse();
    void statement44WithoutAHistoryThereIsNoData();
    void aSampleComesFirstAndIsRefined();
    void eachChangeIsLookedAtAnew();
    void stopTakesItBack();
    void anOldAnswerIsNotShown();
    void aFailureIsSaid();
    void anotherPeriodIsAskedFor();
    void theMenuAsksToo();
    void withoutASourceThereIsNoPanel();
    void aReaderMayPreview();
    void aTrialIsHeldToThePreviewOfItsVeryText();
    void aSampleOrARecordingHoldsNothing();
    void aPlainChangeTakesThePreviewWithIt();
    void providersAndHoursAreThereToo();
};

void TestPreview::nothingIsAskedUnasked()
{
    Previewing console;
    console.edit(3);
    QTest::qWait(kSettleMs);
    QVERIFY(console.foresight.questions().empty());
    QVERIFY(!console.part<QTreeWidget>(u"previewTable"_s)->isVisible());
}

void TestPreview::statement44CostTimeAndLoadNowAndAfter()
{
    Previewing console;
    console.part<QPushButton>(u"previewButton"_s)->click();
    console.foresight.answer(FixtureForesight::scene());
    QCOMPARE(console.row(u"All traffic"_s, u"Cost"_s),
             QStringList({u"$3.41"_s, u"$2.86"_s, u"−16 %"_s, u"$2.79 to $2.94"_s}));
    const QStringList slow = console.row(u"All traffic"_s, u"p95"_s);
    QVERIFY(slow[0].startsWith(u"1.74"_s) && slow[1].startsWith(u"1.91"_s));
    QCOMPARE(slow[2], u"+9.6 %"_s);
    QCOMPARE(console.row(u"anthropic/claude-sonnet-4-5"_s, u"Share"_s).mid(0, 2),
             QStringList({u"40 %"_s, u"55 %"_s}));
    QVERIFY(console.scope().contains(u"nothing was sent"_s));
    QCOMPARE(console.config.questions(), 0);
}

/// Half a unit of the last digit and what doubles make of it must not tell two figures apart.
void TestPreview::whatStaysIsNotWorse()
{
    Foresight same = FixtureForesight::scene();
    same.all.now.total.p95 = Micros(4'375'000);
    same.all.now.cost = Money::fromNanos(117'800'001);
    same.all.after = same.all.now;
    same.all.bands = EffectBands{{0.117800001 + 1e-15, 0.117800001 + 1e-15},
                                 EffectBand{4.375 + 1e-12, 4.375 + 1e-12},
                                 std::nullopt,
                                 {0, 0}};
    for (const text::EffectLine &line : text::effectLines(same.all, same.replayed)) {
        QVERIFY2(!line.worse, qPrintable(line.figure));
        if (line.figure == u"p95"_s) {
            QCOMPARE(line.band, line.after);
        }
    }
}

void TestPreview::statement44WithoutAHistoryThereIsNoData()
{
    Previewing console;
    console.panel()->preview();
    console.foresight.answer(FixtureForesight::scene());
    for (const char *figure : {"Cost", "p95"}) {
        QCOMPARE(console.row(u"mistral/mistral-large"_s, QString::fromLatin1(figure))[1],
                 u"no data"_s);
    }
    QVERIFY(console.part<QLabel>(u"previewNotes"_s)
                ->text()
                .contains(u"No data for mistral/mistral-large in task class code"_s));
}

void TestPreview::aSampleComesFirstAndIsRefined()
{
    Previewing console;
    console.panel()->preview();
    QCOMPARE(console.foresight.questions().size(), std::size_t(1));
    QVERIFY(console.foresight.questions()[0].sample);
    QVERIFY(console.part<QProgressBar>(u"previewProgress"_s)->isVisible());
    console.foresight.progress(0.5);
    QCOMPARE(console.part<QProgressBar>(u"previewProgress"_s)->value(), 500);
    console.foresight.answer(FixtureForesight::scene(true));
    QVERIFY(console.scope().contains(u"first look"_s));
    QCOMPARE(console.foresight.questions().size(), std::size_t(2));
    QVERIFY(!console.foresight.questions()[1].sample);
    console.foresight.answer(FixtureForesight::scene());
    QVERIFY(!console.panel()->isAsking());
    QCOMPARE(console.foresight.questions().size(), std::size_t(2));
}

void TestPreview::eachChangeIsLookedAtAnew()
{
    Previewing console;
    console.panel()->preview();
    console.foresight.answer(FixtureForesight::scene());
    const QString before = console.foresight.questions().back().draft;
    console.edit(7);
    console.edit(9);
    QTRY_COMPARE_WITH_TIMEOUT(console.foresight.questions().size(), std::size_t(2), kPatienceMs);
    QVERIFY(console.foresight.questions().back().sample);
    QVERIFY(console.foresight.questions().back().draft != before);
}

void TestPreview::stopTakesItBack()
{
    Previewing console;
    console.panel()->preview();
    const int before = console.foresight.cancelled();
    console.part<QPushButton>(u"previewButton"_s)->click();
    QCOMPARE(console.foresight.cancelled(), before + 1);
    QVERIFY(!console.panel()->isAsking());
    console.edit(5);
    QTest::qWait(kSettleMs);
    QCOMPARE(console.foresight.questions().size(), std::size_t(1));
}

void TestPreview::anOldAnswerIsNotShown()
{
    Previewing console;
    console.panel()->preview();
    Q_EMIT console.foresight.answered(0, {nullptr, u"an old one"_s});
    Q_EMIT console.foresight.answered(99'999, {nullptr, u"another's"_s});
    QVERIFY(console.panel()->isAsking());
}

void TestPreview::aFailureIsSaid()
{
    Previewing console;
    console.panel()->preview();
    console.foresight.fail(u"The ledger cannot be read."_s);
    QCOMPARE(console.scope(), u"The ledger cannot be read."_s);
    QVERIFY(!console.panel()->isAsking());
}

void TestPreview::anotherPeriodIsAskedFor()
{
    Previewing console;
    console.panel()->preview();
    auto *period = console.part<QComboBox>(u"previewPeriod"_s);
    period->setCurrentIndex(1);
    Q_EMIT period->activated(1);
    QCOMPARE(console.foresight.questions().back().period, Seconds(24 * 3600));
}

void TestPreview::theMenuAsksToo()
{
    Previewing console;
    QAction *action = console.window.actionSet().previewDraft;
    QVERIFY(action->isEnabled());
    console.window.showPage(u"overview"_s);
    action->trigger();
    QCOMPARE(console.window.currentPage(), u"routing"_s);
    QCOMPARE(console.foresight.questions().size(), std::size_t(1));
}

void TestPreview::withoutASourceThereIsNoPanel()
{
    Console console;
    console.window.showPage(u"routing"_s);
    QVERIFY(console.window.findChild<PreviewPanel *>() == nullptr);
    QVERIFY(!console.window.actionSet().previewDraft->isEnabled());
}

void TestPreview::aReaderMayPreview()
{
    Previewing console;
    console.config.setFixed(u"you may only read"_s);
    QTest::qWait(kSettleMs);
    auto *button = console.part<QPushButton>(u"previewButton"_s);
    QVERIFY(button->isEnabled());
    button->click();
    QCOMPARE(console.foresight.questions().size(), std::size_t(1));
}

void TestPreview::aTrialIsHeldToThePreviewOfItsVeryText()
{
    Previewing console;
    console.edit(7);
    console.panel()->preview();
    console.foresight.answer(FixtureForesight::scene());
    auto *page = console.window.findChild<RoutingPage *>();
    page->setView(RoutingPage::Review);
    auto *basis = console.part<QLabel>(u"applyBasis"_s);
    QVERIFY2(basis->isVisible() && basis->text().contains(u"compared with what happens"_s),
             qPrintable(basis->text()));
    console.part<QCheckBox>(u"toAShareFirst"_s)->setChecked(true);
    QVERIFY2(basis->text().contains(u"held to the preview: failures up to 1.2 %"_s),
             qPrintable(basis->text()));
    page->applyToShare({}, TrialTerms());
    QTRY_VERIFY(console.config.trial() != nullptr);
    const auto expected = console.config.trial()->terms.expected;
    QVERIFY(expected && expected->failureShare && expected->p95 && expected->costPerRequest);
    QVERIFY(expected->p95->value == Micros(Millis(1910)));
    // An edit later the preview is of another text.
    QTRY_COMPARE(page->view(), RoutingPage::Routes);
    console.edit(9);
    page->setView(RoutingPage::Review);
    QTRY_VERIFY(basis->text().contains(u"what these routes did before"_s));
    QVERIFY(!console.panel()->expectedOf(console.draft().edited().text));
    console.part<QCheckBox>(u"toAShareFirst"_s)->setChecked(false);
    QVERIFY(!basis->isVisible());
}

void TestPreview::aSampleOrARecordingHoldsNothing()
{
    Previewing console;
    console.edit(7);
    console.panel()->preview();
    console.foresight.answer(FixtureForesight::scene(true));
    const QString text = console.draft().edited().text;
    QVERIFY(!console.panel()->expectedOf(text));
    console.foresight.answer(FixtureForesight::scene());
    QVERIFY(console.panel()->expectedOf(text));
    QVERIFY(!console.panel()->expectedOf(text + u"# a word"_s));
    Foresight unknown = FixtureForesight::scene();
    unknown.changed.after.unknown = unknown.changed.after.requests / 2;
    console.panel()->preview();
    console.foresight.answer(unknown);
    QVERIFY(!console.panel()->expectedOf(text));
}

void TestPreview::providersAndHoursAreThereToo()
{
    Previewing console;
    auto *parts = console.part<Segments>(u"previewParts"_s);
    QVERIFY(!parts->isVisible()); // there is nothing to divide yet
    console.panel()->preview();
    console.foresight.answer(FixtureForesight::scene());
    QVERIFY(parts->isVisible());
    const auto names = [&] {
        QStringList all;
        auto *table = console.part<QTreeWidget>(u"previewTable"_s);
        for (int i = 0; i < table->topLevelItemCount(); ++i) {
            all << table->topLevelItem(i)->text(0);
        }
        return all;
    };
    QCOMPARE(names().size(), 4);
    auto *providers = parts->findChildren<QToolButton *>().at(1);
    QCOMPARE(providers->accessibleName(), u"Parts of the traffic: Providers"_s);
    providers->setFocus();
    QTest::keyClick(providers, Qt::Key_Space);
    QCOMPARE(names().size(), 3);
    QVERIFY(names().at(1).startsWith(u"openai "_s) && names().at(2).startsWith(u"anthropic "_s));
    QCOMPARE(console.row(u"anthropic"_s, u"Share"_s).mid(0, 2),
             QStringList({u"40 %"_s, u"55 %"_s}));
    parts->setCurrent(2);
    QCOMPARE(names().size(), 3);
    QVERIFY2(names().at(1).endsWith(u":00   Cost"_s), qPrintable(names().at(1)));
    const QTreeWidgetItem *hour = console.part<QTreeWidget>(u"previewTable"_s)->topLevelItem(1);
    QCOMPARE(QStringList({hour->text(1), hour->text(2), hour->text(3)}),
             QStringList({u"$1.70"_s, u"$1.42"_s, u"−16 %"_s}));
    QCOMPARE(console.row(names().at(1), u"Share"_s), QStringList());
    QCOMPARE(console.row(names().at(1), u"Cost"_s)[1], u"$1.42"_s);
    console.foresight.answer(FixtureForesight::scene()); // the choice stays
    QCOMPARE(parts->current(), 2);
}

void TestPreview::aPlainChangeTakesThePreviewWithIt()
{
    Previewing console;
    console.edit(7);
    console.panel()->preview();
    console.foresight.answer(FixtureForesight::scene());
    auto *page = console.window.findChild<RoutingPage *>();
    const auto expected = console.panel()->expectedOf(console.draft().edited().text);
    page->apply({});
    QVERIFY(expected && console.config.origin().foretold == expected);
    QTRY_VERIFY(!console.draft().isModified());
    console.edit(11);
    page->apply({});
    QVERIFY(!console.config.origin().foretold); // of that nobody has foretold anything
}

QTEST_MAIN(TestPreview)
#include "tst_preview.moc"
