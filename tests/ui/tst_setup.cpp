// SPDX-License-Identifier: GPL-3.0-or-later
// The first start of a fresh profile.
#include "tests/ui/support/console.h"
#include "ui/frame/console_actions.h"
#include "ui/pages/setup_view.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;

namespace {

/// A fresh profile; its settings outlive the window.
struct Fresh
{
    Fresh() { settings.setFresh(true); }

    ConsoleWindow &open()
    {
        window = std::make_unique<ConsoleWindow>(source,
                                                 ConsoleOptions{.clock =
                                                                    [this] { return source.now(); },
                                                                .settings = &kept,
                                                                .source = &settings});
        window->show();
        window->activateWindow();
        return *window;
    }
    [[nodiscard]] SetupView *view() const { return window->findChild<SetupView *>(); }
    template <class Widget = QPushButton>
    [[nodiscard]] Widget *part(const QString &name) const
    {
        return view()->findChild<Widget *>(u"setup."_s + name);
    }
    [[nodiscard]] QString said(const QString &name) const { return part<NoticeBar>(name)->text(); }
    [[nodiscard]] QLineEdit *key() const { return view()->findChild<QLineEdit *>(u"keyValue"_s); }
    /// To the step where a provider is asked for.
    void toProvider() const
    {
        QTRY_VERIFY(part(u"next"_s)->isEnabled());
        part(u"next"_s)->click();
        QVERIFY(part<QComboBox>(u"kind"_s)->isVisible());
    }

    QTemporaryDir folder;
    QSettings kept{folder.filePath(u"console.ini"_s), QSettings::IniFormat};
    FixtureSource source{FixtureSource::Scenario::NoRequestsYet};
    FixtureSettings settings;
    std::unique_ptr<ConsoleWindow> window;
};

} // namespace

class TestSetup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsWithIt();
    void doesNotBeginWithItOtherwise();
    void keepsThePagesAwayUntilTheGatewayAnswers();
    void skippingIsRemembered();
    void setsUpAProviderByKeyboard();
    void saysWhatTheProviderSaid();
    void asksForAnAddressWhereThereIsNoUsualOne();
    void offersTheSessionWithoutAKeychain();
    void canBeCalledLater();
};

/// Goal: statement 1. Method: no page is seen, and no key, menu or palette leads to one.
void TestSetup::beginsWithIt()
{
    Fresh fresh;
    ConsoleWindow &window = fresh.open();
    QVERIFY(fresh.view() != nullptr && fresh.view()->isVisible());
    QVERIFY(!window.findChild<Page *>(u"overview"_s)->isVisible());
    const ConsoleActions &act = window.actionSet();
    QTest::keyClick(&window, Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(window.currentPage(), u"overview"_s);
    QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier);
    QVERIFY(fresh.view()->isVisible());
    for (const QAction *action : {act.palette, act.settings, act.back, act.refresh, act.setUp}) {
        QVERIFY2(!action->isEnabled(), qPrintable(action->objectName()));
    }
    QVERIFY(!act.targetsMenu->menuAction()->isEnabled());
    QVERIFY(act.quit->isEnabled() && act.themes[2]->isEnabled());
    for (int tabs = 0; tabs < 12; ++tabs) {
        QTest::keyClick(window.focusWidget(), Qt::Key_Tab);
        QVERIFY(fresh.view()->isAncestorOf(window.focusWidget()));
    }
}

void TestSetup::doesNotBeginWithItOtherwise()
{
    Fresh fresh;
    fresh.settings.setFresh(false);
    QVERIFY(fresh.open().findChild<SetupView *>() == nullptr);
    QVERIFY(fresh.window->findChild<Page *>(u"overview"_s)->isVisible());
}

void TestSetup::keepsThePagesAwayUntilTheGatewayAnswers()
{
    Fresh fresh;
    fresh.settings.fail(u"The gateway does not answer at http://127.0.0.1:8787: refused"_s);
    fresh.open();
    QTRY_VERIFY(fresh.said(u"gateway"_s).contains(u"does not answer"_s));
    QVERIFY(!fresh.part(u"next"_s)->isEnabled());
    QVERIFY(QApplication::activeModalWidget() == nullptr);
    fresh.settings.fail({});
    QTRY_COMPARE(fresh.window->focusWidget(), fresh.part(u"testAgain"_s));
    QTest::keyClick(fresh.window->focusWidget(), Qt::Key_Return);
    QTRY_VERIFY(fresh.part(u"next"_s)->isEnabled());
    QVERIFY(fresh.said(u"gateway"_s).contains(u"The gateway answers"_s));
    QCOMPARE(fresh.window->focusWidget(), fresh.part(u"next"_s));
}

