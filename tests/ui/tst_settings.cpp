// SPDX-License-Identifier: GPL-3.0-or-later
// The settings page: choices, keys, where files are.
#include "tests/ui/support/console.h"
#include "ui/frame/console_actions.h"
#include "ui/pages/keys_panel.h"
#include "ui/widgets/key_form.h"
#include "ui/widgets/provider_keys_box.h"
#include "ui/widgets/segments.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;

namespace {

const QString kKey = u"sk-live-0123456789abcdef"_s;

/// A console whose settings are in front.
struct Settings : Console
{
    Settings()
    {
        window.showPage(u"settings"_s);
        window.activateWindow();
        page = window.findChild<Page *>(u"settings"_s);
    }

    ProviderKeysBox *box(const QString &provider) const
    {
        return page->findChild<ProviderKeysBox *>(u"keys."_s + provider);
    }
    QPushButton *button(const QString &provider, const QString &name) const
    {
        return box(provider)->findChild<QPushButton *>(name);
    }
    QString outcome(const QString &provider) const
    {
        return box(provider)->findChild<NoticeBar *>(u"keyOutcome"_s)->text();
    }
    QString keyState(const QString &provider, int index) const
    {
        return box(provider)->findChild<QLabel *>(u"keyState.%1"_s.arg(index))->text();
    }
    KeyForm *form() const { return page->findChild<KeyForm *>(); }
    QLineEdit *value() const { return form()->findChild<QLineEdit *>(u"keyValue"_s); }
    QPushButton *saveButton() const { return form()->findChild<QPushButton *>(u"saveKey"_s); }
    void choosePlace(KeyPlace place) const
    {
        const auto segments = form()->findChild<Segments *>()->findChildren<QToolButton *>();
        segments[static_cast<int>(place)]->click();
    }

    Page *page = nullptr;
};

/// Every text that any widget of the window shows or tells.
QString allTexts(const QWidget &window)
{
    QString all;
    const auto widgets = window.findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        all += widget->accessibleName() + widget->accessibleDescription() + widget->toolTip();
        for (const char *property : {"text", "placeholderText", "displayText"}) {
            all += widget->property(property).toString();
        }
    }
    return all;
}

} // namespace

class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void cleanup() { text::setZone(text::Zone::Local); }
    void opensByItsKeys();
    void choicesAreTheMenus();
    void addsAKeyByKeyboard();
    void showsNoKey();
    void namesAVariableOrAFile();
    void offersOtherPlacesWithoutAKeychain();
    void asksForThePassphraseOfAnEncryptedFile();
    void unlocksTheEncryptedFile();
    void staysOpenWhenAKeyIsNotKept();
    void escapeGivesTheKeyUp();
    void asksBeforeDeleting();
    void tellsATestWhereItWasAsked();
    void saysHowTheGatewayFaresWithAKey();
    void changesNothingWhereNothingMayBeChanged();
    void keepsItsPlaceThroughNews();
    void menuAndPaletteOfferTheSame();
    void tellsWhereThingsAre();
    void worksWithoutASource();
};

void TestSettings::opensByItsKeys()
{
    Console console;
    QTest::keyClick(&console.window, Qt::Key_Comma, Qt::ControlModifier);
    QCOMPARE(console.window.currentPage(), u"settings"_s);
    QVERIFY(console.settings.looks() > 0); // the keychain may have been unlocked meanwhile
}

void TestSettings::choicesAreTheMenus()
{
    Settings console;
    const ConsoleActions &act = console.window.actionSet();
    const auto rows = console.page->findChildren<Segments *>();
    QVERIFY(rows.size() >= 5);
    rows[0]->findChildren<QToolButton *>()[2]->click();
    QVERIFY(act.themes[2]->isChecked());
    QVERIFY(QApplication::palette().window().color().lightness() < 128);
    act.themes[1]->trigger();
    QCOMPARE(rows[0]->current(), 1);
    rows[3]->findChildren<QToolButton *>()[1]->click();
    QCOMPARE(text::zone(), text::Zone::Utc);
    act.profiles[3]->trigger();
    QCOMPARE(rows[4]->current(), 3);
    rows[4]->findChildren<QToolButton *>()[0]->click();
    QVERIFY(act.profiles[0]->isChecked());
}

