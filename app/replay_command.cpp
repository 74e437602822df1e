// SPDX-License-Identifier: Apache-2.0
#include "app/replay_command.h"

#include "core/config/fault.h"
#include "core/replay/foresee.h"
#include "core/runtime/config_file.h"
#include "core/runtime/replay/foresight_json.h"
#include "core/runtime/replay/recorded_traffic.h"
#include "core/runtime/replay/traffic_reader.h"
#include "core/runtime/revision_store.h"
#include "core/runtime/service.h"

#include <cstdio>
#include <fstream>
#include <memory>

namespace signalbox::app {
namespace {

using ConfigurationPtr = std::shared_ptr<const Configuration>;

struct Past
{
    std::shared_ptr<const replay::Traffic> traffic;
    ConfigurationPtr inForce;
};

int fail(const std::string &message)
{
    std::fprintf(stderr, "signalboxd: %s\n", message.c_str());
    return 1;
}

ConfigurationPtr configurationOf(const std::string &text)
{
    auto settings = runtime::settingsOf(text);
    return settings ? std::make_shared<const Configuration>(*std::move(settings)) : nullptr;
}

ConfigurationPtr standIn(const ConfigurationPtr &draft)
{
    std::fputs(
        "signalboxd: no configuration was kept beside it: the draft is compared with itself\n",
        stderr);
    return draft;
}

/// gzip's first two bytes: a recording is, a ledger is not.
bool isRecording(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    return file.get() == 0x1F && file.get() == 0x8B;
}

ConfigurationPtr newestBeside(const std::string &ledger)
{
    const auto slash = ledger.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : ledger.substr(0, slash);
    runtime::RevisionStore store(runtime::revisionsPath(folder));
    store.open();
    if (store.all().empty()) {
        return nullptr;
    }
    const auto text = store.text(store.all().back().number);
    return text ? configurationOf(*text) : nullptr;
}

Result<Past, std::string> readLedger(const std::string &path, const ConfigurationPtr &draft)
{
    if (!std::ifstream(path).good()) { // nothing is made by looking at it
        return Failure{path + " cannot be read"};
    }
    Past past;
    past.inForce = newestBeside(path);
    if (!past.inForce) {
        past.inForce = standIn(draft);
    }
    auto reader = runtime::LedgerReader::open(path);
    if (!reader) {
        return Failure{path + ": " + runtime::toString(reader.error())};
    }
    const runtime::TrafficPeriod always{SystemTime(), SystemTime::max()};
    auto traffic = runtime::readTraffic(*reader, *past.inForce, always, [] { return true; });
    if (!traffic) {
        return Failure{path + ": " + runtime::toString(traffic.error())};
    }
    past.traffic = *std::move(traffic);
    return past;
}

Result<Past, std::string> readRecorded(const std::string &path, const ConfigurationPtr &draft)
{
    auto read = runtime::readRecordedTraffic(path, draft);
    if (!read) {
        return Failure{read.error()};
    }
    return Past{read->traffic, read->toldInForce ? read->inForce : standIn(draft)};
}

} // namespace

int replayTraffic(const Options &options)
{
    if (options.config.empty()) {
        return fail("--replay needs --config, the draft");
    }
    const auto text = runtime::readConfigText(options.config);
    if (!text) {
        return fail(options.config + ": " + text.error());
    }
    auto settings = runtime::settingsOf(*text);
    if (!settings) {
        for (const config::Fault &fault : settings.error()) {
            std::fprintf(stderr, "%s\n", config::toLine(fault, options.config).c_str());
        }
        return 1;
    }
    const auto draft = std::make_shared<const Configuration>(*std::move(settings));
    const auto past = isRecording(options.replay) ? readRecorded(options.replay, draft)
                                                  : readLedger(options.replay, draft);
    if (!past) {
        return fail(past.error());
    }
    replay::Foreseer foreseer(past->traffic, past->inForce);
    replay::ForeseeOptions how;
    how.dayEnd = runtime::dayEndInZone;
    const Foresight foresight = *foreseer.foresee(draft, how);
    const std::string said = options.json ? runtime::toJson(foresight).dump(2) + "\n"
                                          : toText(foresight);
    std::fputs(said.c_str(), stdout);
    return 0;
}

} // namespace signalbox::app
