// SPDX-License-Identifier: GPL-3.0-or-later
// Keys between keychain, configuration file and gateway, with a keychain in every state.
#include "app/console/config_writer.h"
#include "app/console/desktop_secrets.h"
#include "app/console/key_keeper.h"
#include "app/console/keychain.h"
#include "tests/support/fake_upstream.h"
#include "tests/support/full_disk.h"
#include "tests/ui/support/fake_keychain.h"

#include "core/runtime/gateway_thread.h"
#include "core/runtime/service.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <boost/asio/post.hpp>
#include <thread>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::app;
using Mood = FakeKeychain::Mood;
using State = Keychain::State;

namespace {

constexpr std::chrono::milliseconds kSoon{60};
const std::string kKey = "sk-live-0123456789abcdef";
const std::string kPassphrase = "correct horse battery";

const char *const kText = "# kept by ops, do not sort\n"
                          "[[provider]]\n"
                          "id = \"openai\"\n"
                          "kind = \"openai\"   # the first\n"
                          "keys = [\"keychain:openai\"]\n"
                          "[[provider.model]]\n"
                          "name = \"gpt-4.1\"\n"
                          "[[provider]]\n"
                          "id = \"local\"\n"
                          "kind = \"openai-compatible\"\n"
                          "base_url = \"http://127.0.0.1:1/v1\"\n"
                          "[[provider.model]]\n"
                          "name = \"tiny\"\n";

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A keeper over a file of its own; the gateway is a counter of reloads.
struct Desk
{
    explicit Desk(const QByteArray &text = kText,
                  Mood mood = Mood::Well,
                  const QString &passphraseFile = {})
    {
        write(text);
        backend.setMood(mood);
        KeeperOptions options;
        options.configPath = path().toStdString();
        options.stateDir = folder.filePath(u"state"_s).toStdString();
        options.reload = [this] { ++reloads; };
        options.gateway = [] { return QUrl(u"http://127.0.0.1:1"_s); };
        vault = std::make_unique<VaultDesk>(runtime::VaultPlaces{vaultPath().toStdString(),
                                                                 passphraseFile.toStdString()},
                                            secrets);
        keeper = std::make_unique<KeyKeeper>(secrets, keychain, *vault, std::move(options));
        finished = std::make_unique<QSignalSpy>(keeper.get(), &ui::SettingsSource::finished);
    }

    [[nodiscard]] QString path() const { return folder.filePath(u"signalbox.toml"_s); }
    [[nodiscard]] QString vaultPath() const { return folder.filePath(u"signalbox.vault"_s); }
    void write(const QByteArray &text) const
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    }
    [[nodiscard]] bool settled() const
    {
        return keychain.state() == State::Available || keychain.state() == State::Unavailable;
    }
    /// `yes: sentence` or `no: sentence` of what was asked last.
    QString outcome() const
    {
        if (!QTest::qWaitFor([this] { return !finished->isEmpty(); })) {
            return u"nothing"_s;
        }
        const auto told = finished->takeFirst();
        return (told[1].toBool() ? u"yes: "_s : u"no: "_s) + told[2].toString();
    }
    QString save(const ui::NewKey &key) const
    {
        keeper->saveKey(1, key);
        return outcome();
    }
    [[nodiscard]] ui::StoredKey key(const QString &provider, std::size_t index = 0) const
    {
        for (const ui::ProviderKeys &keys : keeper->providers()) {
            if (keys.provider == provider && index < keys.keys.size()) {
                return keys.keys[index];
            }
        }
        return {};
    }

    QTemporaryDir folder;
    FakeKeychain backend;
    DesktopSecrets secrets;
    Keychain keychain{backend, kSoon};
    int reloads = 0;
    std::unique_ptr<VaultDesk> vault;
    std::unique_ptr<KeyKeeper> keeper;
    std::unique_ptr<QSignalSpy> finished;
};

ui::NewKey typed(const QString &provider, ui::KeyPlace place, int replaces = -1)
{
    const bool vault = place == ui::KeyPlace::Vault;
    return {.provider = provider,
            .replaces = replaces,
            .place = place,
            .secret = Secret(kKey),
            .passphrase = vault ? Secret(kPassphrase) : Secret()};
}

