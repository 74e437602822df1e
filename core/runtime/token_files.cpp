// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/token_files.h"

#include "core/base/bounds.h"
#include "core/base/text.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <memory>
#include <openssl/evp.h>
#include <optional>
#include <sstream>
#include <utility>

namespace signalbox::runtime {
namespace {

/// A calibration of as many models as are kept, 600 bytes each, and room.
constexpr std::size_t kCalibrationBytesMax = std::size_t{4} * 1024 * 1024;

struct RankFile
{
    const char *name;
    tokens::SplitStyle style;
    std::shared_ptr<const tokens::Encoder> tokens::Encoders::*encoder;
    const char *sha256; ///< of OpenAI's own pin in tiktoken; of the file in Qwen-Agent
};

constexpr std::array<RankFile, 3> kRankFiles = {{
    {"o200k_base.tiktoken",
     tokens::SplitStyle::O200k,
     &tokens::Encoders::o200k,
     "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"},
    {"cl100k_base.tiktoken",
     tokens::SplitStyle::Cl100k,
     &tokens::Encoders::cl100k,
     "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"},
    {"qwen.tiktoken",
     tokens::SplitStyle::Qwen,
     &tokens::Encoders::qwen,
     "b2b1b8dfb5cc5f024bafc373121c6aba3f66f9a5a0269e243470a1de16a33186"},
}};

std::string sha256Of(const std::string &bytes)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr);
    std::string text;
    for (unsigned i = 0; i < length; ++i) {
        constexpr std::string_view kHex = "0123456789abcdef";
        text += kHex[digest[i] / 16U];
        text += kHex[digest[i] % 16U];
    }
    return text;
}

Result<std::string, std::string> readWhole(const std::string &path, std::size_t most)
{
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (error) {
        return Failure{"cannot read it: " + error.message()};
    }
    if (size > most) {
        return Failure{"it has " + std::to_string(size) + " bytes, more than any such file"};
    }
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    if (!file) {
        return Failure{std::string("cannot read it")};
    }
    return std::move(bytes).str();
}

Result<tokens::Encoder, std::string> loadEncoder(const std::string &path, const RankFile &known)
{
    const auto bytes = readWhole(path, bounds::kRankFileBytesMax);
    if (!bytes) {
        return Failure{bytes.error()};
    }
    if (sha256Of(*bytes) != known.sha256) {
        return Failure{std::string("it is damaged or of another version (by its SHA-256)")};
    }
    auto ranks = tokens::RankTable::parse(*bytes);
    if (!ranks) {
        return Failure{"line " + std::to_string(ranks.error().line) + ": " + ranks.error().message};
    }
    return tokens::Encoder(known.style, std::move(*ranks));
}

} // namespace

std::string tokenizersDir(const std::string &stateDir)
{
    return stateDir + "/tokenizers";
}

std::string calibrationPath(const std::string &stateDir)
{
    return stateDir + "/token-calibration.txt";
}

LoadedTokenizers loadTokenizers(const std::string &directory)
{
    LoadedTokenizers all;
    for (const RankFile &known : kRankFiles) {
        const std::string path = directory + "/" + known.name;
        std::error_code error;
        if (!std::filesystem::exists(path, error)) {
            continue;
        }
        auto encoder = loadEncoder(path, known);
        if (!encoder) {
            all.problems.push_back(path + ": " + encoder.error()
                                   + "; its tokens are estimated instead.");
            continue;
        }
        all.encoders.*known.encoder = std::make_shared<const tokens::Encoder>(std::move(*encoder));
        all.loaded.emplace_back(known.name);
    }
    return all;
}

Result<tokens::Calibration, std::string> loadCalibration(const std::string &path)
{
    std::error_code error;
    if (!std::filesystem::exists(path, error)) {
        return tokens::Calibration();
    }
    const auto text = readWhole(path, kCalibrationBytesMax);
    if (!text) {
        return Failure{path + ": " + text.error()};
    }
    auto calibration = tokens::Calibration::fromText(*text);
    if (!calibration) {
        return Failure{path + ": " + calibration.error()};
    }
    return calibration;
}

Status<std::string> saveCalibration(const std::string &path, const std::string &text)
{
    const std::string fresh = path + ".new";
    {
        std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
        file << text;
        file.flush();
        if (!file) {
            return Failure{"cannot write " + fresh};
        }
    }
    std::error_code error;
    std::filesystem::rename(fresh, path, error);
    if (error) {
        return Failure{"cannot replace " + path + ": " + error.message()};
    }
    return Nothing{};
}

} // namespace signalbox::runtime
