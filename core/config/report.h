// SPDX-License-Identifier: Apache-2.0
// What reading a configuration finds on its way: faults and uses of secrets and files.
#pragma once

#include "core/config/read.h"

#include <compare>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::config {

struct Position
{
    int line = 1;
    int column = 1;

    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 misreads a defaulted comparison
    friend auto operator<=>(const Position &, const Position &) = default;
};

/// A string of the file and where it stands.
struct Text
{
    std::string value;
    Position at;
};

/// Collects in any order, gives back sorted by position.
class Report
{
public:
    explicit Report(const ReadOptions &options)
        : m_options(options)
    {}

    [[nodiscard]] const ReadOptions &options() const { return m_options; }
    [[nodiscard]] std::vector<Fault> faults() const;
    [[nodiscard]] std::vector<SecretUse> secrets() const;
    [[nodiscard]] std::vector<FileUse> files() const;

    /// \p message as oneLine() has it.
    void fault(Position at, std::string message);
    void secret(SecretRef ref, std::string use, Position at);
    void file(std::string path, std::string use, Position at);

private:
    const ReadOptions &m_options;
    std::vector<Fault> m_faults;
    std::vector<SecretUse> m_secrets;
    std::vector<FileUse> m_files;
};

/// Names that must differ, with the place of each.
class UniqueNames
{
public:
    /// \p what is said of a name that comes again: "client", "route", ...
    UniqueNames(std::string what, Report &report)
        : m_what(std::move(what))
        , m_report(report)
    {}
    void add(const Text &name);

private:
    std::string m_what;
    Report &m_report;
    std::map<std::string, Position> m_seen;
};

/// The message with control characters as spaces: one line that is harmless in a terminal.
std::string oneLine(std::string message);
/// The text between backticks, cut where it is longer than a line of a terminal can bear.
std::string quoted(std::string_view text);
/// `; did you mean ...?` with the nearest of \p known, or nothing.
std::string didYouMean(std::string_view wanted, const std::vector<std::string> &known);
/// `a, b or c`
std::string joined(const std::vector<std::string> &names);

} // namespace signalbox::config
