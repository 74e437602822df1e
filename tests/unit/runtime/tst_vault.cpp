// SPDX-License-Identifier: Apache-2.0
// Keys in an encrypted file: what is in it comes back, and every way to lose it has words.
#include "tests/support/child_process.h"
#include "tests/support/full_disk.h"

#include "core/runtime/secret_store.h"
#include "core/runtime/vault.h"
#include "core/runtime/vault_cipher.h"
#include "core/runtime/vault_store.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <string>
#include <unistd.h>

using namespace signalbox;
using namespace signalbox::runtime;
using tests::readFile;
using tests::writeFile;

namespace {

const Secret kPassphrase(std::string("correct horse battery"));
const Secret kKey(std::string("sk-live-0123456789abcdef"));

struct Place
{
    [[nodiscard]] std::string path(const char *name = "signalbox.vault") const
    {
        return folder.filePath(QString::fromUtf8(name)).toStdString();
    }
    void makePrivate(const char *name) const
    {
        QFile::setPermissions(QString::fromStdString(path(name)),
                              QFile::ReadOwner | QFile::WriteOwner);
    }
    QTemporaryDir folder;
};

template <typename T>
std::string faultOf(const T &result)
{
    if (result.ok()) {
        return "none";
    }
    switch (result.error().fault) {
    case VaultFault::Absent:
        return "absent";
    case VaultFault::Exists:
        return "exists";
    case VaultFault::Unreadable:
        return "unreadable";
    case VaultFault::Damaged:
        return "damaged";
    case VaultFault::WrongPassphrase:
        return "wrong passphrase";
    case VaultFault::Unwritable:
        return "unwritable";
    case VaultFault::Full:
        return "full";
    }
    return "?";
}

SecretRef entry(const char *name)
{
    return {SecretRef::Store::Vault, name};
}

} // namespace

class TestVault : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesBackWhatWasPutIn();
    void keepsWhatAnotherWrote();
    void isNobodyElses();
    void tellsAWrongPassphraseFromDamage();
    void refusesWhatIsNotOurs();
    void changesNothingWhereWritingFails();
    void isBounded();
    void serviceReadsItWithAPassphraseFile();
    void serviceSaysWhyItCannot();
};

void TestVault::givesBackWhatWasPutIn()
{
    const Place place;
    auto made = Vault::create(place.path(), kPassphrase);
    QCOMPARE(faultOf(made), std::string("none"));
    QVERIFY(made->put("openai", kKey).ok());
    QVERIFY(made->put("qwen", Secret(std::string("with\n\0zero", 10))).ok());
    QVERIFY(made->put("gone", kKey).ok());
    QVERIFY(made->remove("gone").ok());
    QCOMPARE(faultOf(Vault::create(place.path(), kPassphrase)), std::string("exists"));
    auto opened = Vault::open(place.path(), kPassphrase);
    QCOMPARE(faultOf(opened), std::string("none"));
    QCOMPARE(opened->names(), (std::vector<std::string>{"openai", "qwen"}));
    QVERIFY(opened->read("openai")->matches(kKey.expose()));
    QVERIFY(opened->read("qwen")->matches(std::string("with\n\0zero", 10)));
    QVERIFY(!opened->read("gone"));
    // What was opened can be written again.
    QVERIFY(opened->put("openai", Secret(std::string("another"))).ok());
    QVERIFY(Vault::open(place.path(), kPassphrase)->read("openai")->matches("another"));
}

/// Two programs may have it open: neither undoes what the other wrote.
void TestVault::keepsWhatAnotherWrote()
{
    const Place place;
    auto one = Vault::create(place.path(), kPassphrase);
    auto other = Vault::open(place.path(), kPassphrase);
    QVERIFY(one->put("a", kKey).ok());
    QVERIFY(other->put("b", kKey).ok());
    QVERIFY(one->remove("none").ok());
    QCOMPARE(one->names(), (std::vector<std::string>{"a", "b"}));
    QVERIFY(one->remove("b").ok());
    QVERIFY(other->refresh().ok());
    QCOMPARE(other->names(), std::vector<std::string>{"a"});
    QVERIFY(QFile::remove(QString::fromStdString(place.path())));
    QCOMPARE(faultOf(one->put("c", kKey)), std::string("absent"));
    QVERIFY(Vault::create(place.path(), Secret(std::string("another passphrase"))).ok());
    QCOMPARE(faultOf(one->put("c", kKey)), std::string("wrong passphrase"));
    QCOMPARE(one->names(), std::vector<std::string>{"a"});
}

