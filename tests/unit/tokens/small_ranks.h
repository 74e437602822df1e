// SPDX-License-Identifier: Apache-2.0
// A rank file small enough to know by heart: all bytes, then some words built of them.
#pragma once

#include <QByteArray>

#include <string>
#include <vector>

namespace signalbox::tests {

inline std::string rankLine(const std::string &bytes, std::size_t rank)
{
    return QByteArray::fromStdString(bytes).toBase64().toStdString() + " " + std::to_string(rank)
           + "\n";
}

/// The bytes have the ranks 0 to 255, \p words follow in order.
inline std::string smallRanks(const std::vector<std::string> &words = {})
{
    std::string file;
    for (std::size_t byte = 0; byte < 256; ++byte) {
        file += rankLine(std::string(1, static_cast<char>(byte)), byte);
    }
    for (std::size_t i = 0; i < words.size(); ++i) {
        file += rankLine(words[i], 256 + i);
    }
    return file;
}

} // namespace signalbox::tests
