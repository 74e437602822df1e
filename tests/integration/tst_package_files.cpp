// SPDX-License-Identifier: Apache-2.0
// What a package carries beside the programs says what the programs say.
#include "tests/support/child_process.h"

#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

using namespace signalbox::tests;

namespace {

QString source(const char *path)
{
    return QString::fromStdString(readFile(SIGNALBOX_SOURCE_DIR "/" + std::string(path)));
}

QString outputOf(const char *program, const char *option)
{
    ProgramCall call;
    call.program = SIGNALBOX_BIN_DIR "/" + std::string(program);
    call.arguments = {option};
    return QString::fromStdString(runToEnd(std::move(call)).output);
}

/// `--config` and the like, each once.
QStringList optionsOf(const char *program)
{
    const QString help = outputOf(program, "--help");
    QStringList options;
    static const QRegularExpression kOption(QStringLiteral("--([a-z][a-z-]*)"));
    auto found = kOption.globalMatch(help);
    while (found.hasNext()) {
        options += found.next().captured(1);
    }
    options.removeDuplicates();
    return options;
}

} // namespace

class TestPackageFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manualsNameEveryOption_data();
    void manualsNameEveryOption();
    void theConsoleRefusesTheDaemonsOptions();
    void versionsAgree();
    void theConsoleIsFoundByItsNames();
};

void TestPackageFiles::manualsNameEveryOption_data()
{
    QTest::addColumn<QByteArray>("program");
    for (const char *program : {"signalboxd", "signalbox-sim", "signalbox"}) {
        if (QFile::exists(QStringLiteral(SIGNALBOX_BIN_DIR "/") + QLatin1String(program))) {
            QTest::newRow(program) << QByteArray(program);
        }
    }
}

/// Goal: neither the manual nor --help knows an option that the other does not; --help and --version
/// go without saying in the latter.
void TestPackageFiles::manualsNameEveryOption()
{
    QFETCH(QByteArray, program);
    const QString manual = source(("installer/man/" + program + ".1").constData());
    const QStringList options = optionsOf(program.constData());
    QVERIFY(options.size() >= 3);
    QStringList listed;
    static const QRegularExpression kItem(QStringLiteral("^\\.It Fl -([a-z-]+)"),
                                          QRegularExpression::MultilineOption);
    auto items = kItem.globalMatch(manual);
    while (items.hasNext()) {
        listed += items.next().captured(1);
    }
    for (const QString &option : options) {
        QVERIFY2(listed.contains(option), qPrintable(option));
    }
    for (const QString &option : listed) {
        const bool unsaid = option == QLatin1String("help") || option == QLatin1String("version");
        QVERIFY2(unsaid || options.contains(option), qPrintable(option));
    }
}

void TestPackageFiles::theConsoleRefusesTheDaemonsOptions()
{
    const std::string console = SIGNALBOX_BIN_DIR "/signalbox";
    if (!QFile::exists(QString::fromStdString(console))) {
        QSKIP("built without the console");
    }
    for (const char *option :
         {"--check", "--no-secrets", "--tolerate-missing-secrets", "--backup"}) {
        const auto said = runToEnd({.program = console, .arguments = {option}});
        QCOMPARE(said.exitCode, std::optional(2));
        QVERIFY2(said.errors.find("is an option of signalboxd") != std::string::npos,
                 said.errors.c_str());
    }
}

void TestPackageFiles::versionsAgree()
{
    const QString version = QStringLiteral(SIGNALBOX_VERSION);
    QVERIFY(source("debian/changelog").startsWith(QStringLiteral("signalbox (%1)").arg(version)));
    QXmlStreamReader metainfo(source("installer/org.signalbox.Console.metainfo.xml"));
    QString newest;
    while (!metainfo.atEnd()) {
        if (metainfo.readNext() == QXmlStreamReader::StartElement && newest.isEmpty()
            && metainfo.name() == QLatin1String("release")) {
            newest = metainfo.attributes().value(QLatin1String("version")).toString();
        }
    }
    QVERIFY2(!metainfo.hasError(), qPrintable(metainfo.errorString()));
    QCOMPARE(newest, version);
    QCOMPARE(outputOf("signalboxd", "--version"), QStringLiteral("signalboxd %1\n").arg(version));
}

/// Goal: a desktop that knows a window by its application's id finds its entry, icon and metainfo.
void TestPackageFiles::theConsoleIsFoundByItsNames()
{
    const QString entry = source("installer/org.signalbox.Console.desktop");
    QVERIFY(entry.contains(QLatin1String("\nExec=signalbox\n")));
    QVERIFY(entry.contains(QLatin1String("\nIcon=signalbox\n")));
    QVERIFY(source("app/signalbox.cpp").contains(QLatin1String("\"org.signalbox.Console\"")));
    QVERIFY(source("installer/org.signalbox.Console.metainfo.xml")
                .contains(QLatin1String("org.signalbox.Console.desktop</launchable>")));
}

QTEST_GUILESS_MAIN(TestPackageFiles)
#include "tst_package_files.moc"
