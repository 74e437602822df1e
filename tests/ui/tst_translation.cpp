// SPDX-License-Identifier: GPL-3.0-or-later
// Every text in every language: gathered, translated, with its numbers, and with room on screen.
#include "tests/ui/support/console.h"
#include "tests/ui/support/cut_text.h"
#include "ui/frame/console_actions.h"
#include "ui/text/language.h"
#include "ui/text/numbers.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QLibraryInfo>
#include <QMenuBar>
#include <QProcess>
#include <QRegularExpression>
#include <QScrollArea>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace signalbox::ui;

namespace {

struct Message
{
    QString context;
    QString source;
    QString comment;
    bool counts = false; ///< has forms by number
    QStringList translations;
    bool unfinished = false;

    [[nodiscard]] QString id() const
    {
        return context + u" | "_s + source + u" | "_s + comment + (counts ? u" | n"_s : QString());
    }
};

QList<Message> readMessages(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    QXmlStreamReader xml(&file);
    QList<Message> all;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) {
            continue;
        }
        if (xml.name() == "name"_L1) {
            context = xml.readElementText();
        } else if (xml.name() == "message"_L1) {
            all << Message{.context = context,
                           .source = {},
                           .comment = {},
                           .counts = xml.attributes().value(u"numerus"_s) == "yes"_L1,
                           .translations = {}};
        } else if (xml.name() == "source"_L1) {
            all.last().source = xml.readElementText();
        } else if (xml.name() == "comment"_L1) {
            all.last().comment = xml.readElementText();
        } else if (xml.name() == "translation"_L1) {
            all.last().unfinished = xml.attributes().hasAttribute(u"type"_s);
            if (!all.last().counts) {
                all.last().translations << xml.readElementText();
            }
        } else if (xml.name() == "numerusform"_L1) {
            all.last().translations << xml.readElementText();
        }
    }
    return all;
}

QString pathOf(const QString &language)
{
    return QStringLiteral(SIGNALBOX_SOURCE_DIR)
           + u"/resources/i18n/signalbox_%1.ts"_s.arg(language);
}

QStringList idsOf(const QList<Message> &messages)
{
    QStringList ids;
    for (const Message &message : messages) {
        ids << message.id();
    }
    ids.sort();
    return ids;
}

/// `%1`, `%n` and so on, sorted.
QStringList placeholders(const QString &text)
{
    static const QRegularExpression mark(u"%L?(\\d+|n)"_s);
    QStringList all;
    for (auto at = mark.globalMatch(text); at.hasNext();) {
        all << at.next().captured();
    }
    all.sort();
    return all;
}

int mnemonics(const QString &text)
{
    static const QRegularExpression mark(u"&[A-Za-z0-9]"_s);
    return static_cast<int>(text.count(mark));
}

/// What a longer language does: forty percent more of every word, and signs English has not.
class Longer : public QTranslator
{
public:
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char *context,
                                    const char *source,
                                    const char *,
                                    int) const override
    {
        const QByteArray whose(context);
        const QString text = QString::fromUtf8(source);
        // Units and formats of numbers are as long in German.
        if (whose == "Numbers" || whose == "Ranges" || whose.startsWith('Q')) {
            return text;
        }
        static const QRegularExpression word(u"(?<![%&\\w])([A-Za-z]{3,})"_s);
        QString longer;
        qsizetype done = 0;
        for (auto at = word.globalMatch(text); at.hasNext();) {
            const auto match = at.next();
            const QString letters = match.captured();
            longer += QStringView(text).mid(done, match.capturedStart() - done);
            longer += letters + u"äößütkeit"_s.left((letters.size() * 2 + 4) / 5);
            done = match.capturedEnd();
        }
        return longer + text.mid(done);
    }
};

const QStringList kPages{u"overview"_s,
                         u"providers"_s,
                         u"routing"_s,
                         u"playground"_s,
                         u"requests"_s,
                         u"costs"_s,
                         u"cache"_s,
                         u"alerts"_s,
                         u"settings"_s};

} // namespace

