// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/config_lint.h"

#include "core/base/bounds.h"
#include "core/routing/lint.h"
#include "core/runtime/ledger/ledger_reader.h"

namespace signalbox::runtime {
namespace {

/// The newest requests that are looked at: a busy day, read in seconds.
constexpr std::size_t kLintedRequestsMax = 100'000;

std::vector<std::string> linesOf(const std::vector<routing::LintFinding> &findings,
                                 const std::string &path)
{
    std::vector<std::string> lines;
    for (const routing::LintFinding &finding : findings) {
        std::string line = path + ": ";
        if (!finding.route.empty()) {
            line += "route \"" + finding.route + '"';
            line += finding.rule.empty() ? ": " : ", rule \"" + finding.rule + "\" ";
        }
        lines.push_back(line + finding.message);
    }
    return lines;
}

} // namespace

Result<std::vector<std::string>, Problems> lintConfigurationFile(const std::string &path)
{
    const auto configuration = readSettings(path);
    if (!configuration) {
        return Failure{configuration.error()};
    }
    return linesOf(routing::lint(*configuration), path);
}

Result<std::vector<std::string>, Problems> lintTraffic(const std::string &path,
                                                       const LedgerPlace &ledger)
{
    const auto configuration = readSettings(path);
    if (!configuration) {
        return Failure{configuration.error()};
    }
    auto reader = LedgerReader::open(ledger);
    if (!reader) {
        return Failure{Problems{toString(reader.error())}};
    }
    const auto found = lintTraffic(*configuration, *reader);
    if (!found) {
        return Failure{Problems{toString(found.error())}};
    }
    return linesOf(found->findings, path);
}

Result<TrafficFindings, LedgerError> lintTraffic(const Configuration &configuration,
                                                 LedgerReader &reader)
{
    routing::TrafficLint traffic(configuration);
    RequestFilter filter;
    filter.withDecision = true;
    filter.limit = bounds::kPageRowsMax;
    std::size_t seen = 0;
    while (seen < kLintedRequestsMax) {
        const auto page = reader.requests(filter);
        if (!page) {
            return Failure{page.error()};
        }
        for (const RequestRecord &record : page->requests) {
            traffic.add(record.route, record.facts);
        }
        seen += page->requests.size();
        if (!page->next) {
            break;
        }
        filter.cursor = *page->next;
    }
    return TrafficFindings{traffic.findings(), seen};
}

} // namespace signalbox::runtime
