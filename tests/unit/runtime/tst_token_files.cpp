// SPDX-License-Identifier: Apache-2.0
#include "tests/support/child_process.h"

#include "core/runtime/token_files.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <string>

using namespace signalbox;
using namespace signalbox::runtime;
using namespace signalbox::tests;

/// Whole rank files are megabytes of others': tst_tokenizers has them.
class TestTokenFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsNothingWhereNothingIs();
    void refusesDamagedRankFiles_data();
    void refusesDamagedRankFiles();
    void keepsACalibration();
    void saysWhatIsWrongWithACalibration();
    void saysWhereItCannotSave();
};

void TestTokenFiles::findsNothingWhereNothingIs()
{
    const QTemporaryDir folder;
    const std::string state = folder.path().toStdString();
    const LoadedTokenizers found = loadTokenizers(tokenizersDir(state));
    QVERIFY(found.loaded.empty() && found.problems.empty());
    QVERIFY(found.encoders.of(TokenFamily::O200k) == nullptr);
    const auto calibration = loadCalibration(calibrationPath(state));
    QVERIFY(calibration.ok());
    QCOMPARE(calibration->toText(), tokens::Calibration().toText());
}

void TestTokenFiles::refusesDamagedRankFiles_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("empty") << QByteArray() << QByteArray("damaged or of another version");
    QTest::newRow("a few lines") << QByteArray("IQ== 0\nIg== 1\n")
                                 << QByteArray("damaged or of another version");
    QTest::newRow("huge") << QByteArray(33 * 1024 * 1024, 'x')
                          << QByteArray("more than any such file");
}

void TestTokenFiles::refusesDamagedRankFiles()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, says);
    const QTemporaryDir folder;
    const std::string path = folder.path().toStdString() + "/qwen.tiktoken";
    writeFile(path, bytes.toStdString());
    const LoadedTokenizers found = loadTokenizers(folder.path().toStdString());
    QVERIFY(found.loaded.empty());
    QCOMPARE(found.problems.size(), std::size_t(1));
    QVERIFY(found.encoders.of(TokenFamily::Qwen) == nullptr);
    QVERIFY2(found.problems[0].starts_with(path + ": "), found.problems[0].c_str());
    QVERIFY2(found.problems[0].find(says.toStdString()) != std::string::npos,
             found.problems[0].c_str());
}

void TestTokenFiles::keepsACalibration()
{
    const QTemporaryDir folder;
    const std::string path = calibrationPath(folder.path().toStdString());
    tokens::Calibration learned;
    tokens::TokenParts parts;
    parts[tokens::Part::Words] = 100;
    learned.learn("a/b", parts, 120);
    QVERIFY(saveCalibration(path, "an older one").ok());
    QVERIFY(saveCalibration(path, learned.toText()).ok());
    const auto read = loadCalibration(path);
    QVERIFY(read.ok());
    QCOMPARE(read->toText(), learned.toText());
    QCOMPARE(read->bills("a/b"), 1);
    QVERIFY(!std::filesystem::exists(path + ".new"));
}

void TestTokenFiles::saysWhatIsWrongWithACalibration()
{
    const QTemporaryDir folder;
    const std::string path = calibrationPath(folder.path().toStdString());
    writeFile(path, "rubbish\n");
    const auto read = loadCalibration(path);
    QVERIFY(!read.ok());
    QVERIFY2(read.error().starts_with(path + ": line 1: "), read.error().c_str());
}

void TestTokenFiles::saysWhereItCannotSave()
{
    const auto saved = saveCalibration("/nowhere/at/all", "text");
    QVERIFY(!saved.ok());
    QVERIFY2(saved.error().find("/nowhere/at/all") != std::string::npos, saved.error().c_str());
}

QTEST_APPLESS_MAIN(TestTokenFiles)
#include "tst_token_files.moc"
