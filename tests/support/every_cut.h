// SPDX-License-Identifier: Apache-2.0
// Feeds a sample whole, cut in two at every byte, and byte by byte; the outcome must not differ.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::tests {

/// The pieces of one run, each in memory of its own, so that reading past one is seen.
using Pieces = std::vector<std::string>;

/// Calls \p run, which takes Pieces and returns a log of what came out as std::string, for each
/// way of cutting \p sample. Empty if all logs are equal, else the first cut that differs.
template <typename Run>
std::string firstDifferingCut(std::string_view sample, Run run)
{
    const std::string whole = run(Pieces{std::string(sample)});
    const auto compare = [&](const std::string &cut, const Pieces &pieces) {
        const std::string log = run(pieces);
        return log == whole ? std::string()
                            : "cut " + cut + ":\n" + log + "\ninstead of:\n" + whole;
    };
    for (std::size_t at = 1; at < sample.size(); ++at) {
        const Pieces two{std::string(sample.substr(0, at)), std::string(sample.substr(at))};
        if (const std::string difference = compare(std::to_string(at), two); !difference.empty()) {
            return difference;
        }
    }
    Pieces single;
    for (const char byte : sample) {
        single.emplace_back(1, byte);
    }
    return compare("at every byte", single);
}

} // namespace signalbox::tests