void TestSettings::addsAKeyByKeyboard()
{
    Settings console;
    console.button(u"local"_s, u"addKey"_s)->setFocus(Qt::TabFocusReason);
    QTest::keyClick(console.window.focusWidget(), Qt::Key_Space);
    QCOMPARE(console.window.focusWidget(), console.value());
    QVERIFY(!console.saveButton()->isEnabled());
    QTest::keyClicks(console.window.focusWidget(), u" "_s + kKey);
    QTest::keyClick(console.window.focusWidget(), Qt::Key_Return);
    QCOMPARE(console.settings.saved().size(), std::size_t(1));
    const NewKey &saved = console.settings.saved().front();
    QCOMPARE(saved.provider, u"local"_s);
    QCOMPARE(saved.replaces, -1);
    QCOMPARE(saved.place, KeyPlace::Keychain);
    QVERIFY(saved.secret.matches(kKey.toStdString()));
    QTRY_VERIFY(!console.form()->isVisible());
    QTRY_COMPARE(console.outcome(u"local"_s), u"The key of local is kept and in use."_s);
    QCOMPARE(console.window.focusWidget(), console.button(u"local"_s, u"addKey"_s));
}

/// Goal: statement 76 for the screen. What is typed is dots, and gone once it is handed on.
void TestSettings::showsNoKey()
{
    Settings console;
    console.button(u"openai"_s, u"replaceKey.0"_s)->click();
    QTest::keyClicks(console.value(), kKey);
    QCOMPARE(console.value()->echoMode(), QLineEdit::Password);
    QVERIFY(!console.value()->displayText().contains(u"sk-live"_s));
    QTest::keyClick(console.value(), Qt::Key_Return);
    QCOMPARE(console.settings.saved().front().replaces, 0);
    QVERIFY(!allTexts(console.window).contains(u"sk-live"_s));
    // Typed and then meant as a variable's name after all: it must not turn readable.
    console.button(u"openai"_s, u"replaceKey.0"_s)->click();
    QTest::keyClicks(console.value(), kKey);
    console.choosePlace(KeyPlace::Environment);
    QCOMPARE(console.value()->text(), QString());
    console.value()->undo();
    QCOMPARE(console.value()->text(), QString());
}

void TestSettings::namesAVariableOrAFile()
{
    Settings console;
    console.button(u"local"_s, u"addKey"_s)->click();
    console.choosePlace(KeyPlace::Environment);
    QCOMPARE(console.value()->echoMode(), QLineEdit::Normal);
    QTest::keyClicks(console.value(), u"LOCAL_KEY"_s);
    console.saveButton()->click();
    const NewKey &saved = console.settings.saved().front();
    QCOMPARE(saved.place, KeyPlace::Environment);
    QCOMPARE(saved.name, u"LOCAL_KEY"_s);
    QVERIFY(saved.secret.isEmpty());
}

/// Goal: statement 74. No keychain is no dead end, and nothing is put elsewhere by itself.
void TestSettings::offersOtherPlacesWithoutAKeychain()
{
    Settings console;
    console.settings.setKeychain(
        {.state = KeychainView::State::Unavailable, .problem = u"nobody provides it"_s});
    auto *notice = console.page->findChild<NoticeBar *>(u"keychainNotice"_s);
    QVERIFY(notice->text().contains(u"nobody provides it"_s));
    QVERIFY(notice->text().contains(u"this session"_s));
    console.button(u"local"_s, u"addKey"_s)->click();
    QCOMPARE(console.form()->place(), KeyPlace::Session);
    QTest::keyClicks(console.value(), kKey);
    QVERIFY(console.saveButton()->isEnabled());
    console.choosePlace(KeyPlace::Keychain);
    QTest::keyClicks(console.value(), kKey);
    QVERIFY(!console.saveButton()->isEnabled());
    const int looks = console.settings.looks();
    notice->press();
    QCOMPARE(console.settings.looks(), looks + 1);
    console.settings.setKeychain({.state = KeychainView::State::Available});
    QVERIFY(!notice->isVisible());
    QVERIFY(console.saveButton()->isEnabled());
}

