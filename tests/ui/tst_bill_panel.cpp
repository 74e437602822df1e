// SPDX-License-Identifier: GPL-3.0-or-later
// The check of a bill on its screen: from the file to the gap, and every refusal in words.
#include "tests/ui/support/console.h"
#include "tests/ui/support/fixture_ledger.h"
#include "ui/pages/bill_panel.h"
#include "ui/pages/costs_page.h"
#include "ui/widgets/list_view.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;

namespace {

struct BillScreen
{
    explicit BillScreen(QSettings *settings = nullptr)
        : window(source,
                 {.clock = [this] { return source.now(); },
                  .settings = settings,
                  .ledger = &ledger})
    {
        window.show();
        (void)QTest::qWaitFor([this] { return window.state().snapshot() != nullptr; },
                              kFedWithinMs);
        window.showPage(u"costs"_s);
        QTest::qWait(kSettleMs);
        button(u"costs.bill"_s)->click();
        part<QComboBox>(u"bill.provider"_s)->setCurrentText(u"openai"_s);
    }
    template <class T>
    [[nodiscard]] T *part(const QString &name) const
    {
        return window.findChild<T *>(name);
    }
    [[nodiscard]] QPushButton *button(const QString &name) const { return part<QPushButton>(name); }
    [[nodiscard]] BillPanel &panel() const { return *window.findChild<BillPanel *>(); }
    [[nodiscard]] QString trouble() const
    {
        auto *label = part<QLabel>(u"bill.trouble"_s);
        return label->isVisible() ? label->text() : QString();
    }
    /// Reads a bill of that text.
    void load(const QByteArray &text)
    {
        const QString path = folder.filePath(u"bill.csv"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
        file.close();
        panel().load(path);
        QTRY_VERIFY(!trouble().startsWith(u"Looking"_s));
    }
    [[nodiscard]] QString partsText() const
    {
        QStringList all;
        for (const QLabel *label : panel().findChildren<QLabel *>(u"bill.part"_s)) {
            all << label->text();
        }
        return all.join(u'\n');
    }

    QTemporaryDir folder;
    FixtureSource source;
    FixtureLedger ledger{source.now()};
    ConsoleWindow window;
};

/// What the fixture's ledger has for openai on its last day, with 14 % more for one model and one that
/// was never called.
QByteArray dayOfBill(const BillScreen &screen)
{
    const auto today = std::chrono::floor<Millis>(screen.source.now()).time_since_epoch().count();
    const QDate day = QDateTime::fromMSecsSinceEpoch(today, Qt::UTC).date();
    const QByteArray date = day.toString(Qt::ISODate).toLatin1();
    return "date,model,cost\n" + date + ",gpt-4.1,2.5\n" + date + ",gpt-4.1-mini,0.2\n" + date
           + ",o3,1.37\n";
}

} // namespace

class TestBillPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void opensOverTheCostsAndGoesBack();
    void showsTheGapAndItsParts();
    void rowsAreSeenByDayAndByModel();
    void columnsAreChosenAndRemembered();
    void everyRefusalIsSaid();
    void anotherZoneIsAnotherCheck();
};

void TestBillPanel::opensOverTheCostsAndGoesBack()
{
    const BillScreen screen;
    QVERIFY(screen.panel().isVisible());
    QVERIFY(!screen.part<ListView>(u"costs.list"_s)->isVisible());
    QTest::keyClick(screen.button(u"bill.back"_s), Qt::Key_Space);
    QVERIFY(!screen.panel().isVisible());
    QVERIFY(screen.part<ListView>(u"costs.list"_s)->isVisible());
}

