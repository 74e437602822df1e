// SPDX-License-Identifier: GPL-3.0-or-later
// The playground's history in its file: kept, found, bounded, private, and what goes wrong with it.
#include "app/console/playground_store.h"

#include "core/runtime/ledger/sql_database.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <memory>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;
using signalbox::app::PlaygroundStore;

namespace {

constexpr int kPatienceMs = 20'000;

PlaygroundSheet sheetOf(int number, const QString &prompt, const QString &answer = u"an answer"_s)
{
    PlaygroundRun::Kept kept{.ask = {.model = u"a/m"_s}, .target = u"a/m"_s, .text = answer};
    kept.figures.total = Micros(1'000 * number);
    kept.figures.cost = Cost{.amount = Money::fromNanos(number)};
    return {.id = u"set-%1"_s.arg(number),
            .atMs = 1'700'000'000'000 + number * 1'000,
            .turns = {{TurnRole::User, prompt}},
            .columns = {{.model = u"a/m"_s, .runs = {PlaygroundRun(kept)}}, {.model = u"b/m"_s}}};
}

struct Shelf
{
    QTemporaryDir folder;
    std::string path = folder.filePath(u"playground.sqlite"_s).toStdString();
    std::unique_ptr<PlaygroundStore> store = std::make_unique<PlaygroundStore>(path);
    quint64 question = 0;

    std::vector<KeptSheet> answerTo(const std::function<void(quint64)> &ask)
    {
        std::vector<KeptSheet> all;
        bool came = false;
        const quint64 mine = ++question;
        const auto link = QObject::connect(store.get(),
                                           &PlaygroundHistory::found,
                                           [&](quint64 which, const std::vector<KeptSheet> &found) {
                                               came = came || which == mine;
                                               all = which == mine ? found : all;
                                           });
        ask(mine);
        const bool answered = QTest::qWaitFor([&] { return came; }, kPatienceMs);
        QObject::disconnect(link);
        return answered ? all : std::vector<KeptSheet>{{.id = u"no answer"_s}};
    }
    std::vector<KeptSheet> find(const QString &words = {})
    {
        return answerTo([&](quint64 number) { store->find(number, words); });
    }
    QStringList ids(const QString &words = {})
    {
        QStringList ids;
        for (const KeptSheet &sheet : find(words)) {
            ids << sheet.id;
        }
        return ids;
    }
    void reopen()
    {
        store.reset();
        store = std::make_unique<PlaygroundStore>(path);
    }
};

} // namespace

class TestPlaygroundStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsFindsAndReads();
    void keepingAgainReplaces();
    void searchesAllWords();
    void pinnedOnesStayAndComeFirst();
    void tellsThePromptOverTime();
    void staysBounded();
    void isPrivateAndHasNoKey();
    void aDamagedFileIsMovedAside();
    void aFolderThatIsNotThereIsSaid();
    void aNewerFileIsLeftAlone();
};