ui::NewKey named(ui::KeyPlace place, const QString &name)
{
    return {.provider = u"local"_s, .place = place, .name = name};
}

} // namespace

class TestKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void believesAKeychainThatGivesBack();
    void doesNotBelieveOthers_data();
    void doesNotBelieveOthers();
    void doesNotCallALockedKeychainEmpty();
    void waitsNoLongerThanItsPatience();
    void takesAnAnswerThatComesLate();
    void fetchesKeysOnceAndReloadsOnce();
    void neverWaitsOnTheGatewaysThread();
    void putsAKeyIntoTheKeychain();
    void replacesAKeyInItsPlace();
    void keepsASessionKeyInMemoryOnly();
    void takesAVariableOrFileThatCanBeRead();
    void refusesKeysThatCannotBe_data();
    void refusesKeysThatCannotBe();
    void changesNothingWhenTheKeychainRefuses();
    void deletesAKey();
    void saysWhenTheKeychainKeepsADeletedKey();
    void leavesAFaultyFileAlone();
    void saysThatTheFileCannotBeWritten();
    void writesNoKeyAnywhere();
    void keepsAKeyInTheEncryptedFile();
    void unlocksTheEncryptedFileOnceASession();
    void opensTheEncryptedFileByAPassphraseFile();
    void saysWhyTheEncryptedFileCannotBeUsed();
    void deletesFromTheEncryptedFile();
    void gatewayUsesTheKeyWithoutARestart();
    void setsUpAProviderInAFreshProfile();
    void replacesWhatItAddedAMomentAgo();
};

void TestKeys::believesAKeychainThatGivesBack()
{
    FakeKeychain backend;
    Keychain keychain(backend, kSoon);
    keychain.probe();
    QCOMPARE(keychain.state(), State::Asking);
    QTRY_COMPARE(keychain.state(), State::Available);
    QTRY_VERIFY(backend.entries().isEmpty()); // the probe leaves nothing behind
    KeychainAnswer::Kind kind = KeychainAnswer::Kind::Ok;
    keychain.read(u"no such"_s, [&](const KeychainAnswer &answer) { kind = answer.kind; });
    QTRY_COMPARE(kind, KeychainAnswer::Kind::Missing);
}

void TestKeys::doesNotBelieveOthers_data()
{
    QTest::addColumn<int>("mood");
    QTest::addColumn<QString>("problem");
    QTest::newRow("gone") << int(Mood::Gone) << u"no such service"_s;
    QTest::newRow("locked") << int(Mood::Locked) << u"object does not exist"_s;
    QTest::newRow("silent") << int(Mood::Silent)
                            << u"it does not answer; perhaps it waits to be unlocked"_s;
    QTest::newRow("forgetful") << int(Mood::Forgetful)
                               << u"it does not give back what was written"_s;
}

void TestKeys::doesNotBelieveOthers()
{
    QFETCH(int, mood);
    QFETCH(QString, problem);
    FakeKeychain backend;
    backend.setMood(static_cast<Mood>(mood));
    Keychain keychain(backend, kSoon);
    keychain.probe();
    QTRY_COMPARE(keychain.state(), State::Unavailable);
    QCOMPARE(keychain.problem(), problem);
    backend.setMood(Mood::Well);
    keychain.probe();
    QTRY_COMPARE(keychain.state(), State::Available);
    QCOMPARE(keychain.problem(), QString());
}

/// Goal: statement 75. A keychain that cannot be unlocked says "no such entry"; that is not believed.
void TestKeys::doesNotCallALockedKeychainEmpty()
{
    Desk desk(kText, Mood::Locked);
    QTRY_VERIFY(desk.settled());
    QVERIFY(desk.key(u"openai"_s).problem.contains(u"the keychain is unavailable"_s));
    QVERIFY(!desk.key(u"openai"_s).problem.contains(u"no such entry"_s));
    desk.backend.setMood(Mood::Well);
    desk.keeper->lookAgain();
    QTRY_VERIFY(desk.key(u"openai"_s).problem.contains(u"the keychain has no such entry"_s));
}