/// Goal: statement 74. Without a keychain the encrypted file is offered first; a new one wants its
/// passphrase twice, one that is locked once, one that is open not at all.
void TestSettings::asksForThePassphraseOfAnEncryptedFile()
{
    Settings console;
    console.settings.setKeychain(
        {.state = KeychainView::State::Unavailable, .problem = u"nobody provides it"_s});
    console.settings.setVault({.state = VaultView::State::Absent});
    console.button(u"local"_s, u"addKey"_s)->click();
    QCOMPARE(console.form()->place(), KeyPlace::Vault);
    auto *passphrase = console.form()->findChild<QLineEdit *>(u"passphrase"_s);
    auto *again = console.form()->findChild<QLineEdit *>(u"passphraseAgain"_s);
    QVERIFY(passphrase->isVisible() && again->isVisible());
    QCOMPARE(passphrase->echoMode(), QLineEdit::Password);
    QTest::keyClicks(console.value(), kKey);
    QVERIFY(!console.saveButton()->isEnabled());
    QTest::keyClicks(passphrase, u"short"_s);
    QTest::keyClicks(again, u"short"_s);
    QVERIFY(!console.saveButton()->isEnabled());
    QTest::keyClicks(passphrase, u" and long"_s);
    QVERIFY(!console.saveButton()->isEnabled());
    QVERIFY(allTexts(console.window).contains(u"same passphrase twice"_s));
    QTest::keyClicks(again, u" and long"_s);
    console.saveButton()->click();
    const NewKey &saved = console.settings.saved().front();
    QCOMPARE(saved.place, KeyPlace::Vault);
    QVERIFY(saved.secret.matches(kKey.toStdString()));
    QVERIFY(saved.passphrase.matches("short and long"));
    QVERIFY(passphrase->text().isEmpty() && again->text().isEmpty());
    QTRY_VERIFY(!console.form()->isVisible());
    console.settings.setVault({.state = VaultView::State::Locked});
    console.button(u"local"_s, u"addKey"_s)->click();
    QVERIFY(passphrase->isVisible() && !again->isVisible());
    console.settings.setVault({.state = VaultView::State::Open});
    QVERIFY(!passphrase->isVisible());
    QTest::keyClicks(console.value(), kKey);
    QTRY_VERIFY(console.saveButton()->isEnabled());
    console.settings.setVault({.state = VaultView::State::Unusable, .problem = u"x is damaged"_s});
    QVERIFY(!console.saveButton()->isEnabled());
}

void TestSettings::unlocksTheEncryptedFile()
{
    Settings console;
    auto *bar = console.bar(u"vaultBar"_s);
    QVERIFY(!bar->isVisible());
    console.settings.setVault(
        {.state = VaultView::State::Locked, .path = u"/v"_s, .problem = {}, .waiting = 2});
    console.window.showPage(u"overview"_s);
    QVERIFY(bar->text().contains(u"2 keys"_s));
    bar->press();
    QCOMPARE(console.window.currentPage(), u"settings"_s);
    auto *field = console.page->findChild<QLineEdit *>(u"vaultPassphrase"_s);
    QTRY_COMPARE(console.window.focusWidget(), field);
    QTest::keyClicks(field, u"correct horse"_s);
    QCOMPARE(field->echoMode(), QLineEdit::Password);
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(field->text().isEmpty());
    QVERIFY(console.settings.passphrases().front().matches("correct horse"));
    console.settings.setVault({.state = VaultView::State::Locked,
                               .path = u"/v"_s,
                               .problem = u"the passphrase does not open /v"_s,
                               .waiting = 2});
    QVERIFY(console.page->findChild<NoticeBar *>(u"vaultProblem"_s)
                ->text()
                .contains(u"does not open"_s));
    console.settings.setVault({.state = VaultView::State::Open, .path = u"/v"_s});
    QVERIFY(!field->isVisible());
    QVERIFY(!bar->isVisible());
    QVERIFY(console.page->findChild<QLabel *>(u"vaultState"_s)->text().contains(u"open"_s));
}

