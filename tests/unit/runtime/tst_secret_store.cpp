// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/secret_store.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace signalbox;
using namespace signalbox::runtime;

class TestSecretStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheEnvironment();
    void readsAFileOfOurs();
    void refusesFilesOthersCanRead_data();
    void refusesFilesOthersCanRead();
    void refusesWhatIsNoPlainFile();
    void refusesAFileOfSomebodyElse();
    void whatItCannotReadItHandsOn();

private:
    std::string write(const QByteArray &text, mode_t mode)
    {
        const QString path = m_dir.filePath(QStringLiteral("secret%1").arg(++m_files));
        QFile file(path);
        const bool written = file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
        file.close();
        const bool ready = written && ::chmod(qPrintable(path), mode) == 0;
        return ready ? path.toStdString() : std::string();
    }
    static SecretRef fileRef(const std::string &path) { return {SecretRef::Store::File, path}; }

    QTemporaryDir m_dir;
    int m_files = 0;
    SystemSecretStore m_store;
};

void TestSecretStore::readsTheEnvironment()
{
    qputenv("SIGNALBOX_TEST_KEY", "sk-environment");
    qputenv("SIGNALBOX_TEST_EMPTY", "");
    const auto key = m_store.read({SecretRef::Store::Env, "SIGNALBOX_TEST_KEY"});
    QVERIFY(key.ok() && key->matches("sk-environment"));
    const auto absent = m_store.read({SecretRef::Store::Env, "SIGNALBOX_TEST_ABSENT"});
    QVERIFY(!absent.ok());
    QVERIFY(absent.error().message.find("SIGNALBOX_TEST_ABSENT") != std::string::npos);
    QVERIFY(!m_store.read({SecretRef::Store::Env, "SIGNALBOX_TEST_EMPTY"}).ok());
}

void TestSecretStore::readsAFileOfOurs()
{
    for (const char *ending : {"", "\n", "\r\n"}) {
        const auto secret = m_store.read(fileRef(write(QByteArray("sk-file") + ending, 0600)));
        QVERIFY(secret.ok());
        QVERIFY(secret->matches("sk-file"));
    }
    QVERIFY(m_store.read(fileRef(write("sk-file", 0400))).ok());
}

void TestSecretStore::refusesFilesOthersCanRead_data()
{
    QTest::addColumn<int>("mode");
    for (const int mode : {0644, 0640, 0604, 0660, 0601, 0620}) {
        QTest::newRow(qPrintable(QString::number(mode, 8))) << mode;
    }
}

void TestSecretStore::refusesFilesOthersCanRead()
{
    QFETCH(const int, mode);
    const auto secret = m_store.read(fileRef(write("sk-file", static_cast<mode_t>(mode))));
    QVERIFY(!secret.ok());
    QVERIFY(secret.error().message.find("chmod 600") != std::string::npos);
    QVERIFY(secret.error().message.find("sk-file") == std::string::npos);
}

void TestSecretStore::refusesWhatIsNoPlainFile()
{
    const auto refused = [this](const std::string &path) {
        return !m_store.read(fileRef(path)).ok();
    };
    QVERIFY(refused(m_dir.path().toStdString()));
    QVERIFY(refused(m_dir.filePath("absent").toStdString()));
    QVERIFY(refused("/dev/zero"));
    QVERIFY(refused(write("", 0600)));
    QVERIFY(refused(write("\n", 0600)));
    QVERIFY(refused(write(QByteArray(64 * 1024 + 1, 'x'), 0600)));
    const std::string pipe = m_dir.filePath("pipe").toStdString();
    QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
    QVERIFY(refused(pipe)); // and does not wait for a writer
}

void TestSecretStore::refusesAFileOfSomebodyElse()
{
    if (::geteuid() != 0) {
        QSKIP("needs root to give a file to somebody else");
    }
    const std::string path = write("sk-file", 0600);
    QCOMPARE(::chown(path.c_str(), 12345, 12345), 0);
    QVERIFY(!m_store.read(fileRef(path)).ok());
}

void TestSecretStore::whatItCannotReadItHandsOn()
{
    class Desktop : public SecretStore
    {
    public:
        Result<Secret, SecretProblem> read(const SecretRef &ref) override
        {
            return Secret("from " + ref.toString());
        }
    };
    const SecretRef ref{SecretRef::Store::Keychain, "openai"};
    QVERIFY(!m_store.read(ref).ok());
    Desktop desktop;
    SystemSecretStore store(&desktop);
    const auto secret = store.read(ref);
    QVERIFY(secret.ok() && secret->matches("from keychain:openai"));
}

QTEST_APPLESS_MAIN(TestSecretStore)
#include "tst_secret_store.moc"
