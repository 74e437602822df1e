// SPDX-License-Identifier: Apache-2.0
// The headless gateway.
#include "app/catalogue_table.h"
#include "app/daemon.h"
#include "app/options.h"
#include "app/replay_command.h"

#include <cstdio>
#include <span>

namespace {

constexpr const char *kUsage =
    "signalboxd: the LLM gateway without a face\n"
    "  --config FILE     configuration (~/.config/signalbox/signalbox.toml)\n"
    "  --state DIR       ledger and log (~/.local/state/signalbox)\n"
    "  --listen H:P      instead of the configured address; port 0 picks a free one\n"
    "  --demo            simulated providers and traffic\n"
    "  --rehearse        the configuration's own routes with simulated providers and traffic\n"
    "  --backup FILE     copy the ledger in use into a new file, and end\n"
    "  --check           say what is wrong with the configuration, and end\n"
    "  --lint            say what the configuration says in vain, by itself and by the requests "
    "in\n"
    "                    the ledger, and end\n"
    "  --import FILE     print a LiteLLM config.yaml or a Portkey config object as a "
    "configuration,\n"
    "                    what has no equivalent on standard error, and end\n"
    "  --replay FILE     say what the configuration would have made of the traffic in a ledger or "
    "a\n"
    "                    recording, and end\n"
    "  --json            with --replay: as POST /admin/v1/replay answers it\n"
    "  --catalogue       print the models whose prices and limits are known, and end\n"
    "  --no-secrets      with --check: do not try to read secrets\n"
    "  --tolerate-missing-secrets\n"
    "                    start although a secret cannot be read; its provider is disabled\n";

} // namespace

int main(int argc, char **argv)
{
    const auto options =
        signalbox::app::readOptions(signalbox::app::Program::Daemon,
                                    std::span(argv, static_cast<std::size_t>(argc)).subspan(1));
    if (!options) {
        std::fprintf(stderr, "signalboxd: %s\n%s", options.error().c_str(), kUsage);
        return 2;
    }
    if (options->help) {
        std::fputs(kUsage, stdout);
        return 0;
    }
    if (options->version) {
        std::puts("signalboxd " SIGNALBOX_VERSION);
        return 0;
    }
    if (options->catalogue) {
        const auto table = signalbox::app::catalogueTable(signalbox::config::builtInCatalogue());
        std::fputs(table.c_str(), stdout);
        return 0;
    }
    if (!options->importFile.empty()) {
        return signalbox::app::importConfiguration(*options);
    }
    if (!options->replay.empty()) {
        return signalbox::app::replayTraffic(*options);
    }
    if (options->lint) {
        return signalbox::app::lintConfiguration(*options);
    }
    if (!options->backup.empty()) {
        return signalbox::app::backUpLedger(*options);
    }
    return options->check ? signalbox::app::checkConfiguration(*options)
                          : signalbox::app::runDaemon(*options);
}