void TestSettings::staysOpenWhenAKeyIsNotKept()
{
    Settings console;
    console.settings.fail(u"The keychain did not take the key: locked"_s);
    console.button(u"local"_s, u"addKey"_s)->click();
    QTest::keyClicks(console.value(), kKey);
    QTest::keyClick(console.value(), Qt::Key_Return);
    auto *problem = console.form()->findChild<NoticeBar *>(u"keyProblem"_s);
    QTRY_COMPARE(problem->text(), u"The keychain did not take the key: locked"_s);
    QVERIFY(console.form()->isVisible());
    QVERIFY(QApplication::activeModalWidget() == nullptr);
    console.settings.fail({});
    QTest::keyClicks(console.value(), kKey);
    QTest::keyClick(console.value(), Qt::Key_Return);
    QTRY_VERIFY(!console.form()->isVisible());
}

void TestSettings::escapeGivesTheKeyUp()
{
    Settings console;
    console.button(u"local"_s, u"addKey"_s)->setFocus();
    console.button(u"local"_s, u"addKey"_s)->click();
    QTest::keyClicks(console.value(), kKey);
    QTest::keyClick(console.value(), Qt::Key_Escape);
    QVERIFY(!console.form()->isVisible());
    QCOMPARE(console.value()->text(), QString());
    QVERIFY(console.settings.saved().empty());
    QCOMPARE(console.window.focusWidget(), console.button(u"local"_s, u"addKey"_s));
}

void TestSettings::asksBeforeDeleting()
{
    Settings console;
    console.button(u"openai"_s, u"deleteKey.1"_s)->click();
    auto *dialog = console.window.findChild<QDialog *>(u"confirm"_s);
    QVERIFY(dialog != nullptr && dialog->windowTitle().contains(u"env:OPENAI_SECOND"_s));
    auto *cancel = dialog->findChild<QPushButton *>(u"cancel"_s);
    QVERIFY(cancel->isDefault());
    QCOMPARE(dialog->focusWidget(), cancel);
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_VERIFY(console.window.findChild<QDialog *>(u"confirm"_s) == nullptr);
    QVERIFY(console.settings.asked().isEmpty());
    console.button(u"openai"_s, u"deleteKey.1"_s)->click();
    dialog = console.window.findChild<QDialog *>(u"confirm"_s);
    dialog->findChild<QPushButton *>(u"act"_s)->click();
    QCOMPARE(console.settings.asked(), QStringList{u"delete openai 1"_s});
    QTRY_COMPARE(console.outcome(u"openai"_s), u"It is deleted."_s);
}

/// Goal: statement 33 for keys. A test tells its outcome at its provider and nowhere else.
void TestSettings::tellsATestWhereItWasAsked()
{
    Settings console;
    console.settings.fail(u"mistral/mistral-large did not answer: 401"_s);
    auto *test = console.button(u"mistral"_s, u"test"_s);
    test->click();
    QVERIFY(!test->isEnabled());
    QTRY_COMPARE(console.outcome(u"mistral"_s), u"mistral/mistral-large did not answer: 401"_s);
    QVERIFY(test->isEnabled());
    QCOMPARE(console.outcome(u"openai"_s), QString());
    QCOMPARE(console.settings.asked(), QStringList{u"test mistral/mistral-large"_s});
}

void TestSettings::saysHowTheGatewayFaresWithAKey()
{
    Settings console;
    QCOMPARE(console.keyState(u"openai"_s, 1), u"the environment variable is not set"_s);
    for (telemetry::ProviderView &provider : console.source.draft().providers) {
        if (provider.id == "openai") {
            provider.keys = {{.name = "keychain:openai", .reason = {}, .coolsUntil = {}}};
        } else if (provider.id == "anthropic") {
            provider.keys = {{.name = "session:anthropic",
                              .disabled = true,
                              .reason = "401 from the provider",
                              .coolsUntil = {}}};
        } else if (provider.id == "mistral") {
            provider.keys = {{.name = "file:/etc/signalbox/mistral.key",
                              .reason = "429",
                              .coolsUntil = console.source.now() + Seconds(42)}};
        }
    }
    console.source.publish();
    QTRY_COMPARE(console.keyState(u"openai"_s, 0), u"in use"_s);
    QCOMPARE(console.keyState(u"anthropic"_s, 0), u"off: 401 from the provider"_s);
    QCOMPARE(console.keyState(u"mistral"_s, 0), u"rests for 0:42: 429"_s);
}

