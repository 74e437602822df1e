// SPDX-License-Identifier: Apache-2.0
#include "tests/support/child_process.h"

#include "core/base/check.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace signalbox::tests {

namespace {

/// The exit code of a program that could not be started, as in a shell.
constexpr int kNotStarted = 127;

std::vector<std::string> environmentOf(const std::map<std::string, std::string> &additions)
{
    std::vector<std::string> entries;
    for (char **entry = environ; *entry != nullptr; ++entry) {
        const std::string text = *entry;
        if (!additions.contains(text.substr(0, text.find('=')))) {
            entries.push_back(text);
        }
    }
    for (const auto &[name, value] : additions) {
        entries.push_back(name + "=" + value);
    }
    return entries;
}

std::vector<char *> pointersTo(std::vector<std::string> &texts)
{
    std::vector<char *> pointers;
    for (std::string &text : texts) {
        pointers.push_back(text.data());
    }
    pointers.push_back(nullptr);
    return pointers;
}

/// In the new process: only what is safe between fork() and exec(). It dies with the thread that
/// started it, so that a test that crashes leaves nothing behind.
[[noreturn]] void becomeProgram(const ProgramCall &call,
                                int output,
                                char *const *arguments,
                                char *const *environment)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int input = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    ::dup2(input, STDIN_FILENO);
    ::dup2(output, STDOUT_FILENO);
    if (!call.errorFile.empty()) {
        ::dup2(::open(call.errorFile.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600),
               STDERR_FILENO);
    }
    if (call.directory.empty() || ::chdir(call.directory.c_str()) == 0) {
        ::execvpe(call.program.c_str(), arguments, environment);
    }
    ::_exit(kNotStarted);
}

int remaining(Clock::time_point deadline)
{
    const auto left = std::chrono::ceil<milliseconds>(deadline - Clock::now()).count();
    return left > 0 ? static_cast<int>(left) : 0;
}

} // namespace

ChildProcess::ChildProcess(const ProgramCall &call)
{
    std::array<int, 2> pipe{};
    SB_CHECK(::pipe2(pipe.data(), O_CLOEXEC) == 0);
    std::vector<std::string> arguments = call.arguments;
    arguments.insert(arguments.begin(), call.program);
    std::vector<std::string> environment = environmentOf(call.environment);
    const std::vector<char *> argumentPointers = pointersTo(arguments);
    const std::vector<char *> environmentPointers = pointersTo(environment);
    m_pid = ::fork();
    if (m_pid == 0) {
        becomeProgram(call, pipe[1], argumentPointers.data(), environmentPointers.data());
    }
    SB_CHECK(m_pid > 0);
    ::close(pipe[1]);
    m_stdout = pipe[0];
}

ChildProcess::~ChildProcess()
{
    if (!m_exit && m_pid > 0) {
        ::kill(m_pid, SIGKILL);
        (void)waitForExit();
    }
    ::close(m_stdout);
}

std::optional<std::string> ChildProcess::readLine(milliseconds patience)
{
    const auto deadline = Clock::now() + patience;
    while (true) {
        if (const auto end = m_unread.find('\n'); end != std::string::npos) {
            std::string line = m_unread.substr(0, end);
            m_unread.erase(0, end + 1);
            return line;
        }
        if (!readMore(deadline)) {
            return std::nullopt;
        }
    }
}

std::string ChildProcess::readAll(milliseconds patience)
{
    const auto deadline = Clock::now() + patience;
    while (readMore(deadline)) {}
    return std::exchange(m_unread, {});
}

bool ChildProcess::readMore(Clock::time_point deadline)
{
    pollfd waiting{m_stdout, POLLIN, 0};
    if (::poll(&waiting, 1, remaining(deadline)) <= 0) {
        return false;
    }
    std::array<char, 4096> buffer{};
    const ssize_t got = ::read(m_stdout, buffer.data(), buffer.size());
    if (got <= 0) {
        return false;
    }
    m_unread.append(buffer.data(), static_cast<std::size_t>(got));
    return true;
}

void ChildProcess::signal(int number)
{
    SB_CHECK(m_pid > 0 && !m_exit);
    ::kill(m_pid, number);
}

std::optional<int> ChildProcess::waitForExit(milliseconds patience)
{
    (void)eventually(
        [this] {
            int status = 0;
            if (!m_exit && ::waitpid(m_pid, &status, WNOHANG) == m_pid) {
                m_exit = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
            }
            return m_exit.has_value();
        },
        patience);
    return m_exit;
}

Finished runToEnd(ProgramCall call, milliseconds patience)
{
    std::string errorFile = "/tmp/signalbox-test-XXXXXX";
    const int made = ::mkstemp(errorFile.data());
    SB_CHECK(made >= 0);
    ::close(made);
    call.errorFile = errorFile;
    Finished finished;
    {
        ChildProcess child(call);
        finished.output = child.readAll(patience);
        finished.exitCode = child.waitForExit();
    }
    finished.errors = readFile(errorFile);
    ::unlink(errorFile.c_str());
    return finished;
}

std::string readFile(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void writeFile(const std::string &path, const std::string &text)
{
    std::ofstream(path, std::ios::binary) << text;
}

} // namespace signalbox::tests
