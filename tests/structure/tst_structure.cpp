// SPDX-License-Identifier: Apache-2.0
// Reads the source tree and holds it to docs/ARCHITECTURE.md: rooms, bans, sizes, licences.
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace {

using namespace Qt::StringLiterals;

struct Source
{
    QString path; ///< from the root
    QStringList lines;

    [[nodiscard]] bool isHeader() const { return path.endsWith(u".h"_s); }
    [[nodiscard]] QString text() const { return lines.join(u'\n'); }
};

/// Which rooms each may include. A room that is not here must not exist.
const std::map<QString, std::set<QString>> &roomTable()
{
    static const std::set<QString> pure = {u"core/base"_s, u"core/domain"_s};
    static const std::set<QString> middle = {
        u"core/base"_s,
        u"core/domain"_s,
        u"core/http"_s,
        u"core/providers"_s,
        u"core/routing"_s,
        u"core/resilience"_s,
        u"core/limits"_s,
        u"core/tokens"_s,
        u"core/pricing"_s,
        u"core/cache"_s,
        u"core/telemetry"_s,
    };
    static const std::set<QString> replayed = {
        u"core/base"_s,
        u"core/domain"_s,
        u"core/gateway"_s,
        u"core/limits"_s,
        u"core/pricing"_s,
        u"core/resilience"_s,
        u"core/routing"_s,
    };
    static const std::set<QString> rim = {
        u"core/base"_s,
        u"core/domain"_s,
        u"core/http"_s,
        u"core/cache"_s,
        u"core/config"_s,
        u"core/routing"_s,
        u"core/pricing"_s,
        u"core/telemetry"_s,
        u"core/tokens"_s,
        u"core/gateway"_s,
        u"core/replay"_s,
    };
    static const std::set<QString> programs = {
        u"app"_s,
        u"ui"_s,
        u"core/base"_s,
        u"core/domain"_s,
        u"core/config"_s,
        u"core/gateway"_s,
        u"core/pricing"_s,
        u"core/replay"_s,
        u"core/routing"_s,
        u"core/telemetry"_s,
        u"core/runtime"_s,
        u"core/http"_s,
    };
    static const std::map<QString, std::set<QString>> table = {
        {u"core/base"_s, {}},
        {u"core/domain"_s, {u"core/base"_s}},
        {u"core/http"_s, {u"core/base"_s}},
        {u"core/providers"_s, {u"core/base"_s, u"core/domain"_s, u"core/http"_s}},
        {u"core/routing"_s, pure},
        {u"core/resilience"_s, pure},
        {u"core/limits"_s, pure},
        {u"core/tokens"_s, pure},
        {u"core/pricing"_s, pure},
        {u"core/cache"_s, pure},
        {u"core/telemetry"_s, pure},
        {u"core/config"_s, pure},
        {u"core/gateway"_s, middle},
        {u"core/replay"_s, replayed},
        {u"core/runtime"_s, rim},
        {u"ui"_s, {u"core/base"_s, u"core/domain"_s, u"core/telemetry"_s}},
        {u"app/simulator"_s, {u"core/base"_s}},
        {u"app"_s, programs},
    };
    return table;
}

QString roomOf(const QString &path)
{
    const QStringList parts = path.split(u'/');
    if (parts[0] == u"core"_s && parts.size() > 2) {
        return parts[0] + u'/' + parts[1];
    }
    if (path.startsWith(u"app/simulator/"_s)) {
        return u"app/simulator"_s;
    }
    return parts[0];
}

/// Rooms that think and do not act: std and the one library their job names.
bool isPure(const QString &room)
{
    return room.startsWith(u"core/"_s) && room != u"core/runtime"_s;
}

struct Ban
{
    const char *pattern;
    const char *instead;
    bool headersOnly = false;
    bool notInMains = false; ///< a program's own file in app/ may
};

} // namespace

class TestStructure : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyFileBelongsToAKnownRoom();
    void roomsIncludeOnlyWhatTheTableAllows();
    void pureRoomsTouchNoWorld();
    void theTimeIsReadInOnePlace();
    void nothingBannedIsWritten();
    void functionsFitOnAScreen();
    void filesStateTheirLicence();
    void everySourceIsBuilt();
    void theDaemonLinksNoFace();