void TestSettings::changesNothingWhereNothingMayBeChanged()
{
    Settings console;
    console.settings.setFixed(u"The demo's configuration is in no file."_s);
    for (const auto &name : {u"addKey"_s, u"replaceKey.0"_s, u"deleteKey.0"_s}) {
        QVERIFY2(!console.button(u"openai"_s, name)->isEnabled(), qPrintable(name));
    }
    QVERIFY(console.button(u"openai"_s, u"test"_s)->isEnabled());
    QVERIFY(console.page->findChild<NoticeBar *>(u"fixedNotice"_s)->isVisible());
    console.settings.setFixed({});
    QVERIFY(console.button(u"openai"_s, u"addKey"_s)->isEnabled());
}

/// Goal: what is being typed and where the keyboard is survive news of the same keys, and a
/// provider that goes takes its form with it.
void TestSettings::keepsItsPlaceThroughNews()
{
    Settings console;
    console.button(u"openai"_s, u"addKey"_s)->click();
    QTest::keyClicks(console.value(), u"half"_s);
    auto providers = console.settings.providers();
    providers[1].keys[0].masked = u"••••0000"_s;
    console.settings.setProviders(providers);
    console.source.advance(Seconds(1));
    QTest::qWait(kSettleMs);
    QCOMPARE(console.value()->text(), u"half"_s);
    QVERIFY(console.value()->hasFocus());
    QCOMPARE(console.box(u"anthropic"_s)->findChild<QLabel *>(u"masked.0"_s)->text(),
             u"••••0000"_s);
    providers.erase(providers.begin());
    console.settings.setProviders(providers);
    QVERIFY(console.box(u"openai"_s) == nullptr);
    QVERIFY(!console.form()->isVisible());
    QCOMPARE(console.value()->text(), QString());
}

void TestSettings::menuAndPaletteOfferTheSame()
{
    Console console;
    QMenu *menu = console.window.actionSet().keysMenu;
    Q_EMIT menu->aboutToShow();
    QStringList texts;
    const auto actions = menu->actions();
    for (const QAction *action : actions) {
        texts << action->text();
    }
    QVERIFY(texts.contains(u"Test openai"_s) && texts.contains(u"Add a Key for local…"_s));
    QTest::keyClick(&console.window, Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(console.window.focusWidget(), u"test anth"_s);
    QTest::keyClick(console.window.focusWidget(), Qt::Key_Return);
    QCOMPARE(console.window.currentPage(), u"settings"_s);
    QCOMPARE(console.settings.asked(), QStringList{u"test anthropic/claude-haiku-4-5"_s});
}

void TestSettings::tellsWhereThingsAre()
{
    Settings console;
    QCOMPARE(console.page->findChild<QLabel *>(u"path.configuration"_s)->text(),
             u"/home/ada/.config/signalbox/signalbox.toml"_s);
    console.page->findChild<QPushButton *>(u"copyPath.log"_s)->click();
    QCOMPARE(QApplication::clipboard()->text(),
             u"/home/ada/.local/state/signalbox/signalbox.log"_s);
    QVERIFY(console.page->findChild<QLabel *>(u"retention"_s)->text().contains(u"90 days"_s));
}

void TestSettings::worksWithoutASource()
{
    FixtureSource source;
    ConsoleWindow window(source, {.clock = [&source] { return source.now(); }});
    window.show();
    window.showPage(u"settings"_s);
    QCOMPARE(window.currentPage(), u"settings"_s);
    QVERIFY(window.findChild<KeysPanel *>() == nullptr);
    Q_EMIT window.actionSet().keysMenu->aboutToShow();
    QVERIFY(!window.actionSet().keysMenu->actions().first()->isEnabled());
}

QTEST_MAIN(TestSettings)
#include "tst_settings.moc"
