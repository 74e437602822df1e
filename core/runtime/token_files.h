// SPDX-License-Identifier: Apache-2.0
// What the state directory holds of tokens: rank files of tokenizers, and what bills have taught.
#pragma once

#include "core/base/result.h"
#include "core/tokens/calibration.h"
#include "core/tokens/exact_count.h"

#include <string>
#include <vector>

namespace signalbox::runtime {

/// Where `./dev tokenizers` puts rank files: `o200k_base.tiktoken`, `cl100k_base.tiktoken`,
/// `qwen.tiktoken`.
std::string tokenizersDir(const std::string &stateDir);
std::string calibrationPath(const std::string &stateDir);

struct LoadedTokenizers
{
    tokens::Encoders encoders;
    std::vector<std::string> loaded; ///< names of files
    std::vector<std::string> problems; ///< sentences: which file, and what is wrong with it
};

/// Reads the files that are there. One that is not the maker's to the byte (by its SHA-256) is a
/// problem, and its family is estimated as if there were none. Takes a second; call it on a thread
/// of its own.
LoadedTokenizers loadTokenizers(const std::string &directory);

/// None where there is no file; an error is a sentence.
Result<tokens::Calibration, std::string> loadCalibration(const std::string &path);
/// Replaces the file at once or not at all.
Status<std::string> saveCalibration(const std::string &path, const std::string &text);

} // namespace signalbox::runtime
