// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/replay/recorded_traffic.h"

#include "core/runtime/config_file.h"
#include "core/runtime/recording/recording_reader.h"

#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

namespace signalbox::runtime {

Result<RecordedTraffic, std::string> readRecordedTraffic(
    const std::string &path, const std::shared_ptr<const Configuration> &otherwise)
{
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return Failure{path + " cannot be read"};
    }
    const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    std::vector<RequestRecord> requests;
    const auto recording = readRecording(bytes, [&](RequestRecord record) {
        requests.push_back(std::move(record));
        return true;
    });
    if (!recording) {
        return Failure{path + " is damaged, or no recording of this version"};
    }
    RecordedTraffic read;
    read.inForce = otherwise;
    if (auto settings = settingsOf(recording->configText);
        !recording->configText.empty() && settings) {
        read.inForce = std::make_shared<const Configuration>(*std::move(settings));
        read.toldInForce = true;
    }
    auto traffic = std::make_shared<replay::Traffic>(*read.inForce);
    for (const RequestRecord &record : requests) {
        traffic->add(record);
    }
    traffic->close();
    read.traffic = std::move(traffic);
    return read;
}

} // namespace signalbox::runtime