class TestTranslation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void everyTextIsGathered();
    void everyTextIsTranslated_data();
    void everyTextIsTranslated();
    void translationsKeepWhatIsFilledIn();
    void englishHasItsPlurals();
    void choosesByCode();
    void anotherLanguageIsKept();
    void longerWordsHaveRoom();
    void chineseHasRoom();
    void numbersFollowTheLanguage();
};

void TestTranslation::cleanup()
{
    const auto translators = qApp->findChildren<QTranslator *>();
    for (QTranslator *translator : translators) {
        QCoreApplication::removeTranslator(translator);
        delete translator;
    }
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

/// Goal: no text was added or changed without `./dev translate`.
void TestTranslation::everyTextIsGathered()
{
    const QString lupdate =
        QStandardPaths::findExecutable(u"lupdate"_s,
                                       {QLibraryInfo::path(QLibraryInfo::BinariesPath),
                                        QLibraryInfo::path(QLibraryInfo::LibraryExecutablesPath)});
    QVERIFY2(!lupdate.isEmpty(), "lupdate is missing: qt6-l10n-tools");
    const QTemporaryDir folder;
    const QString fresh = folder.filePath(u"fresh_zh_CN.ts"_s);
    QProcess process;
    process.setWorkingDirectory(QStringLiteral(SIGNALBOX_SOURCE_DIR));
    process.start(lupdate,
                  {u"-silent"_s,
                   u"-extensions"_s,
                   u"cpp,h"_s,
                   u"-I"_s,
                   u"."_s,
                   u"ui"_s,
                   u"app/console"_s,
                   u"app/signalbox.cpp"_s,
                   u"-ts"_s,
                   fresh});
    QVERIFY(process.waitForFinished(60'000));
    const QStringList now = idsOf(readMessages(fresh));
    QVERIFY(now.size() > 400);
    QStringList missing;
    QStringList gone;
    const QStringList kept = idsOf(readMessages(pathOf(u"zh_CN"_s)));
    std::ranges::set_difference(now, kept, std::back_inserter(missing));
    std::ranges::set_difference(kept, now, std::back_inserter(gone));
    QVERIFY2(missing.isEmpty() && gone.isEmpty(),
             qPrintable(u"run ./dev translate; new:\n%1\ngone:\n%2"_s.arg(missing.join(u'\n'),
                                                                          gone.join(u'\n'))));
}

void TestTranslation::everyTextIsTranslated_data()
{
    QTest::addColumn<int>("forms");
    QTest::newRow("zh_CN") << 1;
    QTest::newRow("en") << 2;
}

void TestTranslation::everyTextIsTranslated()
{
    QFETCH(int, forms);
    const QList<Message> messages = readMessages(
        pathOf(QLatin1StringView(QTest::currentDataTag())));
    QVERIFY(!messages.isEmpty());
    for (const Message &message : messages) {
        QVERIFY2(!message.unfinished && !message.translations.contains(QString()),
                 qPrintable(message.id()));
        QCOMPARE(message.translations.size(), message.counts ? forms : 1);
    }
}

void TestTranslation::translationsKeepWhatIsFilledIn()
{
    static const QRegularExpression han(u"\\p{Han}"_s);
    int chinese = 0;
    for (const Message &message : readMessages(pathOf(u"zh_CN"_s))) {
        for (const QString &text : message.translations) {
            QVERIFY2(placeholders(text) == placeholders(message.source), qPrintable(message.id()));
            QVERIFY2(mnemonics(text) == mnemonics(message.source), qPrintable(message.id()));
            QVERIFY2(text.count(u'\n') == message.source.count(u'\n'), qPrintable(message.id()));
            QVERIFY2(text.endsWith(u'…') == message.source.endsWith(u'…'),
                     qPrintable(message.id()));
            chinese += text.contains(han) ? 1 : 0;
        }
    }
    QVERIFY(chinese > 400);
    for (const Message &message : readMessages(pathOf(u"en"_s))) {
        static const QRegularExpression number(u"%L?n"_s);
        QVERIFY2(message.translations.last().contains(number), qPrintable(message.id()));
    }
}

void TestTranslation::englishHasItsPlurals()
{
    installLanguage(Language::English);
    const auto alerts = [](int count) {
        return QCoreApplication::translate("Alerts", "%n alerts", nullptr, count);
    };
    QCOMPARE(alerts(1), u"1 alert"_s);
    QCOMPARE(alerts(2), u"2 alerts"_s);
    cleanup();
    installLanguage(Language::Chinese);
    QCOMPARE(alerts(1), u"1 条告警"_s);
    QCOMPARE(alerts(2), u"2 条告警"_s);
}

void TestTranslation::choosesByCode()
{
    for (int i = 0; i < kLanguageCount; ++i) {
        const auto language = static_cast<Language>(i);
        QCOMPARE(languageOf(languageCode(language)), language);
    }
    QCOMPARE(languageOf(u"tlh"_s), Language::System);
}

/// Goal: the choice is kept, and it is said that it needs another start.
void TestTranslation::anotherLanguageIsKept()
{
    QTemporaryDir folder;
    QSettings kept(folder.filePath(u"console.ini"_s), QSettings::IniFormat);
    FixtureSource source;
    const auto open = [&] {
        return std::make_unique<ConsoleWindow>(source,
                                               ConsoleOptions{.clock = [&] { return source.now(); },
                                                              .settings = &kept});
    };
    {
        const auto window = open();
        window->show();
        QVERIFY(window->actionSet().languages[0]->isChecked());
        window->actionSet().languages[2]->trigger();
        QVERIFY(window->findChild<NoticeBar *>(u"notices"_s)->text().contains(u"next start"_s));
    }
    QCOMPARE(kept.value(u"language"_s).toString(), u"zh_CN"_s);
    QVERIFY(open()->actionSet().languages[2]->isChecked());
}

/// Goal: statement 81.
void TestTranslation::longerWordsHaveRoom()
{
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    auto *longer = new Longer;
    longer->setParent(qApp);
    QCoreApplication::installTranslator(longer);
    Console console;
    QCOMPARE(console.window.size(), QSize(1280, 800));
    for (const QString &page : kPages) {
        console.window.showPage(page);
        QTest::qWait(kSettleMs);
        const CutTexts found = cutTexts(console.window);
        QVERIFY2(found.cut.isEmpty(), qPrintable(page + u":\n"_s + found.cut.join(u'\n')));
        QVERIFY(found.seen > 3);
        QVERIFY(console.window.findChild<Page *>(page)->title().size() > page.size());
        const auto areas = console.window.findChild<Page *>(page)->findChildren<QScrollArea *>();
        for (const QScrollArea *area : areas) {
            if (!area->isVisible()) {
                continue; // never laid out
            }
            QVERIFY2(area->widget()->minimumSizeHint().width() <= area->viewport()->width(),
                     qPrintable(u"%1: %2 needs %3 of %4"_s.arg(page, area->objectName())
                                    .arg(area->widget()->minimumSizeHint().width())
                                    .arg(area->viewport()->width())));
        }
        QCOMPARE(console.window.size(), QSize(1280, 800));
    }
}

void TestTranslation::chineseHasRoom()
{
    installLanguage(Language::Chinese);
    Console console;
    static const QRegularExpression han(u"\\p{Han}"_s);
    for (const QAction *action : console.window.menuBar()->actions()) {
        QVERIFY2(action->text().contains(han), qPrintable(action->text()));
    }
    for (const QString &page : kPages) {
        console.window.showPage(page);
        QTest::qWait(kSettleMs);
        QVERIFY(console.window.findChild<Page *>(page)->title().contains(han));
        const CutTexts found = cutTexts(console.window);
        QVERIFY2(found.cut.isEmpty(), qPrintable(page + u":\n"_s + found.cut.join(u'\n')));
    }
}

void TestTranslation::numbersFollowTheLanguage()
{
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    QCOMPARE(text::rate(41.24), u"41,2 req/s"_s);
    installLanguage(Language::Chinese);
    QCOMPARE(text::rate(41.24), u"41.2 次/秒"_s);
    QCOMPARE(text::span(std::chrono::hours(3)), u"3 小时 0 分"_s);
}

QTEST_MAIN(TestTranslation)
#include "tst_translation.moc"