void TestVault::isNobodyElses()
{
    const Place place;
    auto made = Vault::create(place.path("deep/below/signalbox.vault"), kPassphrase);
    QCOMPARE(faultOf(made), std::string("none"));
    QVERIFY(made->put("openai-of-the-night", kKey).ok());
    const std::string path = place.path("deep/below/signalbox.vault");
    QCOMPARE(QFile::permissions(QString::fromStdString(path)) & QFile::Permissions(0x0077),
             QFile::Permissions());
    const std::string bytes = readFile(path);
    QVERIFY(bytes.find("0123456789abcdef") == std::string::npos);
    QVERIFY(bytes.find("openai-of-the-night") == std::string::npos); // nor its names
    QVERIFY(bytes.find("battery") == std::string::npos);
    // Each writing has a nonce of its own.
    QVERIFY(made->put("openai-of-the-night", kKey).ok());
    QVERIFY(readFile(path) != bytes);
    const QDir folder(place.folder.filePath("deep/below"));
    QCOMPARE(folder.entryList(QDir::Files).size(), 1); // and leaves nothing behind
}

void TestVault::tellsAWrongPassphraseFromDamage()
{
    const Place place;
    QVERIFY(Vault::create(place.path(), kPassphrase)->put("a", kKey).ok());
    QCOMPARE(faultOf(Vault::open(place.path(), Secret(std::string("correct horse")))),
             std::string("wrong passphrase"));
    QCOMPARE(faultOf(Vault::open(place.path(), Secret())), std::string("wrong passphrase"));
    const std::string whole = readFile(place.path());
    for (std::size_t at = 0; at < whole.size(); at += 3) {
        std::string bytes = whole;
        bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
        QVERIFY2(!parseSealed(bytes), std::to_string(at).c_str());
    }
    for (std::size_t size = 0; size < whole.size(); size += 7) {
        QVERIFY(!parseSealed(std::string_view(whole).substr(0, size)));
    }
    QVERIFY(!parseSealed(whole + "x"));
    for (const std::string &bytes : {std::string(), std::string("hello"), whole.substr(1)}) {
        writeFile(place.path(), bytes);
        const auto opened = Vault::open(place.path(), kPassphrase);
        QCOMPARE(faultOf(opened), std::string("damaged"));
        QVERIFY(opened.error().message.find("restore a copy") != std::string::npos);
    }
}

void TestVault::refusesWhatIsNotOurs()
{
    const Place place;
    QCOMPARE(faultOf(Vault::open(place.path(), kPassphrase)), std::string("absent"));
    QVERIFY(Vault::create(place.path(), kPassphrase).ok());
    QFile::setPermissions(QString::fromStdString(place.path()),
                          QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther);
    const auto open = Vault::open(place.path(), kPassphrase);
    QCOMPARE(faultOf(open), std::string("unreadable"));
    QVERIFY(open.error().message.find("chmod 600") != std::string::npos);
    QCOMPARE(faultOf(Vault::open(place.folder.path().toStdString(), kPassphrase)),
             std::string("unreadable"));
    QCOMPARE(faultOf(Vault::create(place.path("b"), Secret(std::string("short")))),
             std::string("wrong passphrase"));
    QVERIFY(!QFileInfo::exists(QString::fromStdString(place.path("b"))));
    writeFile(place.path("file"), "");
    QCOMPARE(faultOf(Vault::create(place.path("file/below"), kPassphrase)),
             std::string("unwritable"));
}

void TestVault::changesNothingWhereWritingFails()
{
    const Place place;
    auto vault = Vault::create(place.path("in/v"), kPassphrase);
    QVERIFY(vault->put("a", kKey).ok());
    {
        const tests::FullDisk full;
        const auto put = vault->put("b", kKey);
        QCOMPARE(faultOf(put), std::string("unwritable"));
        QVERIFY(put.error().message.find("cannot be written") != std::string::npos);
        QCOMPARE(vault->names(), std::vector<std::string>{"a"});
        QCOMPARE(faultOf(vault->remove("a")), std::string("unwritable"));
        QVERIFY(vault->read("a").has_value());
    }
    QCOMPARE(Vault::open(place.path("in/v"), kPassphrase)->names(), std::vector<std::string>{"a"});
}