void TestBillPanel::showsTheGapAndItsParts()
{
    BillScreen screen;
    screen.load(dayOfBill(screen));
    QCOMPARE(screen.trouble(), QString());
    const BillCheck &check = screen.panel().check();
    QCOMPARE(check.theirs, Money::fromNanos(4'070'000'000));
    QVERIFY(check.ours > Money());
    Money parts;
    for (const GapPart &part : check.parts) {
        parts += part.amount;
    }
    QCOMPARE(parts, check.gap());
    QVERIFY2(screen.part<QLabel>(u"bill.gap"_s)->text().startsWith(gapText(check.gap())),
             qPrintable(screen.part<QLabel>(u"bill.gap"_s)->text()));
    QVERIFY2(screen.partsText().contains(u"o3: somebody else uses the key"_s),
             qPrintable(screen.partsText()));
    // It asked for one provider's hours, and for as many as other zones' days need.
    QCOMPARE(screen.ledger.askedCosts.bucket, CostBucket::Hour);
    QVERIFY(screen.ledger.askedCosts.by == CostDimension::Provider);
    QVERIFY(screen.ledger.askedCosts.then == CostDimension::Model);
}

void TestBillPanel::rowsAreSeenByDayAndByModel()
{
    BillScreen screen;
    auto *list = screen.part<ListView>(u"bill.list"_s);
    const QAbstractItemModelTester tester(list->model());
    screen.load(dayOfBill(screen));
    QCOMPARE(list->model()->rowCount(), 2); // the day, and the sum
    QVERIFY(list->isColumnHidden(BillModel::Model));
    const auto looks = screen.panel().findChildren<QAbstractButton *>();
    for (QAbstractButton *look : looks) {
        if (look->text() == u"By model"_s) {
            look->click();
        }
    }
    QVERIFY(list->model()->rowCount() >= 4);
    QVERIFY(list->isColumnHidden(BillModel::Day));
    const int last = list->model()->rowCount() - 1;
    QCOMPARE(list->model()->index(last, BillModel::Theirs).data().toString(), u"$4.07"_s);
}

void TestBillPanel::columnsAreChosenAndRemembered()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"settings.ini"_s);
    const QByteArray text("when,what,spent\n2026-03-14,gpt-4.1,1.25\n");
    {
        QSettings settings(file, QSettings::IniFormat);
        BillScreen screen(&settings);
        screen.load(text);
        QVERIFY2(screen.trouble().contains(u"which columns"_s), qPrintable(screen.trouble()));
        for (const auto &[field, column] : {std::pair{u"bill.day"_s, u"when"_s},
                                            std::pair{u"bill.cost"_s, u"spent"_s},
                                            std::pair{u"bill.model"_s, u"what"_s}}) {
            auto *box = screen.part<QComboBox>(field);
            box->setCurrentIndex(box->findData(column));
        }
        QTRY_COMPARE(screen.panel().check().theirs, Money::fromNanos(1'250'000'000));
    }
    QSettings settings(file, QSettings::IniFormat);
    BillScreen screen(&settings);
    screen.load(text);
    QCOMPARE(screen.trouble(), QString());
    QCOMPARE(screen.part<QComboBox>(u"bill.model"_s)->currentData().toString(), u"what"_s);
    QCOMPARE(screen.panel().check().theirs, Money::fromNanos(1'250'000'000));
}

void TestBillPanel::everyRefusalIsSaid()
{
    BillScreen screen;
    screen.load(dayOfBill(screen));
    screen.panel().load(screen.folder.filePath(u"none.csv"_s));
    QVERIFY(screen.trouble().contains(u"none.csv cannot be read"_s));
    QCOMPARE(screen.panel().check().theirs, Money()); // nothing of the file before is left
    screen.load("date,model,cost\n2026-03-14,m,\"1,25\"\n");
    QVERIFY2(screen.trouble().startsWith(
                 u"bill.csv: Line 2, column 3: 1,25 is written with a comma"_s),
             qPrintable(screen.trouble()));
    screen.load("date,model,cost\n2026-03-14,m\n");
    QVERIFY(screen.trouble().startsWith(u"bill.csv: Line 2: There are 2 fields"_s));
    screen.ledger.problem = u"The ledger cannot be read: corrupt"_s;
    screen.load("date,model,cost\n2026-03-14,m,1\n");
    QTRY_COMPARE(screen.trouble(), screen.ledger.problem);
    screen.ledger.problem.clear();
    screen.load("date,model,cost\n2026-03-14,m,1\n");
    QCOMPARE(screen.trouble(), QString());
}

void TestBillPanel::anotherZoneIsAnotherCheck()
{
    BillScreen screen;
    auto *zone = screen.part<QComboBox>(u"bill.zone"_s);
    QVERIFY(!zone->isEnabled());
    screen.load(dayOfBill(screen));
    QVERIFY(zone->isEnabled());
    const Money ours = screen.panel().check().ours;
    zone->setCurrentIndex(zone->findData(-12)); // the fixture books a day's cost at its midnight
    QVERIFY(screen.panel().check().ours != ours);
    zone->setCurrentIndex(zone->findData(0));
    QCOMPARE(screen.panel().check().ours, ours);
}

QTEST_MAIN(TestBillPanel)
#include "tst_bill_panel.moc"
