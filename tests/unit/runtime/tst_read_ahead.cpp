// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/net/read_ahead.h"

#include <QTest>

#include <boost/asio/io_context.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <string>

using namespace signalbox::runtime;
namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
using ErrorCode = ReadAhead::ErrorCode;

/// Goal: bytes come whole and in order however they are cut, their end behind them, and a wait that
/// nobody read after does not lose them.
/// Method: two sockets of one loop; each wait is run until it is told.
class TestReadAhead : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bytesComeWhole_data();
    void bytesComeWhole();
    void anEndIsBehindTheBytes_data();
    void anEndIsBehindTheBytes();
    void aWaitForWhatHasComeIsTold();
    void aClosedSocketGivesUpTheWait();
    void withoutAWaitItReadsAtOnce();
};

namespace {

/// Both ends of a connection, the near one read through a ReadAhead.
struct Line
{
    Line()
    {
        Tcp::acceptor acceptor(loop, Tcp::endpoint(asio::ip::address_v4::loopback(), 0));
        far.connect(acceptor.local_endpoint());
        acceptor.accept(near);
        near.non_blocking(true);
        far.set_option(Tcp::no_delay(true));
    }

    /// What the wait is told; would_block where it is told nothing.
    ErrorCode await()
    {
        ErrorCode told = asio::error::would_block;
        ahead.await(near, [&told](const ErrorCode &error) { told = error; });
        turn(told);
        return told;
    }
    /// One read, of everything that is there.
    std::string read(ErrorCode &error)
    {
        std::string buffer(16 * ReadAhead::kBytes, '\0');
        buffer.resize(ahead.read(near, asio::buffer(buffer), error));
        return buffer;
    }
    void turn(const ErrorCode &told)
    {
        const auto late = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (told == asio::error::would_block && std::chrono::steady_clock::now() < late) {
            loop.restart();
            loop.run_one_for(std::chrono::milliseconds(5));
        }
    }

    asio::io_context loop{1};
    Tcp::socket near{loop};
    Tcp::socket far{loop};
    ReadAhead ahead;
};

std::string text(std::size_t bytes)
{
    std::string text;
    for (std::size_t i = 0; i < bytes; ++i) {
        text += static_cast<char>('a' + i % 23);
    }
    return text;
}

void addSizes()
{
    QTest::addColumn<std::size_t>("bytes");
    QTest::newRow("one") << std::size_t{1};
    QTest::newRow("one too few") << ReadAhead::kBytes - 1;
    QTest::newRow("as many as have a place") << ReadAhead::kBytes;
    QTest::newRow("one more") << ReadAhead::kBytes + 1;
    QTest::newRow("many") << 5 * ReadAhead::kBytes + 7;
}

} // namespace

void TestReadAhead::bytesComeWhole_data()
{
    addSizes();
}

void TestReadAhead::bytesComeWhole()
{
    QFETCH(const std::size_t, bytes);
    Line line;
    for (int round = 0; round < 3; ++round) {
        const std::string sent = text(bytes);
        asio::write(line.far, asio::buffer(sent));
        std::string got;
        while (got.size() < sent.size()) {
            QVERIFY(!line.await());
            ErrorCode error;
            got += line.read(error);
            QVERIFY(!error);
        }
        QCOMPARE(got, sent);
        ErrorCode error;
        QVERIFY(line.read(error).empty());
        QCOMPARE(error, ErrorCode(asio::error::would_block));
    }
}

void TestReadAhead::anEndIsBehindTheBytes_data()
{
    addSizes();
}

void TestReadAhead::anEndIsBehindTheBytes()
{
    QFETCH(const std::size_t, bytes);
    Line line;
    const std::string sent = text(bytes);
    asio::write(line.far, asio::buffer(sent));
    line.far.close();
    std::string got;
    ErrorCode error;
    while (!error) {
        QVERIFY(!line.await());
        QVERIFY(!line.ahead.hasEnded() || got == sent);
        got += line.read(error);
    }
    QCOMPARE(got, sent);
    QCOMPARE(error, ErrorCode(asio::error::eof));
    QVERIFY(line.ahead.hasEnded());
    QVERIFY(line.read(error).empty());
    QCOMPARE(error, ErrorCode(asio::error::eof));
}

void TestReadAhead::aWaitForWhatHasComeIsTold()
{
    Line line;
    asio::write(line.far, asio::buffer(text(10)));
    QVERIFY(!line.await());
    QVERIFY(line.ahead.hasCome());
    QVERIFY(!line.await());
    ErrorCode error;
    QCOMPARE(line.read(error), text(10));
    QVERIFY(!line.ahead.hasCome());
}

void TestReadAhead::aClosedSocketGivesUpTheWait()
{
    Line line;
    ErrorCode told = asio::error::would_block;
    line.ahead.await(line.near, [&told](const ErrorCode &error) { told = error; });
    line.near.close();
    line.turn(told);
    QCOMPARE(told, ErrorCode(asio::error::operation_aborted));
    QVERIFY(!line.ahead.hasCome());
}

void TestReadAhead::withoutAWaitItReadsAtOnce()
{
    Line line;
    asio::write(line.far, asio::buffer(text(10)));
    line.near.wait(Tcp::socket::wait_read);
    ErrorCode error;
    QCOMPARE(line.read(error), text(10));
    QVERIFY(!error);
}

QTEST_GUILESS_MAIN(TestReadAhead)

#include "tst_read_ahead.moc"