private:
    void complain(const Source &source, qsizetype line, const QString &what)
    {
        m_complaints << u"%1:%2: %3"_s.arg(source.path).arg(line + 1).arg(what);
    }
    void verdict()
    {
        const QString all = std::exchange(m_complaints, {}).join(u'\n');
        QVERIFY2(all.isEmpty(), qPrintable(u'\n' + all));
    }

    std::vector<Source> m_sources;
    QStringList m_complaints;
};

void TestStructure::initTestCase()
{
    const QString root = QStringLiteral(SIGNALBOX_SOURCE_DIR) + u'/';
    for (const QString &folder : {u"core"_s, u"app"_s, u"ui"_s}) {
        QDirIterator files(root + folder,
                           {u"*.h"_s, u"*.cpp"_s},
                           QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            m_sources.push_back(
                {file.fileName().mid(root.size()), QString::fromUtf8(file.readAll()).split(u'\n')});
        }
    }
    // A wrong path would make every other test pass.
    QCOMPARE_GT(m_sources.size(), std::size_t(150));
}

void TestStructure::everyFileBelongsToAKnownRoom()
{
    for (const Source &source : m_sources) {
        if (!roomTable().contains(roomOf(source.path))) {
            complain(source, 0, u"no such room: "_s + roomOf(source.path));
        }
    }
    verdict();
}

void TestStructure::roomsIncludeOnlyWhatTheTableAllows()
{
    static const QRegularExpression include(u"^#include \"([^\"]+)\""_s);
    for (const Source &source : m_sources) {
        const QString room = roomOf(source.path);
        const auto &allowed = roomTable().at(room);
        for (qsizetype i = 0; i < source.lines.size(); ++i) {
            const auto match = include.match(source.lines[i]);
            if (!match.hasMatch()) {
                continue;
            }
            const QString other = roomOf(match.captured(1));
            const bool simulatorFromApp = room == u"app"_s && other == u"app/simulator"_s;
            if (other != room && !allowed.contains(other) && !simulatorFromApp) {
                complain(source, i, room + u" may not include "_s + other);
            }
        }
    }
    verdict();
}

void TestStructure::pureRoomsTouchNoWorld()
{
    // OpenSSL is the world, its digests of bytes in memory are not.
    static const QRegularExpression world(
        u"^#include "
        u"<(Q\\w+|boost/.*|thread|mutex|condition_variable|future|fstream|iostream|filesystem"
        u"|sys/.*|unistd.h|sqlite3.h|libpq-fe.h|openssl/(?!sha\\.h>).*|spdlog/.*)>"_s);
    for (const Source &source : m_sources) {
        if (!isPure(roomOf(source.path))) {
            continue;
        }
        for (qsizetype i = 0; i < source.lines.size(); ++i) {
            if (world.match(source.lines[i]).hasMatch()) {
                complain(source, i, u"a pure room touches the world: "_s + source.lines[i]);
            }
        }
    }
    verdict();
}

void TestStructure::theTimeIsReadInOnePlace()
{
    static const QRegularExpression clock(
        u"(steady_clock|system_clock|high_resolution_clock|Clock)::now\\(|\\btime\\(nullptr\\)|currentDateTime"_s);
    for (const Source &source : m_sources) {
        const QString room = roomOf(source.path);
        if (room == u"core/runtime"_s || room.startsWith(u"app"_s)) {
            continue;
        }
        for (qsizetype i = 0; i < source.lines.size(); ++i) {
            if (clock.match(source.lines[i]).hasMatch()) {
                complain(source, i, u"the time is an argument here"_s);
            }
        }
    }
    verdict();
}