void TestKeys::waitsNoLongerThanItsPatience()
{
    FakeKeychain backend;
    backend.setMood(Mood::Silent);
    Keychain keychain(backend, kSoon);
    int answers = 0;
    const auto failed = [&](const KeychainAnswer &answer) {
        answers += answer.kind == KeychainAnswer::Kind::Failed ? 1 : 100;
    };
    keychain.read(u"a"_s, failed);
    keychain.write(u"a"_s, Secret("b"), failed);
    keychain.remove(u"a"_s, failed);
    QTRY_COMPARE(answers, 3);
}

/// Goal: somebody takes a minute to unlock the keychain: the key is in use then, without a click.
void TestKeys::takesAnAnswerThatComesLate()
{
    Desk desk(kText, Mood::Silent);
    desk.backend.entries().insert(u"openai"_s, Secret(kKey));
    QTRY_COMPARE(desk.keychain.state(), State::Unavailable);
    QVERIFY(desk.key(u"openai"_s).masked.isEmpty());
    desk.backend.setMood(Mood::Well);
    QTRY_COMPARE(desk.keychain.state(), State::Available);
    QTRY_COMPARE(desk.key(u"openai"_s).masked, u"••••cdef"_s);
    QVERIFY(desk.reloads > 0);
}

void TestKeys::fetchesKeysOnceAndReloadsOnce()
{
    const QByteArray text = QByteArray(kText).replace("[\"keychain:openai\"]",
                                                      "[\"keychain:a\", \"keychain:b\"]");
    Desk desk(text);
    desk.backend.entries().insert(u"a"_s, Secret(kKey));
    desk.backend.entries().insert(u"b"_s, Secret(kKey));
    QTRY_COMPARE(desk.key(u"openai"_s, 1).masked, u"••••cdef"_s);
    QCOMPARE(desk.key(u"openai"_s, 0).masked, u"••••cdef"_s);
    QTRY_COMPARE(desk.reloads, 1);
    QCOMPARE(desk.backend.reads(), 3); // the probe's own, and one each
}

/// Goal: the gateway's thread gets an answer at once, whatever the keychain does.
/// Method: read on another thread, which runs no event loop, while the keychain is silent.
void TestKeys::neverWaitsOnTheGatewaysThread()
{
    DesktopSecrets secrets;
    QSignalSpy wanted(&secrets, &DesktopSecrets::wanted);
    const SecretRef ref{SecretRef::Store::Keychain, "x"};
    std::string problem;
    std::jthread([&] {
        problem = secrets.read(ref).error().message;
        (void)secrets.read(ref);
    }).join();
    QCOMPARE(problem, std::string("keychain:x: the keychain has not answered yet"));
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(secrets.takeWanted(), std::vector<SecretRef>{ref});
    secrets.put(ref, Secret(kKey));
    secrets.setProblem(ref, "locked again"); // what was read once serves on
    bool there = false;
    std::jthread([&] { there = secrets.read(ref).ok(); }).join();
    QVERIFY(there);
}

void TestKeys::putsAKeyIntoTheKeychain()
{
    Desk desk;
    QTRY_VERIFY(desk.settled());
    desk.reloads = 0;
    QCOMPARE(desk.save(typed(u"local"_s, ui::KeyPlace::Keychain)),
             u"yes: The key of local is kept and in use."_s);
    QVERIFY(desk.backend.entries().value(u"local"_s).matches(kKey));
    const QByteArray after =
        QByteArray(kText).replace("id = \"local\"\n",
                                  "id = \"local\"\nkeys = [\"keychain:local\"]\n");
    QCOMPARE(contentOf(desk.path()), after);
    QVERIFY(desk.reloads > 0);
    QCOMPARE(desk.key(u"local"_s).masked, u"••••cdef"_s);
    const QString kept = QString::fromStdString(runtime::revisionOf(kText));
    QCOMPARE(contentOf(desk.folder.filePath(u"state/revisions/%1.toml"_s.arg(kept))),
             QByteArray(kText));
    // One more of the same provider gets another name.
    QVERIFY(desk.save(typed(u"local"_s, ui::KeyPlace::Keychain)).startsWith(u"yes"_s));
    QCOMPARE(desk.key(u"local"_s, 1).ref, u"keychain:local-2"_s);
}

