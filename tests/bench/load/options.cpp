// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/load/options.h"

#include <charconv>
#include <functional>
#include <map>

namespace signalbox::bench {
namespace {

using Reader = std::function<bool(const std::string &)>;

template <typename Number>
Reader into(Number &number)
{
    return [&number](const std::string &text) {
        const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
        return read.ec == std::errc() && read.ptr == text.data() + text.size();
    };
}

Reader into(std::string &text)
{
    return [&text](const std::string &value) {
        text = value;
        return true;
    };
}

Reader asLineOf(std::string &lines)
{
    return [&lines](const std::string &value) {
        lines += value + "\r\n";
        return true;
    };
}

Reader into(http::Url &url)
{
    return [&url](const std::string &value) {
        auto parsed = http::parseUrl(value);
        if (parsed) {
            url = std::move(*parsed);
        }
        return parsed.ok() && !url.secure;
    };
}

} // namespace

Result<Options, std::string> readOptions(const std::vector<std::string> &arguments)
{
    Options options;
    const std::map<std::string, Reader> readers = {
        {"--url", into(options.url)},
        {"--mock-port", into(options.mockPort)},
        {"--header", asLineOf(options.extraHeaders)},
        {"--model", into(options.model)},
        {"--connections", into(options.connections)},
        {"--seconds", into(options.seconds)},
        {"--rate", into(options.rate)},
        {"--chunks", into(options.chunks)},
        {"--distinct", into(options.distinct)},
        {"--answer-bytes", into(options.answerBytes)},
        {"--pace-ms", into(options.paceMillis)},
        {"--pid", into(options.pid)},
        {"--thread", into(options.thread)},
    };
    for (std::size_t i = 0; i < arguments.size(); i += 2) {
        const auto reader = readers.find(arguments[i]);
        if (reader == readers.end()) {
            return Failure{"no such option: " + arguments[i]};
        }
        if (i + 1 == arguments.size() || !reader->second(arguments[i + 1])) {
            return Failure{arguments[i] + " wants a value it can use"};
        }
    }
    if (options.url.host.empty() || options.connections < 1 || options.paceMillis < 1) {
        return Failure{std::string("--url is missing, or a count is below 1")};
    }
    return options;
}

} // namespace signalbox::bench