void TestStructure::nothingBannedIsWritten()
{
    static const std::vector<Ban> bans = {
        {"\\b(TO[D]O|FIX[M]E|XX[X])\\b", "do it, or file it"},
        {"\\busing namespace\\b",
         "name what is used; a header must not open a namespace for others",
         true},
        {"\\bprocessEvents\\(", "no nested event loops"},
        {"\\bsleep_for\\(|\\busleep\\(|\\bQThread::m?sleep\\(", "wait for a condition or a timer"},
        {"\\bBlockingQueuedConnection\\b", "no blocking call across threads"},
        {"\\brand\\(\\)|\\bsrand\\(", "Random&, seeded"},
        {"\\bstd::cout\\b|\\bstd::cerr\\b", "the log; only a main prints", false, true},
        {"^\\s*#if 0", "delete it; git remembers"},
    };
    for (const Ban &ban : bans) {
        const QRegularExpression pattern(QString::fromUtf8(ban.pattern));
        QVERIFY(pattern.isValid());
        for (const Source &source : m_sources) {
            const bool isMain = source.path.count(u'/') == 1;
            if ((ban.headersOnly && !source.isHeader()) || (ban.notInMains && isMain)) {
                continue;
            }
            for (qsizetype i = 0; i < source.lines.size(); ++i) {
                if (pattern.match(source.lines[i]).hasMatch()) {
                    complain(source,
                             i,
                             source.lines[i].trimmed() + u" -- "_s
                                 + QString::fromUtf8(ban.instead));
                }
            }
        }
    }
    verdict();
}

/// Our braces stand alone in the first column around a function's body.
void TestStructure::functionsFitOnAScreen()
{
    constexpr qsizetype longest = 70;
    for (const Source &source : m_sources) {
        qsizetype begin = -1;
        for (qsizetype i = 0; i < source.lines.size(); ++i) {
            if (source.lines[i] == u"{"_s) {
                begin = i;
            } else if (begin >= 0 && source.lines[i].startsWith(u'}')) {
                const bool isFunction = source.lines[i] == u"}"_s;
                if (isFunction && i - begin - 1 > longest) {
                    complain(source, begin, u"%1 lines in one function"_s.arg(i - begin - 1));
                }
                begin = -1;
            }
        }
    }
    verdict();
}

void TestStructure::filesStateTheirLicence()
{
    for (const Source &source : m_sources) {
        // Qt Charts is GPL-3: so is what uses it.
        const bool console = source.path.startsWith(u"ui/"_s)
                             || source.path.startsWith(u"app/console/"_s)
                             || source.path == u"app/signalbox.cpp"_s;
        const QString wanted = u"// SPDX-License-Identifier: "_s
                               + (console ? u"GPL-3.0-or-later"_s : u"Apache-2.0"_s);
        if (source.lines.first() != wanted) {
            complain(source, 0, u"the first line must be "_s + wanted);
        }
        if (source.isHeader() && !source.lines.contains(u"#pragma once"_s)) {
            complain(source, 0, u"#pragma once is missing"_s);
        }
    }
    verdict();
}

void TestStructure::everySourceIsBuilt()
{
    QString lists;
    const QString root = QStringLiteral(SIGNALBOX_SOURCE_DIR) + u'/';
    for (const QString &folder : {u"core"_s, u"app"_s, u"ui"_s}) {
        QDirIterator files(root + folder,
                           {u"CMakeLists.txt"_s},
                           QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            lists += QString::fromUtf8(file.readAll());
        }
    }
    for (const Source &source : m_sources) {
        const QString name = source.path.section(u'/', -1);
        const QRegularExpression listed(
            u"(^|[\\s/])%1(\\s|\\))"_s.arg(QRegularExpression::escape(name)));
        if (!source.isHeader() && !listed.match(lists).hasMatch()) {
            complain(source, 0, u"stands in no CMakeLists.txt"_s);
        }
    }
    verdict();
}

void TestStructure::theDaemonLinksNoFace()
{
    static const QRegularExpression face(
        u"<Q(Widget|Application|Gui|Chart|Pixmap|Painter|MainWindow)"_s);
    for (const Source &source : m_sources) {
        const bool mayHave = source.path.startsWith(u"ui/"_s)
                             || source.path.startsWith(u"app/console/"_s)
                             || source.path == u"app/signalbox.cpp"_s;
        for (qsizetype i = 0; !mayHave && i < source.lines.size(); ++i) {
            if (face.match(source.lines[i]).hasMatch()) {
                complain(source, i, u"Widgets outside the console"_s);
            }
        }
    }
    verdict();
}

QTEST_APPLESS_MAIN(TestStructure)
#include "tst_structure.moc"