void TestKeys::replacesAKeyInItsPlace()
{
    Desk desk;
    QTRY_VERIFY(desk.settled());
    QVERIFY(desk.save(typed(u"openai"_s, ui::KeyPlace::Keychain, 0)).startsWith(u"yes"_s));
    QVERIFY(desk.backend.entries().value(u"openai"_s).matches(kKey));
    QCOMPARE(contentOf(desk.path()), QByteArray(kText)); // its name was there already
    QVERIFY(desk.save(typed(u"openai"_s, ui::KeyPlace::Session, 0)).startsWith(u"yes"_s));
    QCOMPARE(contentOf(desk.path()), QByteArray(kText).replace("keychain:", "session:"));
}

void TestKeys::keepsASessionKeyInMemoryOnly()
{
    Desk desk(kText, Mood::Gone);
    QTRY_VERIFY(desk.settled());
    QVERIFY(desk.save(typed(u"local"_s, ui::KeyPlace::Session)).startsWith(u"yes"_s));
    QCOMPARE(desk.key(u"local"_s).ref, u"session:local"_s);
    QCOMPARE(desk.key(u"local"_s).masked, u"••••cdef"_s);
    QVERIFY(desk.backend.entries().isEmpty());
}

void TestKeys::takesAVariableOrFileThatCanBeRead()
{
    Desk desk;
    QTRY_VERIFY(desk.settled());
    qputenv("TST_KEYS_PRESENT", "sk-from-outside-0001");
    QVERIFY(
        desk.save(named(ui::KeyPlace::Environment, u"TST_KEYS_PRESENT"_s)).startsWith(u"yes"_s));
    QCOMPARE(desk.key(u"local"_s).masked, u"••••0001"_s);
    const QString path = desk.folder.filePath(u"key"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("sk-from-a-file-0002\n") > 0);
    file.close();
    file.setPermissions(QFile::ReadOwner | QFile::ReadOther);
    QVERIFY(desk.save(named(ui::KeyPlace::File, path)).contains(u"can be accessed by others"_s));
    file.setPermissions(QFile::ReadOwner);
    QVERIFY(desk.save(named(ui::KeyPlace::File, path)).startsWith(u"yes"_s));
    QCOMPARE(desk.key(u"local"_s, 1).masked, u"••••0002"_s);
}

void TestKeys::refusesKeysThatCannotBe_data()
{
    QTest::addColumn<int>("place");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QString>("why");
    using ui::KeyPlace;
    QTest::newRow("unset") << int(KeyPlace::Environment) << u"TST_KEYS_ABSENT"_s << QByteArray()
                           << u"is not set"_s;
    QTest::newRow("no name") << int(KeyPlace::Environment) << u"sk-a b"_s << QByteArray()
                             << u"The name must be"_s;
    QTest::newRow("relative") << int(KeyPlace::File) << u"key"_s << QByteArray()
                              << u"The name must be"_s;
    QTest::newRow("no file") << int(KeyPlace::File) << u"/no/such/file"_s << QByteArray()
                             << u"cannot open"_s;
    QTest::newRow("empty") << int(KeyPlace::Session) << QString() << QByteArray()
                           << u"Type the key first"_s;
    QTest::newRow("two lines") << int(KeyPlace::Keychain) << QString() << QByteArray("sk-1\nsk-2")
                               << u"blanks"_s;
    QTest::newRow("not ASCII") << int(KeyPlace::Session) << QString() << QByteArray("sk-ключ")
                               << u"other characters"_s;
}

void TestKeys::refusesKeysThatCannotBe()
{
    QFETCH(int, place);
    QFETCH(QString, name);
    QFETCH(QByteArray, secret);
    QFETCH(QString, why);
    Desk desk;
    QTRY_VERIFY(desk.settled());
    const QString outcome = desk.save({.provider = u"local"_s,
                                       .place = static_cast<ui::KeyPlace>(place),
                                       .name = name,
                                       .secret = Secret(secret.toStdString())});
    QVERIFY2(outcome.startsWith(u"no: "_s) && outcome.contains(why), qPrintable(outcome));
    QVERIFY(!outcome.contains(u"sk-"_s));
    QCOMPARE(contentOf(desk.path()), QByteArray(kText));
    QVERIFY(desk.backend.entries().isEmpty());
}

