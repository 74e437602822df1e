// SPDX-License-Identifier: Apache-2.0
// What one measurement is to do.
#pragma once

#include "core/base/result.h"
#include "core/http/url.h"

#include <cstdint>
#include <string>
#include <vector>

namespace signalbox::bench {

struct Options
{
    http::Url url; ///< where the load goes: a gateway, or the mock itself
    std::uint16_t mockPort = 0; ///< where the mock upstream listens
    std::string extraHeaders; ///< whole lines, for gateways that want them; `--header name: value`
    std::string model = "chat";
    int connections = 64; ///< or streams
    double seconds = 3; ///< of measuring, after a short warm-up
    double rate = 0; ///< requests per second; 0: each connection as fast as it can
    int chunks = 0; ///< of each stream; 0: plain answers
    int distinct = 0; ///< 1: no two requests are the same; plain answers only
    int answerBytes = 0; ///< of the text of a plain answer; 0: some 500
    int paceMillis = 100; ///< between the chunks of a stream
    int pid = 0; ///< the process whose CPU time and memory are of interest
    std::string thread; ///< of its threads the one to tell by itself; empty: its first
};

/// The options as `--name value` pairs; an error is a sentence.
Result<Options, std::string> readOptions(const std::vector<std::string> &arguments);

} // namespace signalbox::bench
