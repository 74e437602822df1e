// SPDX-License-Identifier: Apache-2.0
// Which niceness a thread has while it stands back, and that it comes back.
#include "core/runtime/thread_pace.h"

#include <QTest>

#include <future>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace signalbox::runtime {

namespace {

/// A thread that does nothing, with its pace adopted, until the end of the scope.
struct IdleThread
{
    IdleThread()
    {
        std::promise<pid_t> started;
        thread = std::thread([this, &started] {
            pace.adopt();
            started.set_value(::gettid());
            end.get_future().wait();
        });
        id = started.get_future().get();
    }
    ~IdleThread()
    {
        end.set_value();
        thread.join();
    }

    [[nodiscard]] int niceness() const
    {
        return ::getpriority(PRIO_PROCESS, static_cast<id_t>(id));
    }

    ThreadPace pace;
    pid_t id = 0;
    std::promise<void> end;
    std::thread thread;
};

} // namespace

class TestThreadPace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void staysWhereItCouldNotReturn(); // first: this process is asked once what it may
    void standsBackAndStepsForward();
    void nothingBeforeAThreadIsAdopted();
};

/// In a child that has given up the right.
void TestThreadPace::staysWhereItCouldNotReturn()
{
    const pid_t child = ::fork();
    if (child == 0) {
        constexpr rlimit none{0, 0};
        const bool gaveUp = ::setrlimit(RLIMIT_NICE, &none) == 0
                            && (::getuid() != 0 || ::setresuid(65534, 65534, 65534) == 0);
        ThreadPace pace;
        pace.adopt();
        pace.standBack();
        const bool stayed = !ThreadPace::mayReturn() && !pace.isBack();
        ::_exit(gaveUp && stayed ? 0 : 1);
    }
    int status = -1;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QCOMPARE(status, 0);
}

void TestThreadPace::standsBackAndStepsForward()
{
    IdleThread idle;
    const int own = idle.niceness();
    QCOMPARE(own, ::getpriority(PRIO_PROCESS, static_cast<id_t>(::getpid())));

    idle.pace.standBack();
    QCOMPARE(idle.pace.isBack(), ThreadPace::mayReturn());
    QCOMPARE(idle.niceness(), ThreadPace::mayReturn() ? 19 : own);

    idle.pace.stepForward();
    QVERIFY(!idle.pace.isBack());
    QCOMPARE(idle.niceness(), own);
}

void TestThreadPace::nothingBeforeAThreadIsAdopted()
{
    ThreadPace pace;
    pace.standBack();
    QVERIFY(!pace.isBack());
}

} // namespace signalbox::runtime

QTEST_GUILESS_MAIN(signalbox::runtime::TestThreadPace)
#include "tst_thread_pace.moc"