void TestVault::isBounded()
{
    const Place place;
    auto vault = Vault::create(place.path(), kPassphrase);
    QCOMPARE(faultOf(vault->put("a", Secret(std::string(70'000, 'x')))), std::string("full"));
    QVERIFY(vault->put("a", Secret(std::string(60'000, 'x'))).ok());
    int put = 1;
    while (put < 100 && vault->put("k" + std::to_string(put), Secret(std::string(60'000, 'y')))) {
        ++put;
    }
    QVERIFY(put > 10 && put < 100);
    QCOMPARE(Vault::open(place.path(), kPassphrase)->names().size(), std::size_t(put));
    writeFile(place.path(), std::string(kVaultBytesMax + 1, 'z'));
    QCOMPARE(faultOf(Vault::open(place.path(), kPassphrase)), std::string("unreadable"));
}

void TestVault::serviceReadsItWithAPassphraseFile()
{
    const Place place;
    qputenv("SIGNALBOX_VAULT_PASSPHRASE_FILE", place.path("pass").c_str());
    const VaultPlaces places = vaultPlaces(place.path("signalbox.toml"));
    QCOMPARE(places.vault, place.path());
    QCOMPARE(places.passphraseFile, place.path("pass"));
    writeFile(place.path("pass"), std::string(kPassphrase.expose()) + "\n");
    place.makePrivate("pass");
    auto vault = Vault::create(place.path(), kPassphrase);
    QVERIFY(vault->put("openai", kKey).ok());
    VaultStore store(places);
    SystemSecretStore secrets(&store);
    QVERIFY(secrets.read(entry("openai"))->matches(kKey.expose()));
    // A key that somebody puts in is there at the next reload.
    const auto missing = secrets.read(entry("qwen"));
    QVERIFY(!missing.ok());
    QVERIFY(missing.error().message.find("no such entry") != std::string::npos);
    QVERIFY(vault->put("qwen", kKey).ok());
    QVERIFY(secrets.read(entry("qwen")).ok());
    qunsetenv("SIGNALBOX_VAULT_PASSPHRASE_FILE");
    // systemd hands it over as a credential.
    qputenv("CREDENTIALS_DIRECTORY", place.folder.path().toUtf8());
    QCOMPARE(vaultPlaces(place.path("x.toml")).passphraseFile, std::string());
    QVERIFY(QFile::copy(QString::fromStdString(place.path("pass")),
                        QString::fromStdString(place.path("vault-passphrase"))));
    QCOMPARE(vaultPlaces(place.path("x.toml")).passphraseFile, place.path("vault-passphrase"));
    qunsetenv("CREDENTIALS_DIRECTORY");
}

void TestVault::serviceSaysWhyItCannot()
{
    const Place place;
    const auto why = [&](const char *passphrase, SecretRef::Store store = SecretRef::Store::Vault) {
        VaultStore vault({place.path(), *passphrase == '\0' ? "" : place.path(passphrase)});
        const auto read = vault.read({store, "openai"});
        return read.ok() ? std::string("none") : read.error().message;
    };
    const auto says = [](const std::string &text, const char *words) {
        return text.find(words) != std::string::npos;
    };
    QVERIFY(says(why(""), "SIGNALBOX_VAULT_PASSPHRASE_FILE names no file"));
    QVERIFY(says(why("pass"), "the vault's passphrase: cannot open"));
    writeFile(place.path("pass"), "wrong one");
    QFile::setPermissions(QString::fromStdString(place.path("pass")),
                          QFile::ReadOwner | QFile::ReadOther);
    QVERIFY(says(why("pass"), "chmod 600"));
    place.makePrivate("pass");
    QVERIFY(says(why("pass"), "cannot open "));
    QVERIFY(Vault::create(place.path(), kPassphrase).ok());
    QVERIFY(says(why("pass"), "the passphrase does not open"));
    QVERIFY(!says(why("pass"), "wrong one"));
    QVERIFY(says(why("pass", SecretRef::Store::Keychain), "cannot be read by this program"));
    writeFile(place.path(), "rubbish");
    QVERIFY(says(why("pass"), "damaged"));
}

QTEST_APPLESS_MAIN(TestVault)
#include "tst_vault.moc"
