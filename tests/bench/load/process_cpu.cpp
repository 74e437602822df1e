// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/load/process_cpu.h"

#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace signalbox::bench {
namespace {

template <typename T>
T firstOf(const std::filesystem::path &file)
{
    T value{};
    std::ifstream(file) >> value;
    return value;
}

} // namespace

CpuTime cpuTimeOf(int pid, const std::string &thread)
{
    CpuTime sum;
    std::error_code none;
    const std::filesystem::path tasks = "/proc/" + std::to_string(pid) + "/task";
    for (const auto &task : std::filesystem::directory_iterator(tasks, none)) {
        const auto spent = firstOf<std::int64_t>(task.path() / "schedstat");
        const bool wanted = thread.empty() ? task.path().filename() == std::to_string(pid)
                                           : firstOf<std::string>(task.path() / "comm") == thread;
        sum.process += spent;
        sum.thread += wanted ? spent : 0;
    }
    return sum;
}

std::int64_t residentBytesOf(int pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/statm");
    std::int64_t total = 0;
    std::int64_t resident = 0;
    file >> total >> resident;
    return resident * ::sysconf(_SC_PAGESIZE);
}

} // namespace signalbox::bench
