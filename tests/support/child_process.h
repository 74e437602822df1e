// SPDX-License-Identifier: Apache-2.0
// A program that a test runs beside itself.
#pragma once

#include "tests/support/patience.h"

#include <map>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace signalbox::tests {

struct ProgramCall
{
    std::string program;
    std::vector<std::string> arguments = {};
    std::map<std::string, std::string> environment = {}; ///< beside our own
    std::string directory = {}; ///< where to run; empty: here
    std::string errorFile = {}; ///< receives stderr; empty: ours
};

/// Started by its construction, killed and awaited by its destruction.
class ChildProcess
{
public:
    explicit ChildProcess(const ProgramCall &call);
    ~ChildProcess();
    ChildProcess(const ChildProcess &) = delete;
    ChildProcess &operator=(const ChildProcess &) = delete;

    [[nodiscard]] pid_t pid() const { return m_pid; }
    /// The next line of its stdout, without its end; nothing at the end or when time is up.
    std::optional<std::string> readLine(milliseconds patience = kPatience);
    /// The rest of its stdout, to the end.
    std::string readAll(milliseconds patience = kPatience);
    void signal(int number);
    /// Its exit code, or minus the signal that ended it; nothing while it runs on.
    std::optional<int> waitForExit(milliseconds patience = kPatience);
    [[nodiscard]] bool isRunning() { return !waitForExit(milliseconds(0)); }

private:
    bool readMore(Clock::time_point deadline);

    pid_t m_pid = -1;
    int m_stdout = -1;
    std::string m_unread;
    std::optional<int> m_exit;
};

struct Finished
{
    std::optional<int> exitCode; ///< nothing: it had to be killed
    std::string output;
    std::string errors;
};

/// Runs a program to its end.
Finished runToEnd(ProgramCall call, milliseconds patience = kPatience);

/// The text of a file; empty if there is none.
std::string readFile(const std::string &path);
void writeFile(const std::string &path, const std::string &text);

} // namespace signalbox::tests