void TestSetup::skippingIsRemembered()
{
    Fresh fresh;
    fresh.open();
    fresh.part(u"skip"_s)->click();
    QTRY_VERIFY(fresh.view() == nullptr);
    QVERIFY(fresh.window->findChild<Page *>(u"overview"_s)->isVisible());
    QVERIFY(fresh.window->actionSet().palette->isEnabled());
    QVERIFY(fresh.window->actionSet().palette->statusTip().isEmpty());
    QTest::keyClick(fresh.window.get(), Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(fresh.window->currentPage(), u"providers"_s);
    QVERIFY(fresh.open().findChild<SetupView *>() == nullptr);
}

/// Goal: statement 77 for the set-up: from the first step to the overview without a mouse.
void TestSetup::setsUpAProviderByKeyboard()
{
    Fresh fresh;
    ConsoleWindow &window = fresh.open();
    QTRY_COMPARE(window.focusWidget(), fresh.part(u"next"_s));
    QTest::keyClick(window.focusWidget(), Qt::Key_Return);
    QCOMPARE(window.focusWidget(), fresh.part<QComboBox>(u"kind"_s));
    QTest::keyClick(window.focusWidget(), Qt::Key_Down);
    QCOMPARE(fresh.part<QLineEdit>(u"id"_s)->text(), u"anthropic"_s);
    for (int tabs = 0; tabs < 12 && window.focusWidget() != fresh.key(); ++tabs) {
        QTest::keyClick(window.focusWidget(), Qt::Key_Tab);
    }
    QCOMPARE(window.focusWidget(), fresh.key());
    QTest::keyClicks(window.focusWidget(), u"sk-first-0123456789"_s);
    QTest::keyClick(window.focusWidget(), Qt::Key_Return);
    QCOMPARE(fresh.settings.added().size(), std::size_t(1));
    const NewProvider &added = fresh.settings.added().front();
    QCOMPARE(added.id, u"anthropic"_s);
    QVERIFY(added.kind == ProviderKind::Anthropic);
    QVERIFY(added.address.isEmpty() && !added.model.isEmpty() && added.hasKey);
    QVERIFY(added.key.secret.matches("sk-first-0123456789"));
    QCOMPARE(fresh.key()->text(), QString());
    QTRY_VERIFY(fresh.said(u"provider"_s).contains(u"answered in"_s));
    QVERIFY(fresh.settings.asked().contains(u"test anthropic/"_s + added.model));
    QTRY_COMPARE(window.focusWidget(), fresh.part(u"next"_s));
    QTest::keyClick(window.focusWidget(), Qt::Key_Return);
    QTRY_VERIFY(fresh.part<QLabel>(u"curl"_s)->text().contains(u"http://127.0.0.1:8787/v1"_s));
    QTest::keyClick(window.focusWidget(), Qt::Key_Return);
    QTRY_VERIFY(fresh.view() == nullptr);
    QVERIFY(window.findChild<Page *>(u"overview"_s)->isVisible());
}

/// Goal: a refused key is no dead end: it can be typed again, or the step passed over.
void TestSetup::saysWhatTheProviderSaid()
{
    Fresh fresh;
    fresh.open();
    fresh.toProvider();
    fresh.settings.fail(u"signalbox.toml cannot be written: Permission denied"_s);
    QTest::keyClicks(fresh.key(), u"sk-1"_s);
    fresh.part(u"save"_s)->click();
    QTRY_COMPARE(fresh.said(u"provider"_s),
                 u"signalbox.toml cannot be written: Permission denied"_s);
    QVERIFY(fresh.part(u"save"_s)->isEnabled());
    QVERIFY(fresh.part(u"next"_s)->isEnabled());
    fresh.settings.fail({});
    QTest::keyClicks(fresh.key(), u"sk-2"_s);
    fresh.part(u"save"_s)->click();
    QTRY_VERIFY(fresh.said(u"provider"_s).contains(u"answered in"_s));
    QVERIFY(fresh.settings.added().back().key.secret.matches("sk-2"));
}

void TestSetup::asksForAnAddressWhereThereIsNoUsualOne()
{
    Fresh fresh;
    fresh.open();
    fresh.toProvider();
    auto *kind = fresh.part<QComboBox>(u"kind"_s);
    kind->setCurrentIndex(kind->count() - 1);
    QVERIFY(!fresh.part(u"save"_s)->isEnabled()); // no model yet
    fresh.part<QLineEdit>(u"model"_s)->setText(u"qwen3:8b"_s);
    QVERIFY(fresh.part(u"save"_s)->isEnabled());
    fresh.part(u"save"_s)->click();
    const NewProvider &added = fresh.settings.added().front();
    QVERIFY(added.kind == ProviderKind::OpenAiCompatible);
    QCOMPARE(added.address, u"http://127.0.0.1:11434/v1"_s);
    QVERIFY(!added.hasKey);
}

void TestSetup::offersTheSessionWithoutAKeychain()
{
    Fresh fresh;
    fresh.settings.setKeychain(
        {.state = KeychainView::State::Unavailable, .problem = u"nobody provides it"_s});
    fresh.open();
    fresh.toProvider();
    QTest::keyClicks(fresh.key(), u"sk-1"_s);
    fresh.part(u"save"_s)->click();
    QCOMPARE(fresh.settings.added().front().key.place, KeyPlace::Session);
}

void TestSetup::canBeCalledLater()
{
    Fresh fresh;
    fresh.settings.setFresh(false);
    fresh.open();
    fresh.window->showPage(u"requests"_s);
    fresh.window->actionSet().setUp->trigger();
    QVERIFY(fresh.view()->isVisible());
    fresh.part(u"skip"_s)->click();
    QTRY_VERIFY(fresh.view() == nullptr);
    QCOMPARE(fresh.window->currentPage(), u"requests"_s);
}

QTEST_MAIN(TestSetup)
#include "tst_setup.moc"
