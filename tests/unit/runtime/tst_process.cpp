// SPDX-License-Identifier: Apache-2.0
#include "tests/support/gateway_under_test.h"

#include "core/runtime/process.h"

#include <QTest>

#include <sys/prctl.h>
#include <sys/resource.h>

using namespace signalbox::runtime;

class TestProcess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keysStayInTheProcess();
    void filesAreAllowedAsFarAsTheyMay();
    void freeMemoryIsGivenBack();
};

void TestProcess::keysStayInTheProcess()
{
    QCOMPARE(::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), 1);
    prepareProcess();
    QCOMPARE(::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), signalbox::tests::kMemoryIsMeasurable ? 0 : 1);
}

void TestProcess::filesAreAllowedAsFarAsTheyMay()
{
    rlimit files{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &files), 0);
    files.rlim_cur = 256;
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &files), 0);
    prepareProcess();
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &files), 0);
    QVERIFY(files.rlim_cur == std::min<rlim_t>(files.rlim_max, 40'128));
}

/// Forty megabytes in small blocks under one that stays: the allocator by itself keeps them.
void TestProcess::freeMemoryIsGivenBack()
{
    if (!signalbox::tests::kMemoryIsMeasurable) {
        releaseFreeMemory(); // it does nothing there, and may be called
        return;
    }
    std::vector<std::string> blocks;
    for (int i = 0; i < 40'000; ++i) {
        blocks.emplace_back(1000, 'x');
    }
    const std::string survivor(1000, 'y');
    const auto with = signalbox::tests::residentBytesOf("self");
    blocks.clear();
    blocks.shrink_to_fit();
    releaseFreeMemory();
    QVERIFY(signalbox::tests::residentBytesOf("self") < with - 30'000'000);
}

QTEST_GUILESS_MAIN(TestProcess)
#include "tst_process.moc"
