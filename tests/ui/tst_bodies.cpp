// SPDX-License-Identifier: GPL-3.0-or-later
// What was said in a request, on the page of requests.
#include "tests/ui/support/console.h"
#include "tests/ui/support/fixture_ledger.h"
#include "ui/widgets/bodies_view.h"
#include "ui/widgets/explain_panel.h"
#include "ui/widgets/segments.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QTreeWidget>

using namespace signalbox;
using namespace signalbox::ui;
using namespace Qt::StringLiterals;

class TestBodies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void areFoldedUntilAskedFor();
    void areFoundInAndCopied();
    void saysWhatIsNotThere();
    void withoutALedgerThereAreNone();

private:
    template <typename T>
    T *part(const char *name)
    {
        return m_panel->findChild<T *>(QString::fromLatin1(name));
    }
    static RequestRecord recordOf(const char *id)
    {
        RequestRecord record;
        record.id = id;
        record.status = 200;
        return record;
    }

    std::unique_ptr<FixtureLedger> m_ledger;
    std::unique_ptr<ExplainPanel> m_panel;
};

void TestBodies::init()
{
    m_ledger = std::make_unique<FixtureLedger>(SystemTime(Seconds(1'700'000'000)));
    m_panel = std::make_unique<ExplainPanel>();
    m_panel->setLedger(m_ledger.get());
    m_panel->setRecord(recordOf("r10"));
    m_panel->resize(900, 400);
    m_panel->show();
}

/// Statement 64, on screen: nothing is asked for by itself, and each request is asked for by itself.
void TestBodies::areFoldedUntilAskedFor()
{
    auto *button = part<QPushButton>("explain.bodies");
    auto *view = part<BodiesView>("bodies");
    QVERIFY(button->isVisible() && !button->isChecked());
    QVERIFY(!view->isVisible() && m_panel->tree()->isVisible());
    QVERIFY(m_ledger->askedBodies.empty());
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    QTRY_VERIFY(view->text()->toPlainText().contains(u"Is [redacted] still valid?"));
    QVERIFY(view->isVisible() && !m_panel->tree()->isVisible());
    QCOMPARE(m_ledger->askedBodies, std::string("r10"));
    QVERIFY(view->text()->toPlainText().contains(u"\n  \"model\": \"chat-default\""));
    QVERIFY(part<QLabel>("bodies.note")->text().contains(u"214"));
    m_panel->setRecord(recordOf("r10")); // the same again, in full
    QVERIFY(button->isChecked());
    m_panel->setRecord(recordOf("r11"));
    QVERIFY(!button->isChecked() && !view->isVisible() && m_panel->tree()->isVisible());
    QVERIFY(view->text()->toPlainText().isEmpty());
    QCOMPARE(m_ledger->askedBodies, std::string("r10"));
}

void TestBodies::areFoundInAndCopied()
{
    part<QPushButton>("explain.bodies")->click();
    auto *view = part<BodiesView>("bodies");
    QTRY_VERIFY(view->text()->isEnabled());
    part<Segments>("bodies.which")->setCurrent(1);
    Q_EMIT part<Segments>("bodies.which")->currentChanged(1);
    QVERIFY(view->text()->toPlainText().contains(u"withdrawn on Monday"));
    auto *find = part<QLineEdit>("bodies.find");
    find->setFocus();
    QTest::keyClicks(find, u"IT"_s); // whatever the case
    const auto marks = view->text()->extraSelections();
    QVERIFY(marks.size() >= 1);
    QVERIFY(part<QLabel>("bodies.found")->text().startsWith(QString::number(marks.size())));
    QTest::keyClick(find, Qt::Key_Return);
    QCOMPARE(view->text()->textCursor().selectedText().toLower(), u"it"_s);
    find->setText(u"nowhere at all"_s);
    QCOMPARE(part<QLabel>("bodies.found")->text(), u"0 found"_s);
    part<QPushButton>("bodies.copy")->click();
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"{\"events\":41"_s)); // as it was
}

void TestBodies::saysWhatIsNotThere()
{
    m_panel->setRecord(recordOf("r17"));
    part<QPushButton>("explain.bodies")->click();
    QTRY_VERIFY(part<QLabel>("bodies.note")->text().contains(u"keep_bodies_days"));
    QVERIFY(!part<BodiesView>("bodies")->text()->isEnabled());
    m_ledger->problem = u"The gateway says: this needs an operator's right"_s;
    m_panel->setRecord(recordOf("r18"));
    part<QPushButton>("explain.bodies")->click();
    QTRY_COMPARE(part<QLabel>("bodies.note")->text(), m_ledger->problem);
}

void TestBodies::withoutALedgerThereAreNone()
{
    m_panel->setLedger(nullptr);
    QVERIFY(!part<QPushButton>("explain.bodies")->isVisible());
}

QTEST_MAIN(TestBodies)
#include "tst_bodies.moc"