void TestKeys::changesNothingWhenTheKeychainRefuses()
{
    for (const Mood mood : {Mood::Gone, Mood::Locked, Mood::Silent}) {
        Desk desk;
        QTRY_VERIFY(desk.settled());
        desk.backend.setMood(mood);
        const QString outcome = desk.save(typed(u"local"_s, ui::KeyPlace::Keychain));
        QVERIFY2(outcome.startsWith(u"no: The keychain did not take the key: "_s),
                 qPrintable(outcome));
        QCOMPARE(contentOf(desk.path()), QByteArray(kText));
        QVERIFY(desk.key(u"local"_s).ref.isEmpty());
    }
}

void TestKeys::deletesAKey()
{
    Desk desk;
    desk.backend.entries().insert(u"openai"_s, Secret(kKey));
    QTRY_COMPARE(desk.key(u"openai"_s).masked, u"••••cdef"_s);
    desk.keeper->deleteKey(1, u"openai"_s, 0);
    QCOMPARE(desk.outcome(), u"yes: keychain:openai is deleted from the keychain."_s);
    QVERIFY(desk.backend.entries().isEmpty());
    QCOMPARE(contentOf(desk.path()), QByteArray(kText).replace("\"keychain:openai\"", ""));
    QVERIFY(!desk.secrets.read({SecretRef::Store::Keychain, "openai"}).ok());
    desk.keeper->deleteKey(2, u"openai"_s, 0);
    QCOMPARE(desk.outcome(), u"no: The configuration has changed; look again."_s);
}

void TestKeys::saysWhenTheKeychainKeepsADeletedKey()
{
    Desk desk;
    QTRY_VERIFY(desk.settled());
    desk.backend.setMood(Mood::Gone);
    desk.keeper->deleteKey(1, u"openai"_s, 0);
    QVERIFY(desk.outcome().contains(u"but the keychain still has it: no such service"_s));
}

void TestKeys::leavesAFaultyFileAlone()
{
    Desk desk;
    QTRY_VERIFY(desk.settled());
    desk.write("[[provider]]\nid = 3\n");
    const QString outcome = desk.save(typed(u"openai"_s, ui::KeyPlace::Session));
    QVERIFY2(outcome.contains(u"signalbox.toml:1:1: `kind` is missing"_s), qPrintable(outcome));
    QCOMPARE(contentOf(desk.path()), QByteArray("[[provider]]\nid = 3\n"));
    QVERIFY(!desk.keeper->whyFixed().isEmpty());
    QCOMPARE(desk.keeper->providers().size(), std::size_t(2)); // as last known
    desk.write(kText);
    desk.keeper->lookAgain();
    QVERIFY(desk.keeper->whyFixed().isEmpty());
}

void TestKeys::saysThatTheFileCannotBeWritten()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"a"_s);
    QVERIFY(QFile(file).open(QIODevice::WriteOnly));
    // A folder that is a file: not even root can write there.
    const auto noState = replaceConfiguration(file.toStdString(), "x", file.toStdString());
    QVERIFY(!noState.ok() && noState.error().find("cannot be made") != std::string::npos);
    const auto noFile = replaceConfiguration(folder.path().toStdString(),
                                             "x",
                                             folder.filePath(u"state"_s).toStdString());
    QVERIFY(!noFile.ok());
    QCOMPARE(contentOf(file), QByteArray());
    const QString fresh = folder.filePath(u"b/c/new.toml"_s);
    {
        const tests::FullDisk full;
        QVERIFY(!replaceConfiguration(fresh.toStdString(), "x", folder.path().toStdString()).ok());
        QVERIFY(!QFile::exists(fresh));
    }
    QVERIFY(replaceConfiguration(fresh.toStdString(), "x", folder.path().toStdString()).ok());
    QCOMPARE(QFile::permissions(fresh) & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
}

