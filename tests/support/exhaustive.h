// SPDX-License-Identifier: Apache-2.0
// Runs a test body once for every combination of the choices it makes.
#pragma once

#include <cstddef>
#include <vector>

namespace signalbox::test {

/// Enumerates all paths through a body that asks choose(); the last choice varies fastest.
/// \code
/// Exhaustive paths;
/// while (paths.next()) { const int a = paths.choose(3); const int b = paths.choose(a + 1); }
/// \endcode
/// The body must ask the same questions whenever the answers so far are the same.
class Exhaustive
{
public:
    /// Begins the next path; false when all have been run.
    bool next()
    {
        m_depth = 0;
        if (!m_started) {
            m_started = true;
            return true;
        }
        while (!m_path.empty() && m_path.back().value + 1 >= m_path.back().count) {
            m_path.pop_back();
        }
        if (m_path.empty()) {
            return false;
        }
        ++m_path.back().value;
        return true;
    }

    /// A value in [0, count). \pre count is at least 1
    int choose(int count)
    {
        if (m_depth == m_path.size()) {
            m_path.push_back({0, count});
        }
        return m_path[m_depth++].value;
    }

private:
    struct Choice
    {
        int value = 0;
        int count = 1;
    };
    std::vector<Choice> m_path;
    std::size_t m_depth = 0;
    bool m_started = false;
};

} // namespace signalbox::test