void TestPlaygroundStore::keepsFindsAndReads()
{
    Shelf shelf;
    QVERIFY(shelf.find().empty());
    shelf.store->keep(sheetOf(1, u"Explain fuses"_s));
    shelf.store->keep(sheetOf(2, u"Explain breakers"_s));
    shelf.reopen(); // what was given is written
    const std::vector<KeptSheet> sheets = shelf.find();
    QCOMPARE(sheets.size(), std::size_t(2));
    QCOMPARE(sheets[0].id, u"set-2"_s); // the newest
    QCOMPARE(sheets[0].title, u"Explain breakers"_s);
    QCOMPARE(sheets[0].atMs, 1'700'000'002'000);
    QCOMPARE(sheets[0].columns.size(), std::size_t(2));
    QCOMPARE(sheets[0].columns[0].figures.total, std::optional(Micros(2'000)));
    QCOMPARE(sheets[0].columns[1].state, PlaygroundRun::State::Idle);
    QSignalSpy read(shelf.store.get(), &PlaygroundHistory::wasRead);
    shelf.store->read(u"set-1"_s);
    QVERIFY(read.wait(kPatienceMs));
    const auto sheet = read[0][0].value<PlaygroundSheet>();
    QCOMPARE(sheetAsJson(sheet), sheetAsJson(sheetOf(1, u"Explain fuses"_s)));
    QSignalSpy trouble(shelf.store.get(), &PlaygroundHistory::troubled);
    shelf.store->read(u"set-9"_s);
    QVERIFY(trouble.wait(kPatienceMs));
    shelf.store->forget(u"set-2"_s);
    QCOMPARE(shelf.ids(), QStringList{u"set-1"_s});
}

void TestPlaygroundStore::keepingAgainReplaces()
{
    Shelf shelf;
    shelf.store->keep(sheetOf(1, u"first"_s));
    shelf.store->pin(u"set-1"_s, true);
    shelf.store->keep(sheetOf(1, u"second"_s));
    const std::vector<KeptSheet> sheets = shelf.find();
    QCOMPARE(sheets.size(), std::size_t(1));
    QCOMPARE(sheets[0].title, u"second"_s);
    QVERIFY(sheets[0].pinned);
}

void TestPlaygroundStore::searchesAllWords()
{
    Shelf shelf;
    shelf.store->keep(sheetOf(1, u"Explain FUSES, 100% of them"_s, u"Ein Über-Draht"_s));
    shelf.store->keep(sheetOf(2, u"Explain breakers_now"_s));
    QCOMPARE(shelf.ids(u"explain fuses"_s), QStringList{u"set-1"_s});
    QCOMPARE(shelf.ids(u"über"_s), QStringList{u"set-1"_s}); // in the answer
    QCOMPARE(shelf.ids(u"b/m explain"_s).size(), 2);
    QCOMPARE(shelf.ids(u"100%"_s), QStringList{u"set-1"_s});
    QCOMPARE(shelf.ids(u"s_n"_s), QStringList{u"set-2"_s}); // _ is a letter
    QVERIFY(shelf.ids(u"1_0"_s).isEmpty());
    QVERIFY(shelf.ids(u"' OR 1=1 --"_s).isEmpty());
}

void TestPlaygroundStore::pinnedOnesStayAndComeFirst()
{
    Shelf shelf;
    for (int i = 1; i <= 3; ++i) {
        shelf.store->keep(sheetOf(i, u"prompt"_s));
    }
    shelf.store->pin(u"set-1"_s, true);
    QCOMPARE(shelf.ids(), (QStringList{u"set-1"_s, u"set-3"_s, u"set-2"_s}));
    shelf.store->forgetUnpinned();
    QCOMPARE(shelf.ids(), QStringList{u"set-1"_s});
    shelf.store->pin(u"set-1"_s, false);
    shelf.store->forgetUnpinned();
    QVERIFY(shelf.ids().isEmpty());
}

void TestPlaygroundStore::tellsThePromptOverTime()
{
    Shelf shelf;
    shelf.store->keep(sheetOf(3, u"same"_s));
    shelf.store->keep(sheetOf(1, u"same"_s));
    shelf.store->keep(sheetOf(2, u"another"_s));
    const QString digest = promptDigest(sheetOf(1, u"same"_s));
    const std::vector<KeptSheet> sheets = shelf.answerTo(
        [&](quint64 number) { shelf.store->findSame(number, digest); });
    QCOMPARE(sheets.size(), std::size_t(2));
    QCOMPARE(sheets[0].id, u"set-1"_s); // the oldest first
    QCOMPARE(sheets[1].columns[0].figures.cost->amount, std::optional(Money::fromNanos(3)));
}

void TestPlaygroundStore::staysBounded()
{
    Shelf shelf;
    constexpr int kMore = 12;
    shelf.store->keep(sheetOf(1, u"pinned"_s));
    shelf.store->pin(u"set-1"_s, true);
    for (int i = 2; i <= PlaygroundHistory::kUnpinnedMax + kMore; ++i) {
        shelf.store->keep(sheetOf(i, u"prompt"_s));
        if (i % 40 == 0) {
            (void)shelf.find(u"nothing like that"_s); // the queue is bounded too
        }
    }
    const QStringList ids = shelf.ids();
    QCOMPARE(ids.size(), PlaygroundHistory::kUnpinnedMax + 1);
    QCOMPARE(ids.first(), u"set-1"_s);
    QVERIFY(!ids.contains(u"set-2"_s)); // the oldest that was not pinned
    QSignalSpy trouble(shelf.store.get(), &PlaygroundHistory::troubled);
    shelf.store->keep(sheetOf(9'999, u"long"_s, QString(PlaygroundHistory::kSheetBytesMax, u'x')));
    QVERIFY(trouble.wait(kPatienceMs));
    QVERIFY(!shelf.ids().contains(u"set-9999"_s));
}

void TestPlaygroundStore::isPrivateAndHasNoKey()
{
    Shelf shelf;
    const QString key = u"sk-proj-abcdefghijklmnopqrstuvwxyz0123456789"_s;
    shelf.store->keep(sheetOf(1, u"my key is "_s + key, u"so it is "_s + key));
    shelf.reopen();
    QFile file(QString::fromStdString(shelf.path));
    QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther),
             QFile::Permissions());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(bytes.contains("so it is"));
    QVERIFY(!bytes.contains(key.toUtf8()));
    QVERIFY(!bytes.contains("abcdefghijklmnopqrstuvwxyz"));
}

void TestPlaygroundStore::aDamagedFileIsMovedAside()
{
    Shelf shelf;
    {
        QFile file(QString::fromStdString(shelf.path));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8'192, 'x'));
    }
    shelf.store->keep(sheetOf(1, u"prompt"_s));
    QCOMPARE(shelf.ids(), QStringList{u"set-1"_s});
    const QStringList files = QDir(shelf.folder.path()).entryList({u"*.damaged-*"_s});
    QCOMPARE(files.size(), 1);
    QCOMPARE(QFileInfo(shelf.folder.filePath(files.first())).size(), 8'192);
}

void TestPlaygroundStore::aFolderThatIsNotThereIsSaid()
{
    QTemporaryDir folder;
    PlaygroundStore store(folder.filePath(u"none/playground.sqlite"_s).toStdString());
    QSignalSpy trouble(&store, &PlaygroundHistory::troubled);
    store.keep(sheetOf(1, u"prompt"_s));
    QVERIFY(trouble.wait(kPatienceMs));
    QVERIFY(trouble[0][0].toString().contains(u"history"_s));
}

void TestPlaygroundStore::aNewerFileIsLeftAlone()
{
    Shelf shelf;
    shelf.store->keep(sheetOf(1, u"prompt"_s));
    shelf.store.reset();
    {
        auto file = runtime::Database::open(runtime::LedgerPlace(shelf.path),
                                            runtime::Database::Mode::ReadWriteCreate);
        QVERIFY(file);
        QVERIFY(file->execute("PRAGMA user_version=99"));
    }
    shelf.store = std::make_unique<PlaygroundStore>(shelf.path);
    QSignalSpy trouble(shelf.store.get(), &PlaygroundHistory::troubled);
    shelf.store->keep(sheetOf(2, u"prompt"_s));
    QVERIFY(trouble.wait(kPatienceMs));
    auto file = runtime::Database::open(runtime::LedgerPlace(shelf.path),
                                        runtime::Database::Mode::ReadOnly);
    QCOMPARE(*file->integer("SELECT COUNT(*) FROM sheets"), std::int64_t(1));
}

QTEST_MAIN(TestPlaygroundStore)
#include "tst_playground_store.moc"