/// Goal: statement 76 for files. Method: keep, replace and delete, then search every file.
void TestKeys::writesNoKeyAnywhere()
{
    Desk desk;
    QTRY_VERIFY(desk.settled());
    for (const auto place : {ui::KeyPlace::Keychain, ui::KeyPlace::Session, ui::KeyPlace::Vault}) {
        QVERIFY(desk.save(typed(u"local"_s, place)).startsWith(u"yes"_s));
    }
    int files = 0;
    QDirIterator all(desk.folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        const QByteArray content = contentOf(all.next());
        QVERIFY2(!content.contains(kKey.c_str()), qPrintable(all.filePath()));
        QVERIFY2(!content.contains(kPassphrase.c_str()), qPrintable(all.filePath()));
        ++files;
    }
    QVERIFY(files >= 3);
}

/// Goal: statement 74. With no keychain at all a key is kept encrypted; the first passphrase makes
/// the file.
void TestKeys::keepsAKeyInTheEncryptedFile()
{
    using Vault = ui::VaultView::State;
    Desk desk(kText, Mood::Gone);
    QCOMPARE(desk.keeper->vault().state, Vault::Absent);
    ui::NewKey key = typed(u"local"_s, ui::KeyPlace::Vault);
    key.passphrase = Secret(std::string("short"));
    QVERIFY(desk.save(key).contains(u"at least 8 characters"_s));
    QCOMPARE(desk.keeper->vault().state, Vault::Absent);
    QVERIFY(!QFile::exists(desk.vaultPath()));
    QVERIFY(!contentOf(desk.path()).contains("vault:"));
    QVERIFY(desk.save(typed(u"local"_s, ui::KeyPlace::Vault)).startsWith(u"yes"_s));
    QCOMPARE(desk.keeper->vault().state, Vault::Open);
    QVERIFY(contentOf(desk.path()).contains("vault:local"));
    QCOMPARE(desk.key(u"local"_s).place, ui::KeyPlace::Vault);
    QVERIFY(desk.key(u"local"_s).masked.endsWith(u"cdef"_s));
    QVERIFY(desk.reloads >= 1);
    QCOMPARE(QFile::permissions(desk.vaultPath())
                 & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
             QFile::Permissions());
    key.passphrase = {}; // it is open: asked once a session
    QVERIFY(desk.save(key).startsWith(u"yes"_s));
    QCOMPARE(desk.key(u"local"_s, 1).ref, u"vault:local-2"_s);
}

void TestKeys::unlocksTheEncryptedFileOnceASession()
{
    using Vault = ui::VaultView::State;
    Desk desk(QByteArray(kText).replace("keychain:openai", "vault:openai"), Mood::Gone);
    QVERIFY(runtime::Vault::create(desk.vaultPath().toStdString(), Secret(kPassphrase))
                ->put("openai", Secret(kKey))
                .ok());
    desk.keeper->lookAgain();
    QCOMPARE(desk.keeper->vault().state, Vault::Locked);
    QCOMPARE(desk.keeper->vault().waiting, 1);
    QVERIFY(desk.key(u"openai"_s).problem.contains(u"locked"_s));
    desk.keeper->openVault(1, Secret(std::string("wrong horse battery")));
    QCOMPARE(desk.keeper->vault().state, Vault::Opening);
    QVERIFY(desk.outcome().startsWith(u"no: the passphrase does not open"_s));
    QTRY_COMPARE(desk.keeper->vault().state, Vault::Locked);
    QVERIFY(desk.keeper->vault().problem.contains(u"does not open"_s));
    const int reloads = desk.reloads;
    desk.keeper->openVault(2, Secret(kPassphrase));
    QCOMPARE(desk.outcome(), u"yes: "_s);
    QTRY_COMPARE(desk.keeper->vault().state, Vault::Open);
    QVERIFY(desk.keeper->vault().problem.isEmpty());
    QTRY_VERIFY(desk.reloads > reloads); // the gateway gets the key
    QTRY_VERIFY(desk.key(u"openai"_s).masked.endsWith(u"cdef"_s));
    QCOMPARE(desk.keeper->vault().waiting, 0);
}

