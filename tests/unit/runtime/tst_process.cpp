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

QTEST_GUILESS_MAIN(TestProcess)
#include "tst_process.moc"