/// As a service's: the same file opens it for the console and for a gateway without one.
void TestKeys::opensTheEncryptedFileByAPassphraseFile()
{
    using Vault = VaultDesk::State;
    QTemporaryDir folder;
    const std::string vault = folder.filePath(u"v"_s).toStdString();
    const QString passphrase = folder.filePath(u"p"_s);
    QVERIFY(runtime::Vault::create(vault, Secret(kPassphrase))->put("openai", Secret(kKey)).ok());
    QFile file(passphrase);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(kPassphrase) + "\n");
    file.close();
    const SecretRef ref{SecretRef::Store::Vault, "openai"};
    {
        DesktopSecrets secrets;
        const VaultDesk desk({vault, passphrase.toStdString()}, secrets);
        QCOMPARE(desk.state(), Vault::Locked); // others may read it
        QVERIFY(desk.problem().contains(u"can be accessed by others"_s));
    }
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    DesktopSecrets secrets;
    const VaultDesk desk({vault, passphrase.toStdString()}, secrets);
    QTRY_COMPARE(desk.state(), Vault::Open);
    QVERIFY(secrets.read(ref)->matches(kKey));
    QVERIFY(!secrets.read({SecretRef::Store::Vault, "other"}).ok());
}

void TestKeys::saysWhyTheEncryptedFileCannotBeUsed()
{
    using Vault = ui::VaultView::State;
    Desk desk(kText, Mood::Gone);
    QFile file(desk.vaultPath());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("something else");
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    file.close();
    desk.keeper->lookAgain();
    QVERIFY(desk.save(typed(u"local"_s, ui::KeyPlace::Vault)).contains(u"damaged"_s));
    QTRY_COMPARE(desk.keeper->vault().state, Vault::Unusable);
    QCOMPARE(contentOf(desk.vaultPath()), QByteArray("something else")); // never overwritten
    QVERIFY(file.remove());
    desk.keeper->lookAgain();
    QCOMPARE(desk.keeper->vault().state, Vault::Absent);
    QVERIFY(desk.save(typed(u"local"_s, ui::KeyPlace::Vault)).startsWith(u"yes"_s));
}

void TestKeys::deletesFromTheEncryptedFile()
{
    Desk desk(kText, Mood::Gone);
    QVERIFY(desk.save(typed(u"local"_s, ui::KeyPlace::Vault)).startsWith(u"yes"_s));
    desk.keeper->deleteKey(2, u"local"_s, 0);
    QVERIFY(desk.outcome().contains(u"deleted from the encrypted file"_s));
    QVERIFY(
        runtime::Vault::open(desk.vaultPath().toStdString(), Secret(kPassphrase))->names().empty());
    QVERIFY(!contentOf(desk.path()).contains("vault:local"));
}

/// Goal: the way of a key to its use: kept in the keychain, named in the file, sent upstream, with
/// the gateway running all the while; and at the next start, when the keychain answers late.
void TestKeys::gatewayUsesTheKeyWithoutARestart()
{
    const tests::FakeUpstream upstream(
        {{tests::ReadRequest{}, tests::SendBytes{tests::chatAnswer("ok")}}});
    QTemporaryDir folder;
    const QString path = folder.filePath(u"signalbox.toml"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[[provider]]\nid = \"local\"\nkind = \"openai-compatible\"\nbase_url = \""
               + QByteArray::fromStdString(upstream.baseUrl())
               + "\"\n[[provider.model]]\nname = \"tiny\"\n");
    file.close();
    FakeKeychain backend;
    for (int start = 0; start < 2; ++start) {
        DesktopSecrets secrets;
        runtime::SystemSecretStore store(&secrets);
        auto ready = runtime::readConfigurationFile(path.toStdString(), store);
        QVERIFY(ready.ok());
        runtime::ServiceOptions options;
        options.configPath = path.toStdString();
        options.stateDir = folder.filePath(u"state"_s).toStdString();
        options.listen = "127.0.0.1:0";
        auto service = runtime::Service::create(options, std::move(*ready), store);
        QVERIFY(service.ok() && (*service)->listen().ok());
        const runtime::GatewayThread thread(**service);
        Keychain keychain(backend, kSoon);
        KeeperOptions keeping;
        keeping.configPath = options.configPath;
        keeping.stateDir = options.stateDir;
        keeping.reload = [&] {
            boost::asio::post((*service)->loop(), [&] { (*service)->reload(); });
        };
        keeping.gateway = [&] { return QUrl(QString::fromStdString((*service)->url())); };
        VaultDesk vault({folder.filePath(u"signalbox.vault"_s).toStdString(), {}}, secrets);
        KeyKeeper keeper(secrets, keychain, vault, keeping);
        QSignalSpy finished(&keeper, &ui::SettingsSource::finished);
        if (start == 0) {
            keeper.saveKey(1, typed(u"local"_s, ui::KeyPlace::Keychain));
            QTRY_COMPARE(finished.count(), 1);
        } else {
            QTRY_COMPARE(keeper.providers()[0].keys[0].masked, u"••••cdef"_s);
        }
        keeper.test(2, u"local/tiny"_s);
        QTRY_COMPARE(finished.count(), start == 0 ? 2 : 1);
        const QString words = finished.last()[2].toString();
        QVERIFY2(finished.last()[1].toBool() && words.contains(u"an unknown price"_s),
                 qPrintable(words));
        QVERIFY(upstream.requests().back().find("Bearer " + kKey) != std::string::npos);
    }
}

/// Goal: the set-up's end to end. A profile without a file gets one, with a route to the provider.
void TestKeys::setsUpAProviderInAFreshProfile()
{
    Desk desk;
    QVERIFY(QFile::remove(desk.path()));
    QVERIFY(desk.keeper->isFresh());
    ui::NewProvider provider{.id = u"qwen"_s,
                             .kind = ProviderKind::Qwen,
                             .model = u"qwen-plus"_s,
                             .hasKey = true,
                             .key = typed(u"qwen"_s, ui::KeyPlace::Keychain)};
    QTRY_VERIFY(desk.settled());
    desk.keeper->addProvider(1, provider);
    QCOMPARE(desk.outcome(), u"yes: qwen is configured."_s);
    QVERIFY(!desk.keeper->isFresh());
    runtime::SystemSecretStore store(&desk.secrets);
    const auto ready = runtime::readConfigurationFile(desk.path().toStdString(), store);
    QVERIFY(ready.ok() && ready->secretProblems.empty());
    const RouteSettings *route = ready->configuration->route("default");
    QVERIFY(route != nullptr);
    QCOMPARE(route->targets.front().target.name(), std::string("qwen/qwen-plus"));
    QVERIFY(desk.reloads > 0);
    QCOMPARE(QFile::permissions(desk.path()) & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
}

void TestKeys::replacesWhatItAddedAMomentAgo()
{
    Desk desk("# mine\n");
    QTRY_VERIFY(desk.settled());
    ui::NewProvider provider{.id = u"qwen"_s,
                             .kind = ProviderKind::Qwen,
                             .model = u"qwen-plsu"_s,
                             .hasKey = true,
                             .key = typed(u"qwen"_s, ui::KeyPlace::Session)};
    desk.keeper->addProvider(1, provider);
    QVERIFY(desk.outcome().startsWith(u"yes"_s));
    provider.model = u"qwen-plus"_s;
    desk.keeper->addProvider(2, provider);
    QVERIFY(desk.outcome().startsWith(u"yes"_s));
    QCOMPARE(desk.keeper->providers().size(), std::size_t(1));
    QCOMPARE(desk.keeper->providers()[0].target, u"qwen/qwen-plus"_s);
    QCOMPARE(desk.key(u"qwen"_s).ref, u"session:qwen"_s);
    QVERIFY(contentOf(desk.path()).startsWith("# mine\n\n[[provider]]"));
    // What somebody else has changed since is theirs: the same id is then a second one.
    desk.write(contentOf(desk.path()) + "# theirs\n");
    desk.keeper->addProvider(3, provider);
    QVERIFY(desk.outcome().startsWith(u"no: line "_s));
}

QTEST_GUILESS_MAIN(TestKeys)
#include "tst_keys.moc"
